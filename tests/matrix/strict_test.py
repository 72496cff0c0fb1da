"""Strict clients (matrix-js-sdk, which hears and serves signed devices alone, as Element will): both directions decrypt."""
import asyncio
import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from person import until
from program import PATIENCE, SLACK, Nurturer
from scenario import main
from sealed import SealedPerson, SealedScenario
from server import http
from shared_rooms import soon

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = ["matrix-js-sdk@43.0.0", "node@22.23.3"]  # the second carries a Node that is new enough
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "nurturer" / "matrix-js"


def installed():
    """The folder of the modules, or None with the reason told."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        print("SKIPPED: there is no node with npm (apt-get install nodejs npm), so no strict client judges the encryption")
        return None
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        marker = CACHE / "complete"
        if not marker.exists() or marker.read_text() != " ".join(PACKAGES):
            done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(CACHE), *PACKAGES], cwd=CACHE, capture_output=True, text=True)
            if done.returncode != 0:
                print("SKIPPED: matrix-js-sdk cannot be installed (no registry within reach?), so no strict client judges the encryption")
                return None
            marker.write_text(" ".join(PACKAGES))
    return CACHE / "node_modules"


class Strict:
    def __init__(self, s, name, bot=None):
        self.s, self.words, self.bot = s, s.words, bot or s.bot
        self.token = s.server.register(name)
        self.words.add(self.token)
        device = http("GET", s.server.base + "/_matrix/client/v3/account/whoami", None, self.token)[1]["device_id"]
        node = MODULES / ".bin" / "node"
        self.command = [str(node), str(HERE / "js" / "person.mjs"), str(MODULES), s.server.base, s.server.id(name), self.token, device]
        self.told = []  # what the client told, in order
        self.at = 0     # how much of it was asked for

    async def start(self):
        self.process = await asyncio.create_subprocess_exec(*self.command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                                                            stderr=asyncio.subprocess.DEVNULL)
        self.reader = asyncio.create_task(self._read())
        await self.next("ready")
        return self

    async def _read(self):
        while line := await self.process.stdout.readline():
            told = json.loads(line)
            self.words.add(told.get("said", ""))
            self.told.append(told)

    def tell(self, **what):
        self.words.add(what.get("say", ""))
        self.process.stdin.write(json.dumps(what).encode() + b"\n")

    def faults(self):
        return [told for told in self.told if "fault" in told or "locked" in told]

    async def hears(self, fits, what):
        """The next line that fits; a fault or something that cannot be opened fails, and so does a line in clear."""
        def found():
            assert not self.faults(), self.faults()
            assert not self.reader.done(), "the strict client ended"
            return next((i for i in range(self.at, len(self.told)) if fits(self.told[i])), -1) + 1
        self.at = await until(found, lambda: f"{what} was not told, but {self.told[-5:]}")
        told = self.told[self.at - 1]
        assert told.get("sealed", True), told
        return told

    async def next(self, key):
        return await self.hears(lambda told: key in told, key)

    async def quiet(self, room):
        """All lines, when the companion has nothing left to send there and all of it has arrived."""
        before = self.at
        await until(lambda: self.bot.waiting_lines() == 0, "it still has something to send")
        sent = http("GET", f"{self.s.server.base}/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=50", None, self.token)[1]["chunk"]
        ids = {event["event_id"] for event in sent if event["type"] == "m.room.encrypted" and event["sender"] == self.bot.user}
        await until(lambda: self.faults() or ids <= {told.get("id") for told in self.told}, "not all lines arrived")
        assert not self.faults(), self.faults()
        self.at = len(self.told)
        return [told for told in self.told[before:] if "said" in told]

    async def chat(self):
        """A private chat, encrypted; as Element does, the first message goes together with the invitation."""
        self.tell(room=self.bot.user)
        room = (await self.next("room"))["room"]
        self.s.recorder.encrypted.add(room)
        return room

    async def stop(self):
        self.process.stdin.close()
        await asyncio.wait_for(self.process.wait(), PATIENCE)


async def whole_panic_script(one):
    """From the first line to the end of the script, by number; how many lines it took."""
    room = await one.chat()
    began = time.monotonic()
    one.tell(room=room, say="my heart is racing, i'm having a panic attack")
    last = await one.next("said")
    took = time.monotonic() - began
    print(f"      first answer after {took:.1f} s, with the invitation", flush=True)
    assert took < 5 * SLACK, took
    heard = 1
    for _ in range(25):
        lines = await one.quiet(room)
        heard += len(lines)
        last = lines[-1] if lines else last
        if not last["choices"]:
            break
        one.tell(room=room, say="3" if "check" in last["choices"][0] and len(last["choices"]) > 2 else "1")
        last = await one.next("said")
        heard += 1
    assert not last["choices"] and heard > 5, (last, heard)
    return room


async def strict_peer(s):
    abe = await Strict(s, "abe").start()
    room = await whole_panic_script(abe)
    abe.tell(room=room, say="who are you")
    await abe.next("said")
    await abe.quiet(room)
    await abe.stop()
    s.nothing_in_clear()


async def what_falls_due(s):
    """A reminder and a private check-in, each at its time."""
    dee = await Strict(s, "dee").start()
    room = await dee.chat()
    dee.tell(room=room, say="remind me in 10 seconds to drink water")
    await dee.hears(lambda told: "drink water" in told.get("said", ""), "that it is set")
    came = await dee.hears(lambda told: "drink water" in told.get("said", ""), "the reminder")
    assert len(came["choices"]) == 2, came
    dee.tell(room=room, say="2")
    await dee.next("said")
    await dee.quiet(room)
    due = soon(SealedPerson)
    dee.tell(room=room, say=f"check in with me every day at {due} utc")
    await dee.hears(lambda told: f"at {due}" in told.get("said", ""), "that it is set")
    await dee.hears(lambda told: any(choice.startswith("checkin.mine.") for choice in told.get("choices", [])), "the check-in")
    await dee.stop()
    s.nothing_in_clear()


async def on_a_token_alone(s):
    """A fresh account of which the companion was given a token and no password."""
    token = s.server.register("tokenbot")
    bot = Nurturer(s.folder / "tokenbot", s.base, s.server.id("tokenbot"), token=token)
    s.services.append(bot)
    bot.start()
    eli = await Strict(s, "eli", bot).start()
    await whole_panic_script(eli)
    await eli.stop()
    assert bot.stop()[0] == 0
    s.nothing_in_clear()


class Owned(SealedScenario):
    more = 'owners = ["@zoe:hs.test", "@yan:hs.test"]'


async def emoji_told(s):
    """What the operator reads: seven emoji."""
    def told():
        return [line for line in s.bot.log.splitlines() if "must show the same: " in line]
    line = (await until(told, "the operator was told no emoji"))[-1]
    s.bot.log = s.bot.log.replace("must show the same: ", "was to show: ")
    return [word.split(" ")[0] for word in line.split("must show the same: ")[1].split(", ")]


async def chat_of(s, person):
    room = await person.chat()
    person.tell(room=room, say="hello")
    await person.next("said")
    await person.quiet(room)
    return room


async def owner_verifies(s):
    """By emoji in the private chat, as Element does: the same on both sides, and the owner's client trusts the companion from then on."""
    zoe = await Strict(s, "zoe").start()
    room = await chat_of(s, zoe)
    zoe.tell(verify=s.bot.user, room=room)
    theirs = (await zoe.next("emoji"))["emoji"]
    assert theirs == await emoji_told(s) and len(theirs) == 7, theirs
    await s.sleep(1)
    assert "has verified" not in s.bot.log, "confirmed before the owner compared"
    zoe.tell(same=True)
    assert (await zoe.next("verified"))["verified"]
    assert s.bot.says("an owner has verified this device")
    zoe.tell(room=room, say="who are you")
    assert (await zoe.next("said"))["sealed"]
    await zoe.stop()
    s.nothing_in_clear()


async def owner_says_no(s):
    """Emoji that are not the same end it, over messages to the device this time; the talk goes on."""
    yan = await Strict(s, "yan").start()
    room = await chat_of(s, yan)
    device = json.loads((s.bot.folder / "data" / "matrix-session.json").read_text())["device"]
    yan.tell(verify=s.bot.user, device=device)
    theirs = (await yan.next("emoji"))["emoji"]
    assert theirs == await emoji_told(s), theirs
    yan.tell(same=False)
    assert await yan.next("refused")
    assert s.bot.says("called off")
    assert s.bot.log.count("an owner has verified") <= 1
    yan.tell(room=room, say="who are you")
    await yan.next("said")
    await yan.stop()


async def stranger_is_refused(s):
    mal = await Strict(s, "mal").start()
    room = await chat_of(s, mal)
    mal.tell(verify=s.bot.user, room=room)
    assert await mal.next("refused")
    assert s.bot.says("not among the owners")
    assert "must show the same" not in s.bot.log
    await mal.stop()
    s.nothing_in_clear()


if __name__ == "__main__":
    MODULES = installed()
    if MODULES is None:
        sys.exit(77)
    main(Owned, [strict_peer, what_falls_due, on_a_token_alone, owner_verifies, owner_says_no, stranger_is_refused])
