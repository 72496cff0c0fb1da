"""What falls due and what belongs to rooms, as people see it on Matrix: the same parts for plain and for encrypted rooms."""
import asyncio
import datetime
import pathlib
import sqlite3
import tomllib

from person import until

FIRST = "\u0031\ufe0f\u20e3"
FOURTH = "\u0034\ufe0f\u20e3"


def soon(person):
    """The next minute that is far enough away to be set up in time on this machine, as the wall clock of UTC shows it."""
    away = max(12, 5 * person.slowest)
    due = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=60 + away)).replace(second=0, microsecond=0)
    return due.strftime("%H:%M")


def lines_of(script, step):
    """What a step of a script may say: a test must not expect one of several wordings."""
    with open(pathlib.Path(__file__).parents[2] / "responses/en" / f"{script}.toml", "rb") as file:
        return next(one["say"] for one in tomllib.load(file)["step"] if one["id"] == step)


def choices(event):
    return event.source["content"]["nurturer"].get("choices", [])


def reply(event):
    return {"m.relates_to": {"m.in_reply_to": {"event_id": event.event_id}}}


async def in_private(s, person):
    """The private chat that the companion asks them into, joined."""
    room = await person.asked_in()
    if s.sealed:
        s.recorder.encrypted.add(room)
    await person.enter(room)
    return room


async def group_of(s, names, name):
    people = [await s.person(one) for one in names]
    room = await people[0].room(direct=False, invite=[people[0].bot] + [one.id for one in people[1:]], name=name)
    for one in people[1:]:
        await one.enter(room)
    for one in people:
        for other in people:
            await one.joined(room, other.id)
        await one.quiet(0.5)
    return room, people


async def a_reminder(s):
    """Asked for in a private chat, it comes there at its time, once; and is settled by its first choice being answered."""
    ann = await s.person("ann")
    room = await ann.room()
    before = len(ann.all)
    await ann.say(room, "remind me in 10 seconds to drink water")
    await ann.first_answer(room)
    said = await ann.hears(lambda event: "drink water" in event.body, before, room)
    came = await ann.hears(lambda event: "drink water" in event.body and len(choices(event)) == 2 and event is not said, before, room)
    await ann.quiet(1)
    assert sum("drink water" in event.body for _, event in ann.all[before:]) == 2, [event.body for _, event in ann.all[before:]]
    assert s.sealed == bool(came.decrypted), "sealed, or not, as the room is"
    await ann.say(room, "2")  # the second that stands there: done
    assert "again" not in (await ann.answer(room)).body.lower()
    await ann.quiet(1)


async def a_private_check_in(s):
    """By consent of the one person: a kind line at its time, which a word answers."""
    ben = await s.person("ben")
    room = await ben.room()
    due = soon(ben)
    await ben.say(room, f"check in with me every day at {due} utc")
    said = await ben.hears(lambda event: f"at {due}" in event.body)
    await ben.hears(lambda event: event is not said and any(choice.startswith("checkin.mine.") for choice in choices(event)))
    await ben.quiet(1)
    await ben.say(room, "just here")
    await ben.answer(room)
    await ben.quiet(1)
    await ben.say(room, "stop the check-ins")
    await ben.answer(room)
    await ben.quiet(1)


async def check_ins_of_a_room(s):
    """Switched on by the moderator alone; a line to all; one reacts, one writes a feeling, one goes where it is private, one is silent."""
    room, (cid, dan, eve, fay) = await group_of(s, ["cid", "dan", "eve", "fay"], "team")
    await dan.say(room, "nurturer: check-ins every day at 9")
    refused = await dan.answer(room)
    lines = [refused] + await dan.quiet(1)
    assert any("moderator" in line.body for line in lines), [line.body for line in lines]
    before = len(cid.all)
    await cid.say(room, f"nurturer: check-ins every day at {soon(cid)}")

    def is_asked(event):
        return sum(choice.startswith("checkin.") for choice in choices(event)) == 4
    came = await cid.hears(is_asked, before, room)
    for one in (cid, dan, eve, fay):
        await one.hears(lambda event: event.event_id == came.event_id, room=room)
        await one.quiet(1)
    assert len(choices(came)) == 4 and all(choice.startswith("checkin.") for choice in choices(came)), choices(came)
    assert came.source["content"]["m.mentions"] == {}, "nobody is called by name"

    await dan.react(room, came.event_id, "\U0001f44d")
    await dan.react(room, came.event_id, FIRST)
    await dan.silence(3)  # a reaction is a full answer, by place or not
    before = len(cid.reactions)
    words = await eve.say(room, "i feel so alone since she moved out", **reply(came))
    private = await in_private(s, eve)
    offer = await eve.answer(private)
    assert offer.body and "alone" not in offer.body

    def signs():
        return [event for place, event in cid.reactions[before:] if event.sender == cid.bot and event.reacts_to == words]
    if s.sealed:
        assert signs() == [], "a reaction is not encrypted: it must not stand in an encrypted room"
        read = await cid.answer(room)
        assert read.body.startswith(tuple(lines_of("checkin", "read"))), f"then a line says that it was read, not {read.body!r}"
    else:
        await until(signs, "no sign that it was read")
        await cid.silence(1)
        assert len(signs()) == 1, [event.key for event in signs()]
    await fay.react(room, came.event_id, FOURTH)
    private = await in_private(s, fay)
    assert (await fay.answer(private)).body
    await fay.quiet(1)
    await cid.quiet(1)
    for _, event in [one for one in cid.all if one[0] == room]:
        assert not any(one.id in event.body for one in (dan, eve, fay)), event.body
    await cid.say(room, "nurturer: stop the check-ins")
    await cid.answer(room)
    await cid.quiet(1)


async def one_leaves(s):
    """Team Us in a room of three: the second is asked in private, and when they leave the room it ends as by every stop."""
    room, (gus, hal, ivy) = await group_of(s, ["gus", "hal", "ivy"], "us")
    await gus.say(room, f"nurturer: team us with {hal.id}")
    assert hal.id in (await gus.answer(room)).body + "".join(line.body for line in await gus.quiet(2))
    private = await in_private(s, hal)
    await hal.answer(private)
    await hal.quiet(1)
    await hal.say(private, "yes, I want it")
    begun = await gus.answer(room)
    assert any(choice.startswith("two.") for choice in choices(begun)), begun.body
    await ivy.client.room_leave(room)
    await gus.silence(3)  # a third one's leaving is nothing to them
    await hal.client.room_leave(room)
    ended = await gus.answer(room)
    assert ended.body == "We stop here. Nobody has to say why." and not choices(ended), ended.body
    await gus.silence(2)


async def nothing_of_who_took_part(s):
    """Read in the database: the names of those who answered a check-in stand in no file, nor do their words."""
    s.bot.stop()
    files = [path for path in (pathlib.Path(s.bot.folder) / "data").iterdir() if path.name.startswith("nurturer.db")]
    held = b"".join(path.read_bytes() for path in files)
    for word in ("dan", "eve", "fay", "cid"):
        assert s.server.id(word).encode() not in held, f"{word} stands in the database"
    assert b"since she moved out" not in held
    with sqlite3.connect(f"file:{s.bot.folder}/data/nurturer.db?mode=ro", uri=True) as database:
        counts = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("persons", "records", "timers", "outbox")}
    # What ann asked to be reminded of came and was settled; the check-ins were ended; what two were led through is over.
    assert counts["outbox"] == 0 and counts["timers"] == 0, counts
    s.bot.start()


PARTS = [a_reminder, a_private_check_in, check_ins_of_a_room, one_leaves, nothing_of_who_took_part]
