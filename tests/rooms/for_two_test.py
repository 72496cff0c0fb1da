"""Two people in a room, through a time-out, listening in turns and Team Us: to the end, stopped at every step, with a third one pressing, over
a restart, and with what is switched off for one of them after they told of violence."""
import shutil

from talk import Talk, expect, folder, in_room, run, texts
from two import APART, RITUALS, STOPPED, Pair, begun, pairs


def to_the_end():
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    new = pairs(talk)
    for what, turns in RITUALS.items():
        pair = next(new).begin(what)
        for number, (who, label) in enumerate(turns):
            third = pair.press("cem", label)
            expect(pair.heard(third) == [] and len(pair.to(third, "cem")) == 1, f"a third one's press changes nothing: {third}")
            expect(pair.says("cem", text="stop") == [], "nor does their stop")
            step = pair.press(who, label)
            expect(len(pair.heard(step)) == 1, f"{what}, {label}: {step}")
            last = number == len(turns) - 1
            expect((pair.heard(step)[0]["choices"] == []) == last, f"{what}, {label}: over too soon or not at all: {step}")
            names = [pair.name(name) in step[-1]["text"] for name in ("ann", "ben")]
            expect(last or any(names), f"whose turn it is is not said: {step}")
    expect(talk.until("2026-11-24T23:00:00Z") == [], "nothing comes after the end")
    talk.end()
    shutil.rmtree(data)


def stopped_at_every_step():
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    new = pairs(talk)
    for what, turns in RITUALS.items():
        for stops_after in range(len(turns)):
            pair = next(new).begin(what)
            for who, label in turns[:stops_after]:
                pair.press(who, label)
            stopper = ("ann", "ben")[stops_after % 2]
            way = stops_after % 4
            if way == 0:
                end = pair.press(stopper, "stop")
            elif way == 1:
                end = pair.says(stopper, text="stop")
            elif way == 2:
                end = pair.says(stopper, text="@companion stop please", mention=True)
            else:
                end = pair.says(stopper, text="stop", private=True)
            expect(texts(pair.heard(end)) == [STOPPED], f"{what} at step {stops_after}, way {way}: {end}")
            late = pair.press("ben", turns[stops_after][1])
            expect(pair.heard(late) == [] and len(pair.to(late, "ben")) == 1, f"after a stop nothing is open: {late}")
    expect(talk.until("2026-11-24T23:00:00Z") == [], "nothing comes after a stop")
    talk.end()
    shutil.rmtree(data)


def time_is_kept():
    data = folder()
    pair = begun(data, "reflective listening")
    over = pair.talk.until("2026-11-24T20:03:00Z")
    expect(len(over) == 1 and "ann" in over[0]["text"] and over[0]["at"] == "2026-11-24T20:03:00Z", f"the time of a turn: {over}")
    words = pair.says("ann", text="i feel so sad because you never listen", reply_to=over[0]["id"])
    expect(words == [], f"what they say to each other is theirs: {words}")
    lapsed = pair.talk.until("2026-11-24T21:30:00Z")
    expect(len(lapsed) == 1 and lapsed[0]["choices"] == [], f"left lying, it ends, once: {lapsed}")
    pair.talk.end()
    shutil.rmtree(data)


def a_restart_at_every_step():
    """Each ritual in its room, and the program is started anew before each step of them."""
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    rooms = [(Pair(talk, number), what, turns) for number, (what, turns) in enumerate(RITUALS.items())]
    for pair, what, _ in rooms:
        pair.ask(what)
    talk.again("2026-11-24T20:01:00Z")
    for pair, what, _ in rooms:
        started = pair.says("ben", text="yes", private=True)
        expect(len(pair.heard(started)) == 1, f"the question outlives a restart: {started}")
    for step in range(max(len(turns) for _, _, turns in rooms)):
        talk.again("2026-11-24T20:01:30Z")
        for pair, what, turns in rooms:
            if step < len(turns):
                expect(len(pair.heard(pair.press(*turns[step]))) == 1, f"{what}, {turns[step]} after a restart")
    talk.end()
    shutil.rmtree(data)


def time_out():
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    pair = Pair(talk)
    heard, to = pair.heard, pair.to
    proposed = pair.ask("time-out")
    expect("20" in heard(proposed)[-1]["text"] and to(proposed, "ben") == [], f"20 minutes are proposed: {proposed}")
    expect(heard(pair.press("cem", "20 minutes")) == [], "by a third one nothing begins")
    expect(heard(pair.press("ben", "20 minutes")) == [], "the first one says how long")
    begins = pair.press("ann", "20 minutes")
    expect("20:20" in heard(begins)[0]["text"] and "20:20" in to(begins, "ben")[0]["text"], f"both see the time: {begins}")
    joined = pair.says("ben", text="yes", private=True, at="2026-11-24T20:02:00Z")
    expect("20:20" in heard(joined)[0]["text"], f"the second one joins: {joined}")
    longer = pair.press("ben", "10 minutes more")
    expect("20:30" in heard(longer)[0]["text"], f"either makes it longer: {longer}")
    again = pair.press("ann", "10 minutes more")
    expect(heard(again) == [] and to(again, "ann"), f"once: {again}")
    talk.again("2026-11-24T20:10:00Z")
    call = talk.until("2026-11-24T20:40:00Z")
    expect([line["at"] for line in call] == ["2026-11-24T20:30:00Z"] * 3, f"both are called at that time: {call}")
    expect(len(heard(call)) == 1 and to(call, "ann") and to(call, "ben"), f"in the room and each in private: {call}")

    stated = pair.ask("time-out 45 minutes")
    expect("21:25" in heard(stated)[-1]["text"], f"a stated length is used: {stated}")
    pair.says("ben", text="yes, I'm in", private=True)
    one = pair.press("ann", "I'm back")
    expect(len(heard(one)) == 1 and heard(one)[0]["step"] == "one_back", f"one is back: {one}")
    both = pair.press("ben", "I'm back")
    expect(heard(both)[0]["step"] == "both_back", f"it ends early when both say so: {both}")
    expect(talk.until("2026-11-24T22:00:00Z") == [], "and nobody is called then")

    for bad in ("2 minutes", "30 hours"):
        wrong = pair.ask("time-out " + bad)
        expect(to(wrong, "ben") == [] and "5 minutes" in texts(wrong)[-1], f"{bad}: {wrong}")
    alone = pair.ask("time-out 15 minutes")
    expect(len(heard(alone)) == 1, f"it begins with the first one: {alone}")
    rest = talk.until("2026-11-24T22:30:00Z")
    expect(texts(heard(rest)) == [APART] and heard(rest)[0]["at"] == "2026-11-24T22:10:00Z", f"no answer: {rest}")
    expect(to(rest, "ann")[-1]["at"] == "2026-11-24T22:15:00Z" and to(rest, "ben") == [], f"the first one's time runs all the same: {rest}")
    talk.end()
    shutil.rmtree(data)


def another_answer():
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    new, asked = pairs(talk), []
    for what in RITUALS:
        for answer in (None, "not now", "no", "I don't feel safe"):
            pair = next(new)
            asked.append((pair, what, answer))
            pair.ask(what)
            if answer:
                expect(pair.heard(pair.says("ben", text=answer, private=True)) == [], "an answer is told to nobody")
    rest = talk.until("2026-11-24T22:00:00Z")
    expect(len(rest) == len(asked), f"a line to each room and nothing else: {rest}")
    for pair, what, answer in asked:
        told = pair.heard(rest)
        expect(texts(told) == [APART] and told[0]["at"] == "2026-11-24T20:10:00Z", f"{what}, {answer}: {told}")
        late = pair.says("ben", private=True, press="two.ask.yes")
        expect(pair.heard(late) == [] and len(pair.to(late, "ben")) >= 1, f"a late yes begins nothing: {late}")
    talk.end()
    shutil.rmtree(data)


# What is asked for, what the second one answers, and whether the first one steps back before it.
EVENINGS = [*((what, answer, False) for what in ("team us", "reflective listening") for answer in (None, "no", "yes")),
            *((what, "yes", True) for what in ("team us", "reflective listening")),
            *(("time-out 25 minutes", answer, False) for answer in (None, "no", "yes"))]


def evenings(flagged):
    """Each of these, of a pair and a room of its own, with `flagged` of all pairs having told of violence before: what the room sees of it, and
    which steps `flagged` is told apart."""
    data = folder()
    talk = Talk(data, "2026-11-24T19:00:00Z")
    rooms = [Pair(talk, number) for number in range(len(EVENINGS))]
    for pair in rooms:
        for who in ("ann", "ben"):
            pair.says(who, private=True, text="he hits me" if who == flagged else "hello")
    talk.until("2026-11-24T19:50:00Z")
    if flagged:
        for pair in rooms:
            pair.says(flagged, private=True, text="i am safe now")
    talk.until("2026-11-24T20:00:00Z")
    before = len(talk.lines)
    for pair, (what, answer, steps_back) in zip(rooms, EVENINGS):
        pair.ask(what)
        if steps_back:
            pair.says("ann", private=True, text="stop")
        if answer:
            pair.says("ben", private=True, text=answer)
    talk.until("2026-11-24T23:00:00Z")
    talk.end()
    shutil.rmtree(data)
    lines = talk.lines[before:]
    return ({evening: pair.seen(lines) for pair, evening in zip(rooms, EVENINGS)},
            {evening: [line["step"] for line in pair.to(lines, flagged)] for pair, evening in zip(rooms, EVENINGS)})


def the_same_with_and_without_the_flag():
    plain, _ = evenings(None)
    for flagged in ("ann", "ben"):
        told, apart = evenings(flagged)
        for evening in EVENINGS:
            what, answer, steps_back = evening
            # A yes with the first one's flag looks as when the first one, without any, has stepped back in private. The second one's yes switches
            # it on for themselves, in so many words, and the room sees what it sees of every yes.
            yes_to_flagged = flagged == "ann" and answer == "yes" and not what.startswith("time-out")
            expected = plain[what, "yes", True] if yes_to_flagged else plain[evening]
            expect(expected[0][0] and len(expected) >= 2, f"{evening}: there is nothing to compare: {expected}")
            expect(told[evening] == expected, f"{evening}, told of by {flagged}: the room sees another thing\n{told[evening]}\n{expected}")
            if what.startswith("time-out"):
                expect("call" not in apart[evening], f"{flagged} is called back: {apart[evening]}")
            elif answer != "yes" or steps_back or flagged == "ann":
                expect(expected[-1][0] == APART, f"{expected}")


def while_the_crisis_is_open():
    data = folder()
    talk = Talk(data, "2026-11-24T19:00:00Z")
    plain, open_ = Pair(talk, 1), Pair(talk, 2)
    for pair, text in ((plain, "hello"), (open_, "my husband hits me")):
        pair.says("ann", private=True, text=text)
        pair.says("ben", private=True, text="hello")
    talk.until("2026-11-24T20:00:00Z")
    before = len(talk.lines)
    for pair in (plain, open_):
        pair.ask()
    talk.until("2026-11-24T23:00:00Z")
    lines = talk.lines[before:]
    expect(plain.seen(lines)[-1][0] == APART, f"{plain.seen(lines)}")
    expect(open_.seen(lines) == plain.seen(lines), f"the room sees that something is open: {open_.seen(lines)}")
    talk.end()
    shutil.rmtree(data)


def switched_on_by_themselves():
    data = folder()
    talk = Talk(data, "2026-11-24T19:00:00Z")
    for pair, flagged, label in ((Pair(talk, 1), "ben", "switch it on, and yes"), (Pair(talk, 2), "ann", "switch it on")):
        pair.says(flagged, private=True, text="he hits me")
        pair.says(flagged, private=True, text="i am safe now")
        pair.ask()
        if flagged == "ann":
            pair.says("ben", private=True, text="yes")
        started = pair.press(flagged, label, private=True)
        expect(len(pair.heard(started)) == 1 and pair.heard(started)[0]["choices"], f"their own word counts: {started}")
    talk.end()
    shutil.rmtree(data)


def a_crisis_in_the_middle():
    data = folder()
    pair = begun(data, "team us")
    crisis = pair.says("ben", text="i want to kill myself")
    expect(pair.heard(crisis) == [] and "116 123" in "".join(texts(pair.to(crisis, "ben"))), f"help in private, nothing in the room: {crisis}")
    after = pair.press("ann", "said")
    expect(pair.heard(after) == [] and len(pair.to(after, "ann")) == 1, f"it has ended: {after}")
    expect(in_room(pair.talk.until("2026-11-24T22:00:00Z"), pair.room) == [], "and the room hears no more of it")
    pair.talk.end()
    shutil.rmtree(data)


def left_alone():
    """Who asked not to be spoken to in a room is not asked; the room cannot see it."""
    data = folder()
    pair = Pair(Talk(data, "2026-11-24T20:00:00Z"))
    pair.says("ben", mention=True, text="@companion leave me out")
    first = pair.ask()
    expect(pair.to(first, "ben") == [] and pair.heard(first), f"asked all the same: {first}")
    expect(texts(pair.talk.until("2026-11-24T21:00:00Z")) == [APART], "the same line")
    pair.talk.end()
    shutil.rmtree(data)


run([to_the_end, stopped_at_every_step, time_is_kept, a_restart_at_every_step, time_out, another_answer, the_same_with_and_without_the_flag,
     while_the_crisis_is_open, switched_on_by_themselves, a_crisis_in_the_middle, left_alone])
