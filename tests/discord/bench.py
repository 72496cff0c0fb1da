"""Runs the built program against the fake. A file of tests ends with `bench.main(globals())`; each `async def test_NAME(bench)` in it
has a fake and a data folder of its own. Exit 0, 1, or 77 when nothing could be run."""
import asyncio
import contextlib
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time
import traceback

import openapi
from fake import Fake

LONG = os.environ.get("NURTURER_LONG", "0") not in ("", "0")
PROGRAM = os.environ.get("NURTURER", "build/release/nurturer")
SLOW = 4 if "asan" in PROGRAM else 1  # sanitizers take their time
# How long a condition is waited for, in seconds. It costs nothing where it comes true, and the machine may be a slow one with other things to
# do. No test asks how fast something came, but where it is a promise.
PATIENCE = 120
TRIES = 5  # of what has to be quick: a machine that stood still for a moment is no fault of the program's


class Bench:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nurturer-discord-"))
        self.fake = Fake()
        self.process = None
        self.lines = []       # of standard error, of all runs
        self.reading = None

    async def start(self, discord="", top="", token=None):
        """Starts the fake, if it does not listen yet, and the program."""
        if self.fake.server is None:
            await self.fake.start()
        self.configure(discord, top, token)
        await self.run()

    def configure(self, discord="", top="", token=None):
        (self.folder / "token").write_text((token or self.fake.token) + "\n")
        os.chmod(self.folder / "token", 0o600)
        (self.folder / "nurturer.toml").write_text(
            f'{top}\n[discord]\ntoken_file = "token"\napi_base = "http://127.0.0.1:{self.fake.port}/api/v10"\n{discord}\n')

    async def run(self, ready=True):
        seen = len(self.lines)
        self.process = await asyncio.create_subprocess_exec(
            PROGRAM, "run", "--config", str(self.folder / "nurturer.toml"), stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
            # So that a test may take its disk away (RLIMIT_FSIZE): writes then fail, instead of ending the program.
            # Nothing may listen to these: what a log must not hold is looked for in all that it could be made to hold.
            env={**os.environ, "SPDLOG_LEVEL": "trace", "RUST_LOG": "trace"},
            preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
        self.reading = asyncio.create_task(self.read(self.process.stderr))
        if ready:
            await self.until(lambda: any(line.startswith("ready: discord") for line in self.lines[seen:]) or self.process.returncode is not None,
                             "ready")
            assert self.process.returncode is None, "it ended: " + "\n".join(self.lines)

    async def read(self, stream):
        while line := await stream.readline():
            self.lines.append(line.decode(errors="replace").rstrip("\n"))

    async def end(self, how=signal.SIGTERM):
        if self.process.returncode is None:
            self.process.send_signal(how)
        await self.exit_code()

    async def exit_code(self, within=PATIENCE):
        code = await asyncio.wait_for(self.process.wait(), within)
        await self.reading
        return code

    async def until(self, holds, what="something", within=PATIENCE):
        end = time.monotonic() + within
        while time.monotonic() < end:
            ended = self.process is not None and self.process.returncode is not None
            if holds():
                return
            if ended:
                break
            await asyncio.sleep(0.01)
        raise AssertionError(f"{what} did not come. The program said:\n" + "\n".join(self.lines[-20:]))

    def said(self, user=None, channel=None):
        """What the companion wrote, in private or in a channel."""
        channel = channel or self.fake.private.get(user)
        return [m for m in self.fake.messages.get(channel, []) if m["author"]["id"] == self.fake.bot["id"]]

    async def answer(self, user=None, text=None, channel=None, count=1, within=PATIENCE, **more):
        """Says it and waits until the companion has written `count` messages more and nothing comes any more."""
        before = len(self.said(user, channel))
        if text is not None:
            await self.fake.says(user, text, channel, **more)
        await self.until(lambda: len(self.said(user, channel)) >= before + count, f"an answer to {text!r}", within)
        await self.quiet()
        return self.said(user, channel)[before:]

    def at_work(self):
        """Whether one of the program's threads runs, or would if a processor or the disk were free."""
        if self.process is None or self.process.returncode is not None:
            return False
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/stat"):
            with contextlib.suppress(OSError):  # it ended meanwhile
                if task.read_text(encoding="latin-1").rpartition(")")[2].split()[0] in "RD":
                    return True
        return False

    async def quiet(self, for_seconds=0.25):
        """Until the program has nothing to do: for a while it asked for nothing, and was at nothing whenever it was looked at. On a machine that
        is slow, or at other things, this takes longer."""
        end, still, seen, pause = time.monotonic() + PATIENCE, 0, -1, 0.05
        while still * pause < for_seconds and time.monotonic() < end:
            await asyncio.sleep(pause)
            still = 0 if seen != len(self.fake.requests) or self.at_work() else still + 1
            seen = len(self.fake.requests)

    async def shown(self, state):
        await self.until(lambda: state["message"] is not None, "an answer to an interaction")
        await self.quiet()
        return state["message"]

    async def close(self):
        with contextlib.suppress(ProcessLookupError, asyncio.TimeoutError):
            if self.process is not None and self.process.returncode is None:
                self.process.kill()
                await self.process.wait()
        if self.fake.server is not None:
            await self.fake.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def leaks(bench):
    """What stands in a log, or in what doctor said, and should not: tokens, sessions, and what people and the companion wrote."""
    fake = bench.fake
    secrets = {fake.token, *fake.sessions} | {s["interaction"]["token"] for s in fake.interactions.values()}
    words = {m["content"] for all_ in fake.messages.values() for m in all_}
    for state in fake.interactions.values():
        data = state["interaction"]["data"]
        words |= {str(one.get("value", "")) for one in data.get("options", [])}
        words |= {row["component"]["value"] for row in data.get("components", []) if "component" in row}
        words |= {m["content"] for m in state["followups"] + [state["message"] or {"content": ""}]}
    words = {text for text in words if len(text) > 7}
    for line in bench.lines:
        yield from (f"a token or session in the log: {secret[:3]}..." for secret in secrets if secret in line)
        yield from (f"somebody's words in the log: {text[:3]}..." for text in words if text in line)


async def one(test):
    bench = Bench()
    try:
        await test(bench)
        openapi.check(bench.fake.requests)
        for leak in leaks(bench):
            raise AssertionError(leak)
    finally:
        await bench.close()


def beside_others(test):
    """Marks a test that mostly waits for the clock on the wall: all of a file run at the same time."""
    test.beside = True
    return test


async def told(name, test):
    """Runs it and says how it went."""
    begin = time.monotonic()
    try:
        await one(test)
        print(f"ok    {name} ({time.monotonic() - begin:.1f} s)", flush=True)
        return True
    except Exception as error:  # all are told, not only the first
        print(f"FAULT {name}: {type(error).__name__}: {error}", flush=True)
        if not isinstance(error, AssertionError):
            traceback.print_exc()
        return False


async def together(tests):
    return await asyncio.gather(*(told(name, test) for name, test in tests))


def main(names):
    wanted = sys.argv[1:]
    tests = [(name, test) for name, test in names.items() if name.startswith("test_") and (not wanted or any(word in name for word in wanted))]
    held = asyncio.run(together([one for one in tests if hasattr(one[1], "beside")]))
    held += [asyncio.run(told(name, test)) for name, test in tests if not hasattr(test, "beside")]
    openapi.tell()
    sys.exit(0 if all(held) else 1)
