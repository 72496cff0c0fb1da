"""The companion in a pseudo-terminal: the bar that breathes along, a window made smaller under it, a key that skips, the plain look.

Nothing here waits for a fixed time: each wait is for something to appear, with a limit that only ends a program that hangs.
"""
import fcntl, os, pathlib, pty, re, select, signal, struct, sys, termios, time

NURTURER = os.environ["NURTURER"]
TOP = pathlib.Path(__file__).resolve().parents[3]
LIMIT = 240  # seconds: a way out, no measure
FRAME = re.compile(rb"\r([=.]+)\x1b\[K")  # one drawing of the bar


def fail(text, seen=b""):
    print(f"terminal: {text}\n  the screen's last bytes: {seen[-600:]!r}", file=sys.stderr)
    sys.exit(1)


class Screen:
    def __init__(self, *arguments, columns=80, term="xterm"):
        self.seen = b""
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "NURTURER_PLAIN")}
            environment.update(TERM=term, LC_ALL="C.UTF-8")
            os.execve(NURTURER, [NURTURER, "chat", "--memory", "--region", "GB", "--content", str(TOP), *arguments], environment)
        self.resize(columns, tell=False)

    def resize(self, columns, tell=True):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        if tell:
            os.kill(self.pid, signal.SIGWINCH)

    def type(self, text):
        os.write(self.master, text.encode())

    def more(self):
        """Reads what is there; false at the end of the program."""
        ready, _, _ = select.select([self.master], [], [], 0.2)
        if not ready:
            return True
        try:
            block = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += block
        return bool(block)

    def wait(self, what, holds):
        end = time.monotonic() + LIMIT
        while not holds():
            if not self.more() or time.monotonic() > end:
                fail(f"never came: {what}", self.seen)

    def wait_for(self, pattern, start):
        self.wait(pattern, lambda: re.search(pattern.encode(), self.seen[start:]))

    def say(self, text, answer):
        """Types a line and waits for an answer that fits."""
        start = len(self.seen)
        self.type(text + "\r")
        self.wait_for(answer, start)
        return start

    def frames(self, start=0):
        return [bar.decode() for bar in FRAME.findall(self.seen[start:])]

    def close(self):
        start = len(self.seen)
        self.type("/exit\r")
        end = time.monotonic() + LIMIT
        while self.more():
            if time.monotonic() > end:
                fail("it does not end at /exit", self.seen[start:])
        os.close(self.master)
        _, status = os.waitpid(self.pid, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            fail(f"it ended with {os.waitstatus_to_exitcode(status)}", self.seen)


def to_paced_lines(screen):
    screen.wait_for("skips a pause", 0)
    screen.say("/breathing", r"none of these")
    screen.say("none of these", r"one minute")
    start = len(screen.seen)
    screen.type("one minute\r")
    return start


def moving():
    screen = Screen()
    start = to_paced_lines(screen)

    # It moves: the bar grows with "in" and shrinks with "out".
    for words, way in (("In, 2", 1), ("Out, 2", -1)):
        screen.wait_for(words, start)
        start += re.search(words.encode(), screen.seen[start:]).end()
        counts = lambda: [bar.count("=") for bar in screen.frames(start)]
        screen.wait(f"a bar that moves after {words}", lambda: len(set(counts())) > 3)
        moved = counts()[:4]
        if moved != sorted(moved, reverse=way < 0):
            fail(f"the bar goes the wrong way: {moved}", screen.seen)

    # The window gets narrow: from the first narrow bar on none is too wide for it.
    narrow = 12
    screen.resize(narrow)
    screen.wait("a bar for the narrow window", lambda: any(len(bar) < narrow for bar in screen.frames(start)))
    first = next(i for i, bar in enumerate(screen.frames(start)) if len(bar) < narrow)
    screen.wait("more bars for it", lambda: len(screen.frames(start)) > first + 5)
    if any(len(bar) >= narrow for bar in screen.frames(start)[first:]):
        fail("a bar is wider than the window", screen.seen)
    screen.resize(80)

    # A key: the rest comes at once, with its choices and a prompt, and nothing more moves. The key itself is not typed into the line.
    pressed = len(screen.seen)
    screen.type("x")
    screen.wait_for(r"1[.)] .*(\n|.)*> $", pressed)
    after = screen.seen[pressed:]
    drawn = len(FRAME.findall(after))
    if drawn > 3:  # what was on its way when the key came
        fail(f"after a key {drawn} bars were drawn", after)
    if re.search(rb"> x", after):
        fail("the key that skips was typed into the next line", after)
    screen.say("stop", r"\S")
    screen.close()


def plain():
    screen = Screen("--plain", term="xterm")
    start = to_paced_lines(screen)
    screen.wait_for("In, 2", start)
    screen.type(" ")  # a key skips here too
    screen.wait_for(r"1[.)] .*(\n|.)*> $", start)
    said = screen.seen[start:]
    if FRAME.search(said) or b"==" in said:
        fail("the plain look draws a bar", said)
    if re.search(rb"\x1b\[[0-9;]*m", said):
        fail("the plain look has colours", said)
    # Nothing is drawn over: after the line that was typed each return goes with a new line.
    text = said[said.index(b"\n"):said.rindex(b"> ")]
    if re.search(rb"\r[^\r\n]", text.replace(b"\r\r\n", b"\r\n")):
        fail("the plain look draws over a line", text)
    screen.close()


moving()
plain()
