"""A time-out in a room, at each of its steps: stopped in every way, over a restart, with one leaving, and with a third one pressing."""
import shutil

from talk import Talk, expect, folder, run, texts
from two import APART, STOPPED, Pair, pairs

# How it gets there from the one before; the last one who could press.
STEPS = {"proposed": lambda pair: pair.ask("time-out"),
         "begun": lambda pair: pair.press("ann", "20 minutes"),
         "joined": lambda pair: pair.says("ben", text="yes, I'm in", private=True),
         "longer": lambda pair: pair.press("ann", "10 minutes more"),
         "one back": lambda pair: pair.press("ben", "I'm back")}
NAMES = list(STEPS)


def led_to(pair, step, restarts=False):
    for name in NAMES[:NAMES.index(step) + 1]:
        STEPS[name](pair)
        if restarts:
            pair.talk.again("2026-11-24T20:00:30Z")
    return pair


def is_over(talk):
    rest = talk.until("2026-11-24T23:00:00Z")
    expect(rest == [], f"something comes after it: {rest}")


def stopped_at_every_step():
    ways = ("word in the room", "spoken to", "word in private")
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    new = pairs(talk)
    for number, step in enumerate(NAMES):
        for stopper in ("ann", "ben"):
            way = ways[(number + (stopper == "ben")) % len(ways)]
            pair = led_to(next(new), step)
            for third in ({"text": "stop"}, {"text": "@companion stop", "mention": True}):
                expect(STOPPED not in texts(pair.says("cem", **third)), "a third one stops nothing")
            end = pair.says(stopper, **{"word in the room": {"text": "stop"}, "spoken to": {"text": "@companion stop", "mention": True},
                                        "word in private": {"text": "stop", "private": True}}[way])
            if step == "proposed":
                expect(STOPPED not in texts(end), f"it had not begun: {end}")
            else:
                expect(texts(pair.heard(end)) == [STOPPED], f"{step}, {stopper}, {way}: {end}")
    is_over(talk)
    talk.end()
    shutil.rmtree(data)


def a_third_one_presses():
    data = folder()
    pair = led_to(Pair(Talk(data, "2026-11-24T20:00:00Z")), "joined")
    for label in ("10 minutes more", "I'm back", "stop"):
        pressed = pair.press("cem", label)
        expect(pair.heard(pressed) == [] and len(pair.to(pressed, "cem")) == 1, f"{label} by a third one changes nothing: {pressed}")
    call = pair.talk.until("2026-11-24T21:00:00Z")
    expect([line["at"] for line in call] == ["2026-11-24T20:20:00Z"] * 3, f"and both are called at the time they named: {call}")
    pair.talk.end()
    shutil.rmtree(data)


def a_restart_at_every_step():
    data = folder()
    pair = led_to(Pair(Talk(data, "2026-11-24T20:00:00Z")), "one back", restarts=True)
    both = pair.press("ann", "I'm back")
    expect(pair.heard(both)[0]["step"] == "both_back", f"it ends as without a restart: {both}")
    is_over(pair.talk)
    pair.talk.end()
    shutil.rmtree(data)


def one_leaves_at_every_step():
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    new = pairs(talk)
    for step in NAMES:
        for leaver in ("ann", "ben"):
            pair = led_to(next(new), step)
            expect(pair.says("cem", left=True) == [], "a third one's leaving is nothing to them")
            end = pair.says(leaver, left=True)
            expect(texts(end) == ([] if step == "proposed" else [STOPPED]), f"{step}, {leaver}: {end}")
    expect(APART not in texts(talk.until("2026-11-24T20:15:00Z")), "it is said once that it is over")
    is_over(talk)
    talk.end()
    shutil.rmtree(data)


run([stopped_at_every_step, a_third_one_presses, a_restart_at_every_step, one_leaves_at_every_step])
