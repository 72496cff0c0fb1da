"""A homeserver of our own that does what Synapse will not: over a socket, by script. One thread a connection, HTTP/1.1."""
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlparse

from program import PATIENCE

BOT = "@nurturer:fake.test"
ANN = "@ann:fake.test"
ROOM = "!room:fake.test"


class Fake:
    def __init__(self):
        self.lock = threading.Condition(threading.RLock())
        self.timeline = []      # events of the one room, in order
        self.sent = {}          # transaction -> (event id, content)
        self.order = []         # (time, transaction) of each send that was taken
        self.requests = []      # (time, method, path)
        self.tokens = {"first"}
        self.logins = []
        self.next_token = 0
        self.before = lambda handler, path: False  # True: it has answered by itself
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def handle(self):
                try:
                    super().handle()
                except OSError:
                    pass

            def serve(self):
                length = int(self.headers.get("Content-Length") or 0)
                self.sent_body = self.rfile.read(length)
                path = unquote(urlparse(self.path).path)
                with fake.lock:
                    fake.requests.append((time.monotonic(), self.command, path))
                    fake.lock.notify_all()
                if not fake.before(self, path):
                    fake.answer(self, path)

            do_GET = do_PUT = do_POST = serve

            def json(self, status, body, headers=()):
                self.raw(status, json.dumps(body).encode(), "application/json", headers)

            def raw(self, status, body, kind="text/html", headers=()):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def say(self, text, **more):
        with self.lock:
            event = {"event_id": f"$m{len(self.timeline)}", "type": "m.room.message", "sender": ANN, "origin_server_ts": int(time.time() * 1000),
                     "content": {"msgtype": "m.text", "body": text, **more}}
            self.timeline.append(event)
            self.lock.notify_all()
            return event["event_id"]

    def add(self, event):
        with self.lock:
            self.timeline.append(event)
            self.lock.notify_all()

    def room(self, events, state):
        return {"rooms": {"join": {ROOM: {"timeline": {"events": events, "limited": False, "prev_batch": "p"}, "state": {"events": state},
                                          "summary": {"m.joined_member_count": 2, "m.invited_member_count": 0, "m.heroes": [ANN]}}}}}

    def answer(self, handler, path):
        if path.endswith("/versions"):
            return handler.json(200, {"versions": ["v1.11"]})
        if path.endswith("/login"):
            body = json.loads(handler.sent_body)
            self.next_token += 1
            token = f"token{self.next_token}"
            self.tokens = {token}
            self.logins.append(body)
            return handler.json(200, {"user_id": BOT, "device_id": body.get("device_id", "DEVICE"), "access_token": token})
        if (handler.headers.get("Authorization") or "")[7:] not in self.tokens:
            return handler.json(401, {"errcode": "M_UNKNOWN_TOKEN", "error": "unknown", "soft_logout": True})
        if path.endswith("/whoami"):
            return handler.json(200, {"user_id": BOT, "device_id": "DEVICE"})
        if path.endswith("/sync"):
            return self.sync(handler)
        if match := re.search(r"/send/(m\.[a-z.]+)/(.+)$", path):
            return self.send(handler, match.group(1), match.group(2))
        return handler.json(200, {})

    def send(self, handler, kind, transaction):
        with self.lock:
            if transaction not in self.sent:
                self.sent[transaction] = (f"$b{len(self.sent)}", kind, json.loads(handler.sent_body))
                self.order.append((time.monotonic(), transaction))
                self.lock.notify_all()
            event = self.sent[transaction][0]
        handler.json(200, {"event_id": event})

    def sync(self, handler):
        query = parse_qs(urlparse(handler.path).query)
        state = [{"event_id": "$c", "type": "m.room.create", "state_key": "", "sender": ANN, "content": {}},
                 {"event_id": "$j", "type": "m.room.member", "state_key": BOT, "sender": BOT, "origin_server_ts": 1, "content": {"membership": "join"}}]
        if "since" not in query:
            return handler.json(200, {"next_batch": f"s{len(self.timeline)}", **self.room([], state)})
        since = int(query["since"][0][1:])
        with self.lock:
            self.lock.wait_for(lambda: len(self.timeline) > since, min(int(query["timeout"][0]) / 1000, 5))
            events = self.timeline[since:]
            handler.json(200, {"next_batch": f"s{len(self.timeline)}", **(self.room(events, []) if events else {})})

    def lines(self):
        with self.lock:
            return [content for _, kind, content in self.sent.values() if kind == "m.room.message"]

    def take(self, transaction, body):
        """A line arrives, whether or not anything is answered; the same transaction is the same line. Its event."""
        with self.lock:
            if transaction not in self.sent:
                self.sent[transaction] = (f"$b{len(self.sent)}", "m.room.message", json.loads(body))
                self.order.append((time.monotonic(), transaction))
            self.lock.notify_all()
            return self.sent[transaction][0]

    def until(self, true, what, seconds=PATIENCE):
        with self.lock:
            assert self.lock.wait_for(true, seconds), f"{what}, even after {seconds} s"

    def wait_lines(self, count):
        self.until(lambda: len(self.lines()) >= count, f"not {count} lines")
