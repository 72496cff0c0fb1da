"""What two people are led through in a room, for the tests beside this file."""
import re

from talk import Talk, expect, in_room, to

ROOM = "group:us"
APART = "It didn't come together this time."
STOPPED = "We stop here. Nobody has to say why."
LISTENING = [("ann", "said"), ("ben", "not quite"), ("ben", "now it's it"), ("ann", "there is more"), ("ann", "said"), ("ann", "that's it"),
             ("ann", "that was all"), ("ben", "done"), ("ben", "said"), ("ann", "that's it"), ("ben", "that was all"), ("ann", "done")]
TEAM_US = [("ann", "said"), ("ben", "said"), ("ann", "another round"), ("ann", "said"), ("ben", "said"), ("ben", "go on"), ("ann", "said"),
           ("ben", "heard"), ("ben", "said"), ("ann", "heard"), ("ann", "we have one")]
RITUALS = {"reflective listening": LISTENING, "team us": TEAM_US}


class Pair:
    """Ann, Ben, a third one, Cem, and their room; with a number, one of many such rooms in the same program: starting it takes long with
    sanitizers, and what is true of one room is true of all."""

    def __init__(self, talk, number=""):
        self.talk, self.number, self.room = talk, number, f"{ROOM}{number}"

    def name(self, who):
        return f"{who}{self.number}"

    def says(self, who, **line):
        """In the room, or with private=True apart."""
        place = {} if line.pop("private", False) else {"room": self.room}
        return self.talk.send(by=self.name(who), **place, **line)

    def press(self, who, label, private=False):
        return self.talk.press(self.name(who), label, "dm" if private else self.room)

    def ask(self, what="team us"):
        return self.says("ann", text=f"@companion {what} with @{self.name('ben')}", mention=True)

    def begin(self, what):
        first = self.to(self.ask(what), "ben")
        expect(first and self.name("ann") in first[0]["text"], f"the second one is asked in private: {first}")
        started = self.press("ben", "yes, I want it", private=True)
        expect(len(self.heard(started)) == 1, f"and starts it by a yes: {started}")
        return self

    def heard(self, lines):
        """What the room heard."""
        return in_room(lines, self.room)

    def to(self, lines, who):
        return to(lines, self.name(who))

    def seen(self, lines):
        """All that anybody in the room can see of it: texts, labels, whom it names, when, and what other programs are told. The names are those
        of a pair without a number."""
        def plain(text):
            return text and re.sub(rf"\b(ann|ben|cem){self.number}\b", r"\1", text)
        return [(plain(line["text"]), [choice["label"] for choice in line["choices"]], plain(line["to"]), line["at"], line["intent"],
                 line["script"], line["step"]) for line in self.heard(lines)]


def pairs(talk):
    """One new pair after the other."""
    number = 0
    while True:
        number += 1
        yield Pair(talk, number)


def begun(data, what):
    """One pair alone."""
    return Pair(Talk(data, "2026-11-24T20:00:00Z")).begin(what)
