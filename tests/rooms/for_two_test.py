"""Two people in a room, through a time-out, listening in turns and Team Us: to the end, stopped at every step, with a third one pressing, over
a restart, and with what is switched off for one of them after they told of violence."""
import shutil

from talk import Talk, expect, folder, in_room, run, texts, to
from two import APART, RITUALS, ROOM, asked, begun, seen


def to_the_end():
    for what, turns in RITUALS.items():
        data = folder()
        talk = begun(data, what)
        for number, (who, label) in enumerate(turns):
            third = talk.press("cem", label, ROOM)
            expect(in_room(third, ROOM) == [] and len(to(third, "cem")) == 1, f"a third one's press changes nothing: {third}")
            expect(talk.send(by="cem", room=ROOM, text="stop") == [], "nor does their stop")
            step = talk.press(who, label, ROOM)
            expect(len(in_room(step, ROOM)) == 1, f"{what}, {label}: {step}")
            last = number == len(turns) - 1
            expect((in_room(step, ROOM)[0]["choices"] == []) == last, f"{what}, {label}: over too soon or not at all: {step}")
            names = [name in step[-1]["text"] for name in ("ann", "ben")]
            expect(last or any(names), f"whose turn it is is not said: {step}")
        expect(talk.until("2026-11-24T23:00:00Z") == [], "nothing comes after the end")
        talk.end()
        shutil.rmtree(data)


def stopped_at_every_step():
    for what, turns in RITUALS.items():
        for stops_after in range(len(turns)):
            data = folder()
            talk = begun(data, what)
            for who, label in turns[:stops_after]:
                talk.press(who, label, ROOM)
            stopper = ("ann", "ben")[stops_after % 2]
            way = stops_after % 4
            if way == 0:
                end = talk.press(stopper, "stop", ROOM)
            elif way == 1:
                end = talk.send(by=stopper, room=ROOM, text="stop")
            elif way == 2:
                end = talk.send(by=stopper, room=ROOM, text="@companion stop please", mention=True)
            else:
                end = talk.send(by=stopper, text="stop")
            expect(texts(in_room(end, ROOM)) == ["We stop here. Nobody has to say why."], f"{what} at step {stops_after}, way {way}: {end}")
            late = talk.press("ben", turns[stops_after][1], ROOM)
            expect(in_room(late, ROOM) == [] and len(to(late, "ben")) == 1, f"after a stop nothing is open: {late}")
            expect(talk.until("2026-11-24T23:00:00Z") == [], "nothing comes after a stop")
            talk.end()
            shutil.rmtree(data)


def time_is_kept():
    data = folder()
    talk = begun(data, "reflective listening")
    over = talk.until("2026-11-24T20:03:00Z")
    expect(len(over) == 1 and "ann" in over[0]["text"] and over[0]["at"] == "2026-11-24T20:03:00Z", f"the time of a turn: {over}")
    words = talk.send(by="ann", room=ROOM, text="i feel so sad because you never listen", reply_to=over[0]["id"])
    expect(words == [], f"what they say to each other is theirs: {words}")
    lapsed = talk.until("2026-11-24T21:30:00Z")
    expect(len(lapsed) == 1 and lapsed[0]["choices"] == [], f"left lying, it ends, once: {lapsed}")
    talk.end()
    shutil.rmtree(data)


def a_restart_at_every_step():
    for what, turns in RITUALS.items():
        data = folder()
        talk = Talk(data, "2026-11-24T20:00:00Z")
        asked(talk, what)
        talk = talk.again("2026-11-24T20:01:00Z")
        started = talk.send(by="ben", text="yes")
        expect(len(in_room(started, ROOM)) == 1, f"the question outlives a restart: {started}")
        for who, label in turns:
            talk = talk.again("2026-11-24T20:01:30Z")
            expect(len(in_room(talk.press(who, label, ROOM), ROOM)) == 1, f"{what}, {label} after a restart")
        talk.end()
        shutil.rmtree(data)


def time_out():
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    proposed = asked(talk, "time-out")
    expect("20" in in_room(proposed, ROOM)[-1]["text"] and to(proposed, "ben") == [], f"20 minutes are proposed: {proposed}")
    expect(in_room(talk.press("cem", "20 minutes", ROOM), ROOM) == [], "by a third one nothing begins")
    expect(in_room(talk.press("ben", "20 minutes", ROOM), ROOM) == [], "the first one says how long")
    begins = talk.press("ann", "20 minutes", ROOM)
    expect("20:20" in in_room(begins, ROOM)[0]["text"] and "20:20" in to(begins, "ben")[0]["text"], f"both see the time: {begins}")
    joined = talk.send(by="ben", text="yes", at="2026-11-24T20:02:00Z")
    expect("20:20" in in_room(joined, ROOM)[0]["text"], f"the second one joins: {joined}")
    longer = talk.press("ben", "10 minutes more", ROOM)
    expect("20:30" in in_room(longer, ROOM)[0]["text"], f"either makes it longer: {longer}")
    again = talk.press("ann", "10 minutes more", ROOM)
    expect(in_room(again, ROOM) == [] and to(again, "ann"), f"once: {again}")
    talk = talk.again("2026-11-24T20:10:00Z")
    call = talk.until("2026-11-24T20:40:00Z")
    expect([line["at"] for line in call] == ["2026-11-24T20:30:00Z"] * 3, f"both are called at that time: {call}")
    expect(len(in_room(call, ROOM)) == 1 and to(call, "ann") and to(call, "ben"), f"in the room and each in private: {call}")

    stated = asked(talk, "time-out 45 minutes")
    expect("21:25" in in_room(stated, ROOM)[-1]["text"], f"a stated length is used: {stated}")
    talk.send(by="ben", text="yes, I'm in")
    one = talk.press("ann", "I'm back", ROOM)
    expect(len(in_room(one, ROOM)) == 1 and in_room(one, ROOM)[0]["step"] == "one_back", f"one is back: {one}")
    both = talk.press("ben", "I'm back", ROOM)
    expect(in_room(both, ROOM)[0]["step"] == "both_back", f"it ends early when both say so: {both}")
    expect(talk.until("2026-11-24T22:00:00Z") == [], "and nobody is called then")

    for bad in ("2 minutes", "30 hours"):
        wrong = asked(talk, "time-out " + bad)
        expect(to(wrong, "ben") == [] and "5 minutes" in texts(wrong)[-1], f"{bad}: {wrong}")
    alone = asked(talk, "time-out 15 minutes")
    expect(len(in_room(alone, ROOM)) == 1, f"it begins with the first one: {alone}")
    rest = talk.until("2026-11-24T22:30:00Z")
    expect(texts(in_room(rest, ROOM)) == [APART] and in_room(rest, ROOM)[0]["at"] == "2026-11-24T22:10:00Z", f"no answer: {rest}")
    expect(to(rest, "ann")[-1]["at"] == "2026-11-24T22:15:00Z" and to(rest, "ben") == [], f"the first one's time runs all the same: {rest}")
    talk.end()
    shutil.rmtree(data)


def another_answer():
    for what in RITUALS:
        for answer in (None, "not now", "no", "I don't feel safe"):
            data = folder()
            talk = Talk(data, "2026-11-24T20:00:00Z")
            asked(talk, what)
            if answer:
                expect(in_room(talk.send(by="ben", text=answer), ROOM) == [], "an answer is told to nobody")
            rest = talk.until("2026-11-24T22:00:00Z")
            expect(texts(rest) == [APART] and rest[0]["at"] == "2026-11-24T20:10:00Z", f"{what}, {answer}: {rest}")
            late = talk.send(by="ben", room="dm", press="two.ask.yes")
            expect(in_room(late, ROOM) == [] and len(to(late, "ben")) >= 1, f"a late yes begins nothing: {late}")
            talk.end()
            shutil.rmtree(data)


def whole_evening(flagged, what, answer, steps_back=False):
    """What the room sees, and what is told apart, with `flagged` having told of violence before."""
    data = folder()
    talk = Talk(data, "2026-11-24T19:00:00Z")
    for name in ("ann", "ben"):
        talk.send(by=name, text="he hits me" if name == flagged else "hello")
    talk.until("2026-11-24T19:50:00Z")
    if flagged:
        talk.send(by=flagged, text="i am safe now")
    talk.until("2026-11-24T20:00:00Z")
    before = len(talk.lines)
    asked(talk, what)
    if steps_back:
        talk.send(by="ann", text="stop")
    if answer:
        talk.send(by="ben", text=answer)
    talk.until("2026-11-24T23:00:00Z")
    talk.end()
    shutil.rmtree(data)
    return talk.lines[before:]


def the_same_with_and_without_the_flag():
    for what in ("team us", "reflective listening"):
        for answer in (None, "no"):
            plain = seen(whole_evening(None, what, answer))
            expect(plain[-1][0] == APART, f"{plain}")
            for flagged in ("ann", "ben"):
                expect(seen(whole_evening(flagged, what, answer)) == plain, f"{what}, {answer}, told of by {flagged}: the room sees another thing")
        # The first one's flag, and a yes: as when the first one, without any, has stepped back in private.
        expect(seen(whole_evening("ann", what, "yes")) == seen(whole_evening(None, what, "yes", steps_back=True)), f"{what}: a yes shows the flag")
    for answer in (None, "no", "yes"):
        plain = whole_evening(None, "time-out 25 minutes", answer)
        for flagged in ("ann", "ben"):
            lines = whole_evening(flagged, "time-out 25 minutes", answer)
            expect(seen(lines) == seen(plain), f"time-out, {answer}, {flagged}: the room sees another thing\n{seen(lines)}\n{seen(plain)}")
            called = [line["step"] for line in to(lines, flagged)]
            expect("call" not in called, f"{flagged} is called back: {called}")


def while_the_crisis_is_open():
    plain = seen(whole_evening(None, "team us", None))
    data = folder()
    talk = Talk(data, "2026-11-24T19:00:00Z")
    talk.send(by="ann", text="my husband hits me")
    talk.send(by="ben", text="hello")
    talk.until("2026-11-24T20:00:00Z")
    before = len(talk.lines)
    asked(talk)
    talk.until("2026-11-24T23:00:00Z")
    expect(seen(talk.lines[before:]) == plain, f"the room sees that something is open: {seen(talk.lines[before:])}")
    talk.end()
    shutil.rmtree(data)


def switched_on_by_themselves():
    for flagged, label in (("ben", "switch it on, and yes"), ("ann", "switch it on")):
        data = folder()
        talk = Talk(data, "2026-11-24T19:00:00Z")
        talk.send(by=flagged, text="he hits me")
        talk.send(by=flagged, text="i am safe now")
        asked(talk)
        if flagged == "ann":
            talk.send(by="ben", text="yes")
        started = talk.press(flagged, label, "dm")
        expect(len(in_room(started, ROOM)) == 1 and in_room(started, ROOM)[0]["choices"], f"their own word counts: {started}")
        talk.end()
        shutil.rmtree(data)


def a_crisis_in_the_middle():
    data = folder()
    talk = begun(data, "team us")
    crisis = talk.send(by="ben", room=ROOM, text="i want to kill myself")
    expect(in_room(crisis, ROOM) == [] and "116 123" in "".join(texts(to(crisis, "ben"))), f"help in private, nothing in the room: {crisis}")
    after = talk.press("ann", "said", ROOM)
    expect(in_room(after, ROOM) == [] and len(to(after, "ann")) == 1, f"it has ended: {after}")
    expect(in_room(talk.until("2026-11-24T22:00:00Z"), ROOM) == [], "and the room hears no more of it")
    talk.end()
    shutil.rmtree(data)


def left_alone():
    """Who asked not to be spoken to in a room is not asked; the room cannot see it."""
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    talk.send(by="ben", room=ROOM, mention=True, text="@companion leave me out")
    first = asked(talk)
    expect(to(first, "ben") == [] and in_room(first, ROOM), f"asked all the same: {first}")
    expect(texts(talk.until("2026-11-24T21:00:00Z")) == [APART], "the same line")
    talk.end()
    shutil.rmtree(data)


run([to_the_end, stopped_at_every_step, time_is_kept, a_restart_at_every_step, time_out, another_answer, the_same_with_and_without_the_flag,
     while_the_crisis_is_open, switched_on_by_themselves, a_crisis_in_the_middle, left_alone])
