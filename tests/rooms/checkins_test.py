"""Check-ins in a group of five for three days: as a moderator sets them up, and with each of the ways in which people take part."""
import re
import shutil
import sqlite3

from talk import Talk, expect, folder, in_room, run, texts, to

ROOM = "group:team"
PEOPLE = ["ann", "ben", "cem", "dan", "eve"]
LABELS = ["just here", "took a breath", "wave", "I'd rather say it in private"]


def switched_on(data, now="2026-11-24T08:00:00Z"):
    talk = Talk(data, now)
    set_up = talk.send(by="ann", room=ROOM, text="@companion check-ins every day at 9", mention=True, moderator=True, zone="Europe/London")
    expect(any("09:00 (Europe/London)" in text for text in texts(in_room(set_up, ROOM))), f"the plan is not said back: {set_up}")
    return talk


def group_of_five():
    data = folder()
    talk = Talk(data, "2026-11-24T08:00:00Z")
    refused = talk.send(by="ben", room=ROOM, text="@companion check-ins every day at 9", mention=True)
    expect("moderator" in texts(refused)[-1], f"who may do it is not told: {refused}")
    expect(talk.until("2026-11-24T08:30:00Z") == [], "nothing comes of what was refused")
    talk.end()
    talk = switched_on(data, "2026-11-24T08:31:00Z")
    out = talk.send(by="eve", room=ROOM, text="@companion leave me out", mention=True)
    expect(in_room(out, ROOM) == [] and len(to(out, "eve")) >= 1, f"what somebody asks for themselves is theirs: {out}")

    said, marks = [], len(talk.lines)
    for day in (24, 25, 26):
        came = talk.until(f"2026-11-{day}T09:00:00Z")
        expect(len(came) == 1 and came[0]["room"] == ROOM and came[0]["to"] is None, f"one line to all: {came}")
        expect([choice["label"] for choice in came[0]["choices"]] == LABELS, f"other choices: {came[0]['choices']}")
        expect(came[0]["at"] == f"2026-11-{day}T09:00:00Z", f"at another time: {came[0]['at']}")
        said.append(came[0]["text"].split("\n")[0])
        reply = {"room": ROOM, "reply_to": came[0]["id"]}

        expect(talk.press("ann", "just here", ROOM) == [], "a press is a full answer, and nothing follows")
        typed = talk.send(by="ann", room=ROOM, text="took a breath")
        expect(typed == [], f"so is its label: {typed}")
        for key in ("\U0001f44d", "\u2764\ufe0f", "1\ufe0f\u20e3"):
            reacted = talk.send(by="ann", react=key, **reply)
            expect(reacted == [], f"so is a reaction, whichever it is: {reacted}")

        feels = talk.send(by="ben", text="i feel so alone since she moved out", **reply)
        expect(len(in_room(feels, ROOM)) == 1 and "alone" not in in_room(feels, ROOM)[0]["text"], f"a quiet sign that it was read: {feels}")
        expect(in_room(feels, ROOM)[0]["intent"] is None, f"the room's line tells what was read: {feels}")
        expect(len(to(feels, "ben")) == 1 and to(feels, "ben")[0]["choices"], f"an offer in private: {feels}")

        crisis = talk.send(by="cem", text="i want to kill myself", **reply)
        expect(in_room(crisis, ROOM) == [] and "116 123" in "".join(texts(to(crisis, "cem"))), f"the net, in private alone: {crisis}")

        expect(talk.send(by="eve", text="i feel so alone too", **reply) == [], "who asked to be left out is not spoken to")
        also_crisis = talk.send(by="eve", text="i want to end my life tonight", **reply)
        expect(in_room(also_crisis, ROOM) == [] and to(also_crisis, "eve"), f"the net is never silenced: {also_crisis}")
        expect(talk.send(by="ben", room=ROOM, text="what a day lol") == [], "what is said among them is theirs")
    expect(len(set(said)) == 3, f"lines come again: {said}")
    expect(to(talk.lines, "dan") == [], "who is silent gets nothing")
    for line in in_room(talk.lines[marks:], ROOM):
        named = [name for name in PEOPLE if re.search(rf"\b{name}\b", line["text"], re.IGNORECASE)]
        expect(not named, f"the room is told of {named}: {line['text']}")
    talk.end()
    shutil.rmtree(data)


def private_is_private():
    data = folder()
    talk = switched_on(data)
    talk.until("2026-11-24T09:00:00Z")
    opened = talk.press("dan", LABELS[3], ROOM)
    expect(in_room(opened, ROOM) == [] and len(to(opened, "dan")) == 1, f"the private talk opens, and the room gets nothing: {opened}")
    heard = talk.send(by="dan", text="it was a long week and nobody saw it")
    expect(to(heard, "dan") and in_room(heard, ROOM) == [], f"and goes on there: {heard}")
    stale = talk.until("2026-11-25T09:00:00Z")[0]
    old = talk.press("ann", "wave", ROOM, among=[line for line in talk.lines if line is not stale])
    expect(in_room(old, ROOM) == [] and len(to(old, "ann")) == 1, f"a press of yesterday's gets one kind private line: {old}")
    talk.end()
    shutil.rmtree(data)


def reactions():
    """A reaction stands for a place, or for being there; what is written gets one where it can be set."""
    data = folder()
    talk = switched_on(data)
    came = talk.until("2026-11-24T09:00:00Z")[0]
    reply = {"room": ROOM, "reply_to": came["id"]}
    signed = talk.send(by="ben", text="i feel so alone since she moved out", id="m1", **reply)
    signs = [line for line in signed if line["kind"] == "react"]
    expect(len(signs) == 1 and signs[0]["reply_to"] == "m1" and signs[0]["room"] == ROOM and signs[0]["text"], f"a quiet sign: {signed}")
    expect(in_room(signed, ROOM) == [] and len(to(signed, "ben")) == 1, f"no line beside it, and the offer in private: {signed}")
    plain = talk.send(by="cem", text="the red kettle", id="m2", **reply)
    expect([line["kind"] for line in plain] == ["react"], f"the same sign under what holds no feeling, and nothing else: {plain}")
    crisis = talk.send(by="dan", text="i want to kill myself", id="m3", **reply)
    expect(all(line["kind"] == "say" and line["to"] == "dan" for line in crisis), f"under a crisis stands no sign: {crisis}")
    opened = talk.send(by="eve", react="4\ufe0f\u20e3", **reply)
    expect(in_room(opened, ROOM) == [] and len(to(opened, "eve")) == 1, f"the fourth place opens the private chat: {opened}")
    expect(talk.send(by="ann", react="9", **reply) == [], "a place that is none is there, and that is all")
    expect(talk.send(by="ann", react="4", room=ROOM, reply_to="another line") == [], "nor is one under another line a press")
    later = talk.until("2026-11-25T09:00:00Z")
    stale = talk.send(by="eve", react="4\ufe0f\u20e3", **reply)
    expect(len(later) == 1 and stale == [], f"under yesterday's nothing is open: {stale}")
    talk.end()
    shutil.rmtree(data)


def settings():
    data = folder()
    talk = switched_on(data)
    moderator = {"by": "ann", "room": ROOM, "mention": True, "moderator": True}
    quiet = talk.send(text="@companion skip weekends", **moderator)
    expect("Saturday" in texts(quiet)[-1] and "Sunday" in texts(quiet)[-1], f"quiet days: {quiet}")
    weekly = talk.send(text="@companion weekly reflection on sunday at 18", **moderator)
    expect("every Sunday at 18:00" in texts(weekly)[-1], f"a weekly reflection: {weekly}")
    for bad in ("add a line: look at www.example.org", "add a line: @ben has a good day", "add a line: " + "a" * 201):
        expect("own lines" not in texts(talk.send(text="@companion " + bad, **moderator))[-1], f"taken: {bad}")
    crisis = talk.send(text="@companion add a line: i want to kill myself", **moderator)
    expect(in_room(crisis, ROOM) == [] and to(crisis, "ann"), f"the net reads the group's own lines first: {crisis}")
    talk.send(by="ann", text="it's a song")
    expect("own lines" in texts(talk.send(text="@companion add a line: There is tea in the kitchen.", **moderator))[-1], "a good line is taken")
    talk = talk.again("2026-11-27T08:00:00Z")
    week = talk.until("2026-12-05T08:00:00Z")
    times = [line["at"] for line in week]
    days = ["2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"]
    expect(times == sorted([f"{day}T09:00:00Z" for day in days] + ["2026-11-29T18:00:00Z"]), f"not as set up: {times}")
    expect("There is tea in the kitchen." in texts(week), "the group's own line never came")
    moved = talk.send(text="@companion room zone Europe/Berlin", **moderator)
    expect("Europe/Berlin" in texts(moved)[-1], f"the room's zone: {moved}")
    expect([line["at"] for line in talk.until("2026-12-07T12:00:00Z")] == ["2026-12-06T17:00:00Z", "2026-12-07T08:00:00Z"], "the wall clock of the zone")
    refused = talk.send(by="ben", room=ROOM, mention=True, text="@companion stop the check-ins")
    expect("moderator" in texts(refused)[-1], f"only a moderator ends them: {refused}")
    talk.send(text="@companion stop the check-ins", **moderator)
    expect(talk.until("2026-12-20T12:00:00Z") == [], "they have ended")
    talk.end()
    shutil.rmtree(data)


def rotation():
    data = folder()
    talk = switched_on(data)
    lines = [line["text"].split("\n")[0] for line in talk.until("2027-01-27T12:00:00Z")]
    expect(len(lines) == 65 and len(set(lines)) == 65, f"of {len(lines)} lines {len(set(lines))} are different")
    talk.end()
    shutil.rmtree(data)


def nothing_of_who_took_part():
    """Read in the database: whoever answered has no row, and no file holds a word of it."""
    data = folder()
    talk = switched_on(data)
    came = talk.until("2026-11-24T09:00:00Z")[0]
    talk.press("ann", "wave", ROOM)
    talk.send(by="ben", room=ROOM, text="i feel so lonely these days", reply_to=came["id"], id="m1")
    talk.send(by="cem", room=ROOM, text="the red kettle", reply_to=came["id"], id="m2")
    talk.press("dan", LABELS[3], ROOM)
    talk.send(by="eve", room=ROOM, react="\U0001f44d", reply_to=came["id"])
    talk.end()
    with sqlite3.connect(f"file:{data}/nurturer.db?mode=ro", uri=True) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        counts = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
        dump = repr([list(database.execute(f"SELECT * FROM {table}")) for table in tables])
    expect(counts["persons"] == 1, f"one row, the room's: {counts}")
    expect(counts["records"] == 1 and counts["timers"] == 1 and counts["outbox"] == 0, f"its plan, its next time, and nothing to send: {counts}")
    for word in PEOPLE + ["lonely", "kettle", "team"]:
        expect(f"'{word}" not in dump and f":{word}" not in dump, f"{word} stands in the database")
    shutil.rmtree(data)


run([group_of_five, private_is_private, reactions, settings, rotation, nothing_of_who_took_part])
