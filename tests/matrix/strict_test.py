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
    def __init__(self, server, name):
        token = server.register(name)
        device = http("GET", server.base + "/_matrix/client/v3/account/whoami", None, token)[1]["device_id"]
        node = MODULES / ".bin" / "node"
        self.command = [str(node), str(HERE / "js" / "person.mjs"), str(MODULES), server.base, server.id(name), token, device]

    async def start(self):
        self.process = await asyncio.create_subprocess_exec(*self.command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                                                            stderr=asyncio.subprocess.DEVNULL)
        await self.next("ready", 60)
        return self

    def tell(self, **what):
        self.process.stdin.write(json.dumps(what).encode() + b"\n")

    async def next(self, key, wait):
        """The next line with that key; a fault or something that cannot be opened fails."""
        end = time.monotonic() + wait
        while True:
            line = await asyncio.wait_for(self.process.stdout.readline(), max(end - time.monotonic(), 0.01))
            assert line, "the strict client ended"
            told = json.loads(line)
            assert "fault" not in told and "locked" not in told, told
            if key in told:
                return told

    async def stop(self):
        self.process.stdin.close()
        await asyncio.wait_for(self.process.wait(), 10)


async def strict_peer(s):
    zoe = await Strict(s.server, "zoe").start()
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


if __name__ == "__main__":
    MODULES = installed()
    if MODULES is None:
        sys.exit(77)
    main(SealedScenario, [strict_peer])
