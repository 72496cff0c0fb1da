"""The fake is judged by the library that everyone uses: discord.js logs in to it, sends, resumes, uses commands and buttons."""
import asyncio
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import bench

VERSION = "14.28.1"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "nurturer" / f"discord.js-{VERSION}"
HERE = pathlib.Path(__file__).parent


def install():
    """The library in a folder outside the checkout; False when it is not to be had."""
    if (CACHE / "node_modules" / "discord.js" / "package.json").exists():
        return True
    if shutil.which("node") is None or shutil.which("npm") is None:
        return False
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not at all: the next run must not find half of it.
    half = pathlib.Path(tempfile.mkdtemp(prefix=CACHE.name + "-", dir=CACHE.parent))
    (half / "package.json").write_text('{"private": true}')
    try:
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", f"discord.js@{VERSION}"], cwd=half,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=240, check=False)
    except subprocess.TimeoutExpired:
        shutil.rmtree(half, ignore_errors=True)
        return False
    if done.returncode == 0:
        shutil.rmtree(CACHE, ignore_errors=True)  # of a run that was ended
        half.rename(CACHE)
    shutil.rmtree(half, ignore_errors=True)
    return done.returncode == 0


class Library:
    def __init__(self, process):
        self.process, self.said = process, []
        self.reading = asyncio.create_task(self.read())

    async def read(self):
        while line := await self.process.stdout.readline():
            self.said.append(json.loads(line))

    def tells(self, key):
        return [line for line in self.said if key in line]


async def test_discord_js_takes_the_fake_for_discord(b):
    b.fake.add_guild()
    await b.fake.start()
    process = await asyncio.create_subprocess_exec("node", str(HERE / "js" / "bot.mjs"), str(CACHE), f"http://127.0.0.1:{b.fake.port}/api",
                                                   b.fake.token, stdout=asyncio.subprocess.PIPE)
    library = Library(process)
    try:
        await b.until(lambda: library.tells("ready"), "its login")
        assert library.tells("ready")[0] == {"ready": "1000", "guilds": 1}
        await b.until(lambda: b.fake.commands, "its commands")
        await b.fake.says("7", "hello")
        await b.until(lambda: b.said("7"), "its reply")
        assert b.said("7")[0]["content"] == "heard: hello"
        state = await b.fake.command("7", "sos", channel="600")
        await b.until(lambda: state["followups"], "its answers to a command")
        assert state["deferred"] and state["ephemeral"] and state["message"]["content"] == "later: sos"
        pressed = await b.fake.presses("7", b.said("7")[0], "one")
        await b.until(lambda: pressed["message"], "its answer to a button")
        assert pressed["message"]["content"] == "pressed: one"
        await b.fake.each(lambda connection: connection.send(7))
        await b.fake.says("8", "while you were away")
        await b.until(lambda: b.said("8"), "what was said meanwhile")
        await b.until(lambda: b.fake.resumes, "its resume")
        assert len(b.fake.resumes) == 1 and len(b.fake.identifies) == 1, (len(b.fake.resumes), len(b.fake.identifies))
        assert not library.tells("error"), library.said
    except AssertionError as error:
        raise AssertionError(f"{error}: discord.js said {library.said}, asked {[(r.method, r.path, s) for _, r, s in b.fake.requests][-4:]}") from error
    finally:
        process.kill()
        await process.wait()


if __name__ == "__main__":
    if not install():
        print("SKIPPED: discord.js could not be installed (no node, no npm, or the registry cannot be reached), so nobody judges the fake")
        sys.exit(77)
    bench.main(globals())
