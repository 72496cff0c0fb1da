"""The program against a homeserver that misbehaves: limits, pages of a proxy, slow and endless bodies, cut connections, ended sessions."""
import json
import pathlib
import shutil
import sys
import tempfile
import threading
import time
import traceback

from misbehaving import ANN, BOT, Fake
from program import PATIENCE, Nurturer, most_memory


def is_send(path):
    return "/send/m.room.message/" in path


def limits(fake, bot):
    """Every second try comes back with 429: none is lost, none comes early, the last wins."""
    state = {"until": 0, "early": 0, "refused": 0}

    def before(handler, path):
        if not is_send(path):
            return False
        now = time.monotonic()
        if now < state["until"] - 0.01:
            state["early"] += 1
        state["refused"] += 1
        if state["refused"] % 2:
            state["until"] = now + 1
            handler.json(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1}, [("Retry-After", "1")])
            return True
        return False

    fake.before = before
    fake.say("who are you")
    fake.wait_lines(1)
    time.sleep(3)
    assert state["early"] == 0 and state["refused"] >= 2, state


def proxy_pages(fake, bot):
    """HTML with 502 and with 200 for a while: no tight loop, then all is answered."""
    end = time.monotonic() + 8
    began = len(fake.requests)

    def before(handler, path):
        if time.monotonic() > end:
            return False
        handler.raw(502 if len(fake.requests) % 2 else 200, b"<html>one moment</html>")
        return True

    fake.before = before
    fake.say("who are you")
    time.sleep(8)
    asked = [when for when, _, _ in fake.requests[began:] if when < end]
    assert len(asked) <= 9, f"{len(asked)} requests in 8 s"
    fake.wait_lines(1)


def cut_after_the_send(fake, bot):
    """The server takes the line and dies before it says so: one event."""
    state = {"cut": 0}

    def before(handler, path):
        if not is_send(path) or state["cut"] >= 2:
            return False
        state["cut"] += 1
        fake.take(path.rsplit("/", 1)[1], handler.sent_body)
        handler.close_connection = True
        handler.connection.close()
        return True

    fake.before = before
    fake.say("who are you")
    # Both cuts, and once more or once again under the same transaction.
    fake.until(lambda: sum(is_send(path) for _, _, path in fake.requests) >= 3, "it did not try again")
    time.sleep(3)
    ids = [content["nurturer"]["line"] for content in fake.lines()]
    assert len(set(ids)) == len(ids) and state["cut"] >= 1, (ids, state)


def killed_after_the_send(fake, bot):
    """kill -9 when the server has the line and the program does not know: after the restart the same transaction, one event."""
    state = {"hold": True}
    dead = threading.Event()

    def before(handler, path):
        if not is_send(path) or not state["hold"]:
            return False
        state["hold"] = False
        fake.take(path.rsplit("/", 1)[1], handler.sent_body)
        bot.kill()
        dead.set()
        return True

    fake.before = before
    fake.say("who are you")
    assert dead.wait(PATIENCE)
    bot.start()
    fake.until(lambda: sum(is_send(path) for _, _, path in fake.requests) >= 2, "it did not try again")
    time.sleep(3)
    ids = [content["nurturer"]["line"] for content in fake.lines()]
    bodies = [content["body"] for content in fake.lines()]
    assert len(set(ids)) == len(ids) and len(set(bodies)) == len(bodies), bodies


def slow_and_endless(fake, bot):
    """A body that trickles and one that never ends: over by deadline or size; the next is read."""
    state = {"left": 2}

    def before(handler, path):
        if not path.endswith("/sync") or state["left"] == 0:
            return False
        state["left"] -= 1
        if state["left"] == 1:
            handler.send_response(200)
            handler.end_headers()
            try:
                while True:
                    handler.wfile.write(b" " * 1_000_000)
            except OSError:
                pass
            handler.close_connection = True
            return True
        handler.raw(200, b'{"next_batch": "s0", "rooms": ' + b'{"join":' * 5000 + b"1" + b"}" * 5000 + b"}", "application/json")
        return True

    fake.before = before
    fake.say("one")
    time.sleep(1)
    fake.say("who are you")
    fake.wait_lines(1)
    assert bot.process.poll() is None and bot.memory_mb() < most_memory(), bot.memory_mb()


def soft_logout(fake, bot):
    """The session lives on: a new token for the same device, nothing lost."""
    device = fake.logins[0].get("device_id", "DEVICE")
    fake.tokens = {"none"}
    fake.say("who are you")
    fake.wait_lines(1)
    assert len(fake.logins) == 2 and fake.logins[1]["device_id"] == device, len(fake.logins)


def broken_events(fake, bot):
    """Whatever stands in a sync: nothing is answered that should not be, nothing breaks."""
    now = int(time.time() * 1000)
    base = {"event_id": "$x", "type": "m.room.message", "sender": ANN, "origin_server_ts": now, "content": {"msgtype": "m.text", "body": "hello"}}
    for i, change in enumerate([{"event_id": 7}, {"sender": None}, {"sender": "ann"}, {"content": None}, {"content": []}, {"type": 3}, {"type": ""},
                                {"origin_server_ts": "soon"}, {"origin_server_ts": -(2 ** 63)}, {"origin_server_ts": 1e300}, {"state_key": 4},
                                {"content": {"msgtype": "m.text", "body": {"a": 1}}}, {"content": {"msgtype": ["m.text"], "body": "hello"}},
                                {"sender": BOT}, {"content": {"msgtype": "m.notice", "body": "hello"}},
                                {"unsigned": {"redacted_because": {}}, "content": {}}, {"event_id": "$" + "x" * 300},
                                {"type": "m.reaction", "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$no", "key": "1"}}},
                                {"type": "m.room.redaction", "redacts": "$x", "content": {}}]):
        event = {**base, "event_id": f"$x{i}", **change}
        fake.add(event)
    fake.add(7)
    fake.add(None)
    fake.add([base])
    time.sleep(2)
    lines = [content["body"] for content in fake.lines()]
    assert not lines, lines
    fake.say("who are you")
    fake.wait_lines(1)


def too_large(fake, bot):
    """A server that takes only short messages gets the line in pieces."""
    def before(handler, path):
        if is_send(path) and len(json.loads(handler.sent_body)["body"]) > 220:
            handler.json(413, {"errcode": "M_TOO_LARGE", "error": "too large"})
            return True
        return False

    fake.before = before
    fake.say("what can you do")
    fake.wait_lines(1)
    time.sleep(2)
    assert all(len(content["body"]) <= 220 for content in fake.lines())


def forbidden(fake, bot):
    """A room that takes nothing: told once in the log, not tried for ever."""
    count = {"sends": 0}

    def before(handler, path):
        if not is_send(path):
            return False
        with fake.lock:
            count["sends"] += 1
            fake.lock.notify_all()
        handler.json(403, {"errcode": "M_FORBIDDEN", "error": "no"})
        return True

    fake.before = before
    fake.say("who are you")
    fake.until(lambda: count["sends"] > 0, "nothing was tried")
    time.sleep(5)
    assert count["sends"] <= 4, count


def stopped_in_order(fake, bot):
    """SIGTERM while an answer runs: it ends, then the program, within 5 s."""
    begun = threading.Event()

    def before(handler, path):
        if is_send(path):
            begun.set()
            time.sleep(1)
        return False

    fake.before = before
    fake.say("who are you")
    assert begun.wait(PATIENCE)
    assert bot.stop()[0] == 0
    with fake.lock:
        assert fake.sent, "the running answer was not finished"


def main():
    failed = False
    parts = [limits, proxy_pages, cut_after_the_send, killed_after_the_send, slow_and_endless, soft_logout, broken_events, too_large, forbidden,
             stopped_in_order]
    for part in parts:
        if len(sys.argv) > 1 and part.__name__ not in sys.argv[1:]:
            continue
        folder = pathlib.Path(tempfile.mkdtemp(prefix="nurturer-matrix-"))
        fake = Fake()
        bot = Nurturer(folder / "bot", fake.base, BOT)
        began = time.monotonic()
        try:
            bot.start()
            part(fake, bot)
            for secret in ("secret password", "token1", "who are you"):
                assert secret not in bot.log, "a log holds a secret or what was said"
            print(f"ok    {part.__name__} ({time.monotonic() - began:.1f} s)", flush=True)
            shutil.rmtree(folder, ignore_errors=True)
        except Exception:
            failed = True
            print(f"FAULT {part.__name__}\n{traceback.format_exc()}\nthe program said:\n{bot.log[-2000:]}", flush=True)
        finally:
            bot.stop()
            fake.http.shutdown()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
