"""A time-out in a room, at each of its steps: stopped in every way, over a restart, with one leaving, and with a third one pressing."""
import shutil

from talk import Talk, expect, folder, in_room, run, texts, to
from two import APART, ROOM, asked

STOPPED = "We stop here. Nobody has to say why."
# How it gets there from the one before; the last one who could press.
STEPS = {"proposed": lambda talk: asked(talk, "time-out"),
         "begun": lambda talk: talk.press("ann", "20 minutes", ROOM),
         "joined": lambda talk: talk.send(by="ben", text="yes, I'm in"),
         "longer": lambda talk: talk.press("ann", "10 minutes more", ROOM),
         "one back": lambda talk: talk.press("ben", "I'm back", ROOM)}
NAMES = list(STEPS)


def led_to(data, step, restarts=False):
    talk = Talk(data, "2026-11-24T20:00:00Z")
    for name in NAMES[:NAMES.index(step) + 1]:
        STEPS[name](talk)
        if restarts:
            talk = talk.again("2026-11-24T20:00:30Z")
    return talk


def is_over(talk, what):
    rest = talk.until("2026-11-24T23:00:00Z")
    expect(rest == [], f"{what}: nothing comes after it: {rest}")


def stopped_at_every_step():
    ways = ("word in the room", "spoken to", "word in private")
    for number, step in enumerate(NAMES):
        for stopper in ("ann", "ben"):
            way = ways[(number + (stopper == "ben")) % len(ways)]
            data = folder()
            talk = led_to(data, step)
            for third in ({"text": "stop"}, {"text": "@companion stop", "mention": True}):
                expect(STOPPED not in texts(talk.send(by="cem", room=ROOM, **third)), "a third one stops nothing")
            line = {"word in the room": {"room": ROOM, "text": "stop"}, "spoken to": {"room": ROOM, "text": "@companion stop", "mention": True},
                    "word in private": {"text": "stop"}}[way]
            end = talk.send(by=stopper, **line)
            if step == "proposed":
                expect(STOPPED not in texts(end), f"it had not begun: {end}")
            else:
                expect(texts(in_room(end, ROOM)) == [STOPPED], f"{step}, {stopper}, {way}: {end}")
            is_over(talk, f"{step}, {stopper}, {way}")
            talk.end()
            shutil.rmtree(data)


def a_third_one_presses():
    data = folder()
    talk = led_to(data, "joined")
    for label in ("10 minutes more", "I'm back", "stop"):
        pressed = talk.press("cem", label, ROOM)
        expect(in_room(pressed, ROOM) == [] and len(to(pressed, "cem")) == 1, f"{label} by a third one changes nothing: {pressed}")
    call = talk.until("2026-11-24T21:00:00Z")
    expect([line["at"] for line in call] == ["2026-11-24T20:20:00Z"] * 3, f"and both are called at the time they named: {call}")
    talk.end()
    shutil.rmtree(data)


def a_restart_at_every_step():
    data = folder()
    talk = led_to(data, "one back", restarts=True)
    both = talk.press("ann", "I'm back", ROOM)
    expect(in_room(both, ROOM)[0]["step"] == "both_back", f"it ends as without a restart: {both}")
    is_over(talk, "both back")
    talk.end()
    shutil.rmtree(data)


def one_leaves_at_every_step():
    for step in NAMES:
        for leaver in ("ann", "ben"):
            data = folder()
            talk = led_to(data, step)
            expect(talk.send(by="cem", room=ROOM, left=True) == [], "a third one's leaving is nothing to them")
            end = talk.send(by=leaver, room=ROOM, left=True)
            expect(texts(end) == ([] if step == "proposed" else [STOPPED]), f"{step}, {leaver}: {end}")
            expect(APART not in texts(talk.until("2026-11-24T20:15:00Z")), "it is said once that it is over")
            is_over(talk, f"{step}, {leaver}")
            talk.end()
            shutil.rmtree(data)


run([stopped_at_every_step, a_third_one_presses, a_restart_at_every_step, one_leaves_at_every_step])
