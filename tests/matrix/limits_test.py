"""A server that lets one message a second through, two at once: twenty messages get twenty answers."""
import asyncio
import time

from person import until
from scenario import Scenario, main


class Limited(Scenario):
    rc_message = {"per_second": 1, "burst_count": 2}


async def twenty_answers(s):
    ann = await s.person("ann")
    room = await ann.room()
    began = time.monotonic()
    wanted = 20
    # The person's own sending is limited as well; matrix-nio waits as it is told.
    for i in range(wanted):
        await ann.say(room, "who are you" if i % 2 else "what can you do")
        await ann.answer()
        await ann.quiet(0.3)
    await ann.quiet(3)
    lines = ann.line_ids()
    assert len(lines) >= wanted, len(lines)
    print(f"      {wanted} answered in {time.monotonic() - began:.0f} s, {len(lines)} lines")


async def all_at_once(s):
    """Twenty people at the same time: all are answered, none before the server lets it."""
    people = [await s.person(f"p{i}") for i in range(20)]
    rooms = await asyncio.gather(*[person.room() for person in people])
    for person, room in zip(people, rooms):
        person.got = asyncio.Queue()
    await asyncio.gather(*[person.say(room, "who are you") for person, room in zip(people, rooms)])
    await asyncio.gather(*[person.answer(room, 300) for person, room in zip(people, rooms)])
    await until(lambda: "override_ratelimit" in (s.bot.run("doctor")[1]), "doctor does not tell of the limit")


if __name__ == "__main__":
    main(Limited, [twenty_answers, all_at_once])
