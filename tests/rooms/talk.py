"""A talk over `chat --json` in rooms with several people, for the tests beside this file."""
import json
import os
import subprocess
import sys
import tempfile


class Talk:
    """One process. `lines` holds all that it ever said, in order, over restarts too when it is handed on."""

    def __init__(self, data, now, lines=None, region="GB"):
        self.lines = [] if lines is None else lines
        self.data = data
        command = [os.environ["NURTURER"], "chat", "--json", "--data", data, "--region", region, "--now", now]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(self, **line):
        if "by" in line:
            line["from"] = line.pop("by")
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        answer = []
        while True:
            said = json.loads(self.process.stdout.readline())
            if said["kind"] == "done":
                self.lines += answer
                return answer
            expect(said["kind"] != "error", f"an error for {line}: {said}")
            answer.append(said)

    def until(self, at):
        return self.send(at=at)

    def press(self, by, label, room, among=None):
        """Presses the choice of this label that was offered last, to the room or to the one who presses."""
        for line in reversed(self.lines if among is None else among):
            if line["kind"] != "say" or (line["room"] == "dm" and line["to"] != by):
                continue
            for choice in line["choices"]:
                if choice["label"] == label:
                    return self.send(by=by, room=room, press=choice["id"])
        raise AssertionError(f"nobody was offered {label!r}")

    def end(self):
        self.process.stdin.close()
        code = self.process.wait(timeout=30)
        expect(code == 0, f"the program ended with {code}")

    def again(self, now):
        """The program starts anew on the same data."""
        self.end()
        return Talk(self.data, now, self.lines)


def expect(holds, what):
    if not holds:
        raise AssertionError(what)


def in_room(lines, room):
    return [line for line in lines if line["kind"] == "say" and line["room"] == room]


def to(lines, person):
    return [line for line in lines if line["kind"] == "say" and line["room"] == "dm" and line["to"] == person]


def texts(lines):
    return [line["text"] for line in lines]


def folder():
    return tempfile.mkdtemp(prefix="nurturer_rooms_")


def run(tests):
    """Runs the functions; the first that fails ends the test with its words."""
    if "NURTURER" not in os.environ:
        print("the path of the program must stand in NURTURER", file=sys.stderr)
        sys.exit(2)
    for test in tests:
        try:
            test()
        except AssertionError as error:
            print(f"{test.__name__}: {error}", file=sys.stderr)
            sys.exit(1)
    print(f"{len(tests)} hold")
