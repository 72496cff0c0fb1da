"""Encrypted rooms with matrix-nio: everything is sealed, everybody reads it, nothing is lost by a kill, a lost store is refused."""
import asyncio
import json
import random
import shutil

from nio import ShareGroupSessionResponse

from person import until
from program import Nurturer
from scenario import LONG, main
from sealed import SealedPerson, SealedScenario
from server import http
from shared_rooms import lines_of


def own_keys(s, bot, token=None):
    """(answer of /keys/query about the companion, its device)."""
    token = token or json.loads((bot.folder / "data" / "matrix-session.json").read_text())["token"]
    device = http("GET", s.server.base + "/_matrix/client/v3/account/whoami", None, token)[1]["device_id"]
    status, answer = http("POST", s.server.base + "/_matrix/client/v3/keys/query", {"device_keys": {bot.user: []}}, token)
    assert status == 200, answer
    return answer, device


async def is_signed(s, bot, token=None):
    def signed():
        answer, device = own_keys(s, bot, token)
        signer = next(iter(answer["self_signing_keys"].get(bot.user, {}).get("keys", {})), None)
        return signer in answer["device_keys"][bot.user].get(device, {}).get("signatures", {}).get(bot.user, {})
    await until(signed, "the device is not signed by its account", 60)


def hold_keys(client, release):
    """The keys of rooms that this client would share go out after that event (None: never). A function that ends it, and what was held."""
    real, held = client._send, []

    async def send(kind, method, path, data=None, response_data=None, *words, **more):
        if kind is not ShareGroupSessionResponse:
            return await real(kind, method, path, data, response_data, *words, **more)

        async def later():
            await release.wait()
            return await real(kind, method, path, data, response_data, *words, **more)
        held.append(asyncio.create_task(later()) if release is not None else None)
        return ShareGroupSessionResponse.from_dict({}, *(response_data or ()))

    def end():
        client._send = real
    client._send = send
    return end, held


async def private_chat(s):
    """A whole panic script, all of it sealed; the device signed by its account; the recovery key in a file of its own."""
    ann = await s.person("ann")
    room = await ann.room()
    await ann.say(room, "my heart is racing, i'm having a panic attack")
    first = await ann.first_answer()
    assert first.decrypted
    for _ in range(25):
        lines = await ann.quiet(0.7)
        last = lines[-1] if lines else first
        choices = last.source["content"]["nurturer"].get("choices", [])
        if not choices:
            break
        await ann.say(room, "3" if "check" in choices[0] and len(choices) > 2 else "1")
        first = await ann.answer()
    await ann.say(room, "stop")
    await ann.answer()
    assert len(ann.all) > 5 and not ann.locked, (len(ann.all), ann.locked)
    await is_signed(s, s.bot)
    recovery = s.bot.folder / "data" / "matrix-recovery-key"
    assert recovery.stat().st_mode & 0o077 == 0 and len(recovery.read_text().split()) >= 10
    s.nothing_in_clear()


async def key_never_comes(s):
    """Said kindly, once; and what comes with its key is read."""
    eve = await s.person("eve")
    room = await eve.room()
    end, held = hold_keys(eve.client, None)
    await eve.say(room, "i am having a panic attack")
    await eve.say(room, "please")
    end()
    assert held
    event = await eve.answer()
    assert "couldn't read it" in event.body and "findahelpline" in event.body, event.body
    await eve.silence(2)
    eve.client.invalidate_outbound_session(room)
    await eve.say(room, "i am having a panic attack")
    await eve.answer()
    assert s.bot.says("could not be decrypted (MissingMegolmSession")
    s.nothing_in_clear()


async def group_and_crisis(s):
    bea, dan = await s.person("bea"), await s.person("dan")
    room = await bea.room(direct=False, invite=[bea.bot, dan.id], name="evening")
    await dan.enter(room)
    await bea.joined(room, dan.id)
    await dan.quiet(1)
    await bea.quiet(1)
    await bea.say(room, "nurturer: who are you")
    await bea.answer(room)
    await dan.answer(room)
    await dan.quiet(1)
    before = len(dan.all)
    await dan.say(room, "i want to kill myself tonight")
    private = await dan.asked_in()
    s.recorder.encrypted.add(private)
    await dan.enter(private)
    event = await dan.answer(private)
    assert event.decrypted, "the private chat is not encrypted"
    text = event.body + " ".join(line.body for line in await dan.quiet(1.5))
    assert "116 123" in text, text
    assert not [1 for place, _ in dan.all[before:] if place == room], "the room must get nothing"
    s.nothing_in_clear()


async def handed_out(s):
    """"export my data": files that the person's client opens, and of which the server has bytes that tell nothing; nothing is left on the disk."""
    ida = await s.person("ida")
    room = await ida.talk()
    await ida.say(room, "remind me in 5 hours to water the ferns")
    await ida.quiet(1)
    await ida.say(room, "export my data")
    await ida.hears(lambda event: "JSON file" in event.body)
    await ida.quiet(1)
    files = {event.source["content"]["info"]["mimetype"]: event for _, event in ida.files}
    assert set(files) == {"application/json", "text/calendar"}, ida.files
    for kind, mark in (("application/json", b"{"), ("text/calendar", b"BEGIN:VCALENDAR")):
        kept, opened = ida.opened(files[kind])
        assert opened.startswith(mark) and len(opened) == files[kind].source["content"]["info"]["size"], opened[:80]
        assert kept != opened and b"ferns" not in kept
    assert b"ferns" in ida.opened(files["text/calendar"])[1] and json.loads(ida.opened(files["application/json"])[1])
    assert not list((s.bot.folder / "data" / "exports").iterdir()), "the file in clear is still there"
    assert not ida.locked
    s.nothing_in_clear()


async def after_a_restart(s):
    """Answers to what was written while it was off; and the store, not the server, says that a room is encrypted."""
    ann = await s.person("ann")
    room = await ann.talk()
    assert s.bot.stop()[0] == 0
    await ann.say(room, "who are you")
    s.bot.start()
    await ann.answer()
    await ann.quiet(1)
    s.nothing_in_clear()


async def killed_at_any_moment(s):
    """kill -9 in the midst of an encrypted talk: exactly one answer each, and nobody is out of step afterwards."""
    ann = await s.person("ann")
    room = await ann.talk()
    chance = random.Random(8)
    for i in range(30 if LONG else 3):
        before = len(ann.all)
        await ann.say(room, "what do you know" if i % 2 else "who are you")
        await asyncio.sleep(chance.uniform(0.0, 0.4))
        s.bot.kill()
        s.bot.start()
        await ann.answer()
        await ann.quiet(1.5)
        lines = [event.body for _, event in ann.all[before:]]
        ann.line_ids(before)
        assert len(set(lines)) == len(lines), lines
    assert not ann.locked, ann.locked
    s.nothing_in_clear()


async def late_key(s):
    """The words are there before their key: read when it comes, in the order in which they were written."""
    ann = await s.person("ann")
    room = await ann.talk()
    ann.client.invalidate_outbound_session(room)
    release = asyncio.Event()
    end, held = hold_keys(ann.client, release)
    for words in ("what do you know", "who are you"):  # in two batches
        syncs = sum("/sync" in path for _, path, _ in s.recorder.sent)
        await ann.say(room, words)
        await until(lambda: sum("/sync" in path for _, path, _ in s.recorder.sent) > syncs, "no sync")
    end()
    assert held, "no key was shared anew"
    await ann.silence(1)
    release.set()
    first = (await ann.answer()).body
    known = lines_of("common", "known_nothing") + ["This is what I know about you"]
    assert first.startswith(tuple(known)), first  # an answer to the first question
    await ann.answer()
    await ann.quiet(1)


async def doctor(s):
    code, output, _ = s.bot.run("doctor")
    assert code == 0, output
    for word in ("encryption", "verified", "one-time keys", "undecrypted"):
        assert f"ok    matrix {word}" in output, output


async def by_token_alone(s):
    token = s.server.register("tokenbot")
    bot = Nurturer(s.folder / "tokenbot", s.base, s.server.id("tokenbot"), token=token)
    s.services.append(bot)
    SealedPerson.services[bot.user] = bot
    bot.start()
    hal = s.people["hal"] = SealedPerson(s.server, "hal", bot.user)
    s.server.register("hal")
    await hal.start()
    await hal.talk()
    await is_signed(s, bot, token)
    assert bot.stop()[0] == 0


async def store_lost(s):
    """The store is gone, the token is kept: refused before any upload, again and again; a new login sets it right, signed."""
    code, _ = s.bot.stop()
    assert code == 0
    old = own_keys(s, s.bot)[1]
    shutil.rmtree(s.bot.folder / "data" / "matrix-crypto")
    uploads = s.recorder.uploads
    for _ in range(2):
        code, _, error = s.bot.run("run")
        assert code == 77 and "nurturer matrix login" in error and s.bot.user in error, (code, error)
    assert s.recorder.uploads - uploads <= 3, s.recorder.uploads - uploads
    code, output, error = s.bot.run("matrix", "login")
    assert code == 0 and old not in output, (output, error)
    s.bot.start()
    gus = await s.person("gus")
    await gus.talk()
    await is_signed(s, s.bot)
    answer, own = own_keys(s, s.bot)
    assert own != old and old not in answer["device_keys"][s.bot.user], "the lost device is still there"


def secret_storage(s, bot):
    token = json.loads((bot.folder / "data" / "matrix-session.json").read_text())["token"]
    return http("GET", f"{s.server.base}/_matrix/client/v3/user/{bot.user}/account_data/m.secret_storage.default_key", None, token)[0]


async def recovery_key_not_written(s):
    """No place for the recovery key: people are served, doctor names the fault, nothing is sealed with it, until there is a place."""
    bot = s.service("unkept", more='recovery_key_file = "nowhere/recovery"')
    bot.start()
    assert bot.says("nowhere/recovery")
    assert secret_storage(s, bot) == 404, "sealed with a key that nobody has"
    doctor = await until(lambda: (found := bot.run("doctor"))[0] == 78 and found, "doctor finds nothing")
    assert "FAULT matrix recovery key" in doctor[1] and "nowhere/recovery" in doctor[1], doctor
    (bot.folder / "nowhere").mkdir()
    await until(lambda: (bot.folder / "nowhere" / "recovery").exists() and secret_storage(s, bot) == 200, "not tried again")
    key = bot.folder / "nowhere" / "recovery"
    assert key.stat().st_mode & 0o077 == 0 and len(key.read_text().split()) >= 10
    bot.secrets.add(key.read_text().strip())
    # It opens what the server keeps: another device is signed with it.
    bot.stop()
    shutil.rmtree(bot.folder / "data" / "matrix-crypto")
    assert bot.run("matrix", "login")[0] == 0
    bot.start()
    await is_signed(s, bot)
    bot.stop()


async def approved_by_password(s):
    """A server that wants the password before it takes the account's keys: as Synapse does when there are some already."""
    bot = s.service("approved")
    bot.start()
    bot.stop()
    shutil.rmtree(bot.folder / "data")
    s.recorder.hide_owner = True  # else it would ask for the recovery key, and replace nothing
    seen = len(s.recorder.sent)
    bot.start()
    s.recorder.hide_owner = False
    answers = [status for method, path, status in s.recorder.sent[seen:] if "/keys/device_signing/upload" in path]
    assert answers == [401, 200], answers
    await is_signed(s, bot)
    bot.stop()


async def old_copy(s):
    """A copy of the store from before: refused, never looped."""
    gus = await s.person("gus")
    s.bot.stop()
    crypto = s.bot.folder / "data" / "matrix-crypto"
    shutil.copytree(crypto, s.folder / "copy")
    s.bot.start()
    for i in range(3):  # uses up one-time keys, which are filled up with new ones
        other = await s.person(f"other{i}")
        await other.talk()
    s.bot.stop()
    shutil.rmtree(crypto)
    shutil.copytree(s.folder / "copy", crypto)
    uploads = s.recorder.uploads
    # As long as nobody takes a one-time key there is none to upload, and nothing to notice it by.
    s.bot.start(ready=False)
    hope = asyncio.create_task((await s.person("late")).talk())
    code = await asyncio.to_thread(s.bot.wait)
    hope.cancel()
    assert code == 77 and "an old copy" in s.bot.log, (code, s.bot.log[-500:])
    assert s.recorder.uploads - uploads <= 3
    code, output, error = s.bot.run("matrix", "login")
    assert code == 0, (output, error)
    s.bot.start()
    await gus.talk()
    await is_signed(s, s.bot)


if __name__ == "__main__":
    main(SealedScenario, [private_chat, key_never_comes, group_and_crisis, handed_out, after_a_restart, killed_at_any_moment, late_key, doctor, by_token_alone,
                          recovery_key_not_written, approved_by_password, store_lost, old_copy])
