"""A talk over `chat --json` in rooms with several people, for the tests beside this file."""
import json
import os
import subprocess
import sys
import tempfile


class Talk:
    """One process after another on the same data. `lines` holds all that they ever said, in order. Time stands but for `until`, so that nothing
    depends on how long anything takes."""

    def __init__(self, data, now, region="GB"):
        self.lines, self.data, self.region = [], data, region
        self.start(now)

    def start(self, now):
        command = [os.environ["NURTURER"], "chat", "--json", "--data", self.data, "--region", self.region, "--now", now]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(self, **line):
        if "by" in line:
            line["from"] = line.pop("by")
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        answer = []
        while True:
            said = self.process.stdout.readline()
            expect(said, f"the program ended at {line}")
            said = json.loads(said)
            if said["kind"] == "done":
                self.lines += answer
                return answer
            expect(said["kind"] != "error", f"an error for {line}: {said}")
            answer.append(said)

    def until(self, at):
        return self.send(at=at)

    def press(self, by, label, room, among=None):
        """Presses the choice of this label that was offered last, in this room or in private to the one who presses."""
        for line in reversed(self.lines if among is None else among):
            if line["kind"] != "say" or line["room"] != room or (room == "dm" and line["to"] != by):
                continue
            for choice in line["choices"]:
                if choice["label"] == label:
                    return self.send(by=by, room=room, press=choice["id"])
        raise AssertionError(f"nobody was offered {label!r} in {room}")

    def end(self):
        self.process.stdin.close()
        code = self.process.wait(timeout=300)
        expect(code == 0, f"the program ended with {code}")

    def again(self, now):
        """The program starts anew on the same data."""
        self.end()
        self.start(now)
        return self


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
