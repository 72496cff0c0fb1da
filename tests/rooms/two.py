"""What two people are led through in a room, for the tests beside this file."""
from talk import Talk, expect, in_room, to

ROOM = "group:us"
APART = "It didn't come together this time."
LISTENING = [("ann", "said"), ("ben", "not quite"), ("ben", "now it's it"), ("ann", "there is more"), ("ann", "said"), ("ann", "that's it"),
             ("ann", "that was all"), ("ben", "done"), ("ben", "said"), ("ann", "that's it"), ("ben", "that was all"), ("ann", "done")]
TEAM_US = [("ann", "said"), ("ben", "said"), ("ann", "another round"), ("ann", "said"), ("ben", "said"), ("ben", "go on"), ("ann", "said"),
           ("ben", "heard"), ("ben", "said"), ("ann", "heard"), ("ann", "we have one")]
RITUALS = {"reflective listening": LISTENING, "team us": TEAM_US}


def asked(talk, what="team us"):
    return talk.send(by="ann", room=ROOM, text=f"@companion {what} with @ben", mention=True)


def seen(lines):
    """All that anybody in the room can see of it: texts, labels, whom it names, when, and what other programs are told."""
    return [(line["text"], [choice["label"] for choice in line["choices"]], line["to"], line["at"], line["intent"], line["script"], line["step"])
            for line in in_room(lines, ROOM)]


def begun(data, what):
    talk = Talk(data, "2026-11-24T20:00:00Z")
    first = asked(talk, what)
    expect(to(first, "ben") and "ann" in to(first, "ben")[0]["text"], f"the second one is asked in private: {first}")
    started = talk.press("ben", "yes, I want it", "dm")
    expect(len(in_room(started, ROOM)) == 1, f"and starts it by a yes: {started}")
    return talk
