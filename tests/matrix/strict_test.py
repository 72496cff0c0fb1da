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

from scenario import main
from sealed import SealedScenario
from server import http

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
    def __init__(self, s, name):
        server, self.words = s.server, s.words
        token = server.register(name)
        self.words.add(token)
        device = http("GET", server.base + "/_matrix/client/v3/account/whoami", None, token)[1]["device_id"]
        node = MODULES / ".bin" / "node"
        self.command = [str(node), str(HERE / "js" / "person.mjs"), str(MODULES), server.base, server.id(name), token, device]

    async def start(self):
        self.process = await asyncio.create_subprocess_exec(*self.command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                                                            stderr=asyncio.subprocess.DEVNULL)
        await self.next("ready", 60)
        return self

    def tell(self, **what):
        self.words.add(what.get("say", ""))
        self.process.stdin.write(json.dumps(what).encode() + b"\n")

    async def next(self, key, wait):
        """The next line with that key; a fault or something that cannot be opened fails."""
        end = time.monotonic() + wait
        while True:
            line = await asyncio.wait_for(self.process.stdout.readline(), max(end - time.monotonic(), 0.01))
            assert line, "the strict client ended"
            told = json.loads(line)
            assert "fault" not in told and "locked" not in told, told
            self.words.add(told.get("said", ""))
            if key in told:
                return told

    async def stop(self):
        self.process.stdin.close()
        await asyncio.wait_for(self.process.wait(), 10)


async def strict_peer(s):
    zoe = await Strict(s, "abe").start()
    # As Element does: the first message together with the invitation.
    zoe.tell(room=s.bot.user)
    room = (await zoe.next("room", 10))["room"]
    s.recorder.encrypted.add(room)
    zoe.tell(room=room, say="my heart is racing, i'm having a panic attack")
    heard = await zoe.next("said", 10)
    assert heard["sealed"], heard
    for word in ("1", "1", "stop", "who are you"):
        await s.sleep(1)
        zoe.tell(room=room, say=word)
        heard = await zoe.next("said", 5)
        assert heard["sealed"], heard
    await zoe.stop()
    s.nothing_in_clear()


class Owned(SealedScenario):
    more = 'owners = ["@zoe:hs.test", "@yan:hs.test"]'


async def emoji_told(s):
    """What the operator reads: seven emoji."""
    for _ in range(100):
        lines = [line for line in s.bot.log.splitlines() if "must show the same: " in line]
        if lines:
            s.bot.log = s.bot.log.replace("must show the same: ", "was to show: ")
            return [word.split(" ")[0] for word in lines[-1].split("must show the same: ")[1].split(", ")]
        await s.sleep(0.1)
    raise AssertionError("the operator was told no emoji")


async def chat_of(s, person):
    person.tell(room=s.bot.user)
    room = (await person.next("room", 20))["room"]
    s.recorder.encrypted.add(room)
    person.tell(room=room, say="hello")
    await person.next("said", 20)
    await s.sleep(2)
    return room


async def owner_verifies(s):
    """By emoji in the private chat, as Element does: the same on both sides, and the owner's client trusts the companion from then on."""
    zoe = await Strict(s, "zoe").start()
    room = await chat_of(s, zoe)
    zoe.tell(verify=s.bot.user, room=room)
    theirs = (await zoe.next("emoji", 20))["emoji"]
    assert theirs == await emoji_told(s) and len(theirs) == 7, theirs
    await s.sleep(1)
    assert "has verified" not in s.bot.log, "confirmed before the owner compared"
    zoe.tell(same=True)
    assert (await zoe.next("verified", 20))["verified"]
    for _ in range(50):
        if "an owner has verified this device" in s.bot.log:
            break
        await s.sleep(0.1)
    assert "an owner has verified this device" in s.bot.log
    zoe.tell(room=room, say="who are you")
    assert (await zoe.next("said", 10))["sealed"]
    await zoe.stop()
    s.nothing_in_clear()


async def owner_says_no(s):
    """Emoji that are not the same end it, over messages to the device this time; the talk goes on."""
    yan = await Strict(s, "yan").start()
    room = await chat_of(s, yan)
    device = json.loads((s.bot.folder / "data" / "matrix-session.json").read_text())["device"]
    yan.tell(verify=s.bot.user, device=device)
    theirs = (await yan.next("emoji", 20))["emoji"]
    assert theirs == await emoji_told(s), theirs
    yan.tell(same=False)
    assert await yan.next("refused", 20)
    await s.sleep(1)
    assert s.bot.log.count("an owner has verified") <= 1 and "called off" in s.bot.log
    yan.tell(room=room, say="who are you")
    await yan.next("said", 10)
    await yan.stop()


async def stranger_is_refused(s):
    mal = await Strict(s, "mal").start()
    room = await chat_of(s, mal)
    mal.tell(verify=s.bot.user, room=room)
    assert await mal.next("refused", 20)
    assert "must show the same" not in s.bot.log and "not among the owners" in s.bot.log
    await mal.stop()
    s.nothing_in_clear()


if __name__ == "__main__":
    MODULES = installed()
    if MODULES is None:
        sys.exit(77)
    main(Owned, [strict_peer, owner_verifies, owner_says_no, stranger_is_refused])
