"""A long encrypted talk: the room's key is renewed on the way, and who comes in the midst reads all from then on. With matrix-nio."""
from scenario import main
from sealed import SealedPerson, SealedScenario


class Unlimited(SealedScenario):
    more = "\n[limits]\nperson_per_minute = 1000\nroom_per_minute = 1000"


async def many_messages(s):
    """130 messages in one room; in the midst a member joins, and a device: both read all from then on."""
    ann, cid = await s.person("ann"), await s.person("cid")
    room = await ann.talk()
    second = None
    count = 65  # each with its answer: 130 in all
    since_join = since_device = 0
    for i in range(count):
        if i == 20:
            await ann.client.room_invite(room, cid.id)
            await cid.enter(room)
            await ann.joined(room, cid.id)
            await cid.quiet(1)
            since_join = len(ann.all)
        if i == 40:
            await ann.quiet(0.5)
            second = SealedPerson(s.server, "ann", s.bot.user)
            s.people["ann's second"] = await second.start()
            await second.joined(room, s.bot.user)
            since_device = len(ann.all)
        await ann.say(room, "nurturer: who are you" if i % 2 else "nurturer: what can you do")
        await ann.answer(room)
    for person in (ann, cid, second):
        await person.quiet(2)
    for person, since in ((cid, since_join), (second, since_device)):
        wanted = [event.event_id for place, event in ann.all[since:] if place == room]
        got = {event.event_id for place, event in person.all}
        missing = [event for event in wanted if event not in got]
        assert not missing, (person.id, len(missing), len(wanted), len(person.locked))
    s.nothing_in_clear()


if __name__ == "__main__":
    main(Unlimited, [many_messages])
