"""A person talks with the companion: private chat and group, by words and reactions, in threads. Against Synapse, with matrix-nio."""
from person import HELLO, until
from scenario import Scenario, main


async def private_chat(s):
    ann = await s.person("ann")
    room = await ann.room()
    # A whole panic script: choices by reaction where there are some, else by word.
    await ann.say(room, "my heart is racing, i'm having a panic attack")
    first = await ann.first_answer()
    assert first.source["content"]["msgtype"] == "m.text" and first.source["content"]["m.mentions"] == {}, "a line must ring"
    by_reaction = by_word = 0
    for _ in range(25):
        lines = await ann.quiet(0.7)
        last = lines[-1] if lines else first
        choices = last.source["content"]["nurturer"].get("choices", [])
        if not choices:
            break
        place = 2 if "check" in choices[0] and len(choices) > 2 else 0
        if by_reaction <= by_word:
            await ann.react(room, last.event_id, f"{place + 1}\ufe0f\u20e3")
            by_reaction += 1
        else:
            await ann.say(room, str(place + 1))
            by_word += 1
        first = await ann.answer()
    assert by_reaction >= 2 and by_word >= 2, (by_reaction, by_word)
    await until(lambda: any(event.key == "1\ufe0f\u20e3" for _, event in ann.reactions), "no reaction was offered")
    await ann.say(room, "stop")
    await ann.answer()


async def written_before_it_came(s):
    """Element sends the invitation together with the first message: that one must be heard."""
    eve = await s.person("eve")
    made = await eve.client.room_create(is_direct=True, invite=[eve.bot])
    await eve.say(made.room_id, "i am having a panic attack")
    await eve.answer()


async def group(s):
    bea, cid = await s.person("bea"), await s.person("cid")
    room = await bea.room(direct=False, invite=[bea.bot, cid.id], name="friends")
    await cid.enter(room)
    await bea.quiet(1)
    await cid.quiet(1)
    await cid.say(room, "what a day")
    await cid.silence(1.5)
    await cid.say(room, "I feel awful, he left me on read", **{"m.mentions": {"user_ids": [cid.bot]}})
    event = await cid.first_answer(room)
    content = event.source["content"]
    assert content["m.mentions"] == {"user_ids": [cid.id]}, content
    assert content["m.relates_to"]["m.in_reply_to"]["event_id"], content
    lines = await cid.quiet(1)
    last = lines[-1] if lines else event
    await cid.say(room, "1", **{"m.relates_to": {"m.in_reply_to": {"event_id": last.event_id}}})
    await cid.answer(room)
    await cid.say(room, "nurturer: stop")
    await cid.answer(room)


async def thread(s):
    bea, cid = await s.person("bea"), await s.person("cid")
    room = await bea.room(direct=False, invite=[bea.bot, cid.id], name="threads")
    await cid.enter(room)
    await bea.quiet(1)
    root = await bea.say(room, "a thread about phones")
    inside = {"m.relates_to": {"rel_type": "m.thread", "event_id": root, "is_falling_back": True, "m.in_reply_to": {"event_id": root}}}
    await bea.say(room, "@nurturer I am panicking, he does not answer", **inside)
    event = await bea.answer(room)
    relates = event.source["content"]["m.relates_to"]
    assert relates["rel_type"] == "m.thread" and relates["event_id"] == root, relates
    await bea.quiet(1)
    # In its own thread it needs no name.
    await bea.say(room, "1", **inside)
    event = await bea.answer(room)
    assert event.source["content"]["m.relates_to"]["event_id"] == root


async def crisis_in_a_room(s):
    dan = await s.person("dan")
    bea = await s.person("bea")
    room = await bea.room(direct=False, invite=[bea.bot, dan.id], name="evening")
    await dan.enter(room)
    await dan.quiet(1)
    await dan.say(room, "i want to kill myself tonight")
    private = await dan.asked_in()
    await dan.enter(private)
    event = await dan.answer(private)
    text = event.body + " ".join(line.body for line in await dan.quiet(1.5))
    assert "116 123" in text, text
    lines = [event.body for place, event in dan.all if place == room and not event.body.startswith(HELLO)]
    assert not lines, f"the room must get nothing: {lines}"


async def left_alone(s):
    """Notices, own messages, edits, reactions out of place, unknown types, broken events: no answer, no crash. A picture: that only text is read, once."""
    fay = await s.person("fay")
    room = await fay.room()
    event = await fay.say(room, "hello")
    await fay.answer()
    await fay.quiet(1)
    await fay.send(room, {"msgtype": "m.notice", "body": "I am panicking"})
    await fay.send(room, {"msgtype": "m.text", "body": "* I am panicking", "m.new_content": {"msgtype": "m.text", "body": "I am panicking"},
                          "m.relates_to": {"rel_type": "m.replace", "event_id": event}})
    await fay.react(room, event, "1\ufe0f\u20e3")
    await fay.react(room, event, "\U0001f44d")
    await fay.send(room, {"msgtype": "org.example.other", "body": "I am panicking"})
    await fay.send(room, {"msgtype": "m.text", "body": "a", "format": 7, "m.new_content": 1, "m.relates_to": {"rel_type": "m.replace", "event_id": event}})
    await fay.send(room, {"msgtype": "m.text", "body": "I am panicking", "nurturer": {"line": "another of our kind"}})
    await fay.send(room, {"a": "b"}, "org.example.event")
    await fay.silence(3)
    picture = {"msgtype": "m.image", "body": "x.png", "url": "mxc://hs.test/abc"}
    await fay.send(room, picture)
    assert "only read text" in (await fay.answer()).body
    await fay.send(room, picture)
    await fay.silence(3)
    await fay.say(room, "I am panicking " + "a" * 60000)
    await fay.answer()


async def no_file_in_clear(s):
    """"export my data" where nothing is encrypted: one kind line, no file on the server and none on the disk."""
    jon = await s.person("jon")
    room = await jon.talk()
    await jon.say(room, "export my data")
    said = await jon.answer(room)
    assert "no file" in said.body and "what do you know" in said.body, said.body
    assert not await jon.quiet(1)
    exports = s.bot.folder / "data" / "exports"
    assert not exports.exists() or not list(exports.iterdir())


async def two_of_a_kind(s):
    gus = await s.person("gus")
    other = s.service("second")
    other.start()
    room = await gus.room(direct=False, invite=[gus.bot, other.user], name="both")
    await gus.joined(room, other.user)
    await gus.say(room, "I am panicking, help", **{"m.mentions": {"user_ids": [gus.bot, other.user]}})
    await gus.answer(room)
    await gus.quiet(4)
    mine = [event for place, event in gus.all if place == room and not event.body.startswith(HELLO)]
    assert len(mine) <= 3, [event.body for event in mine]
    other.stop()


async def edit_into_a_crisis(s):
    ivy = await s.person("ivy")
    room = await ivy.room()
    event = await ivy.say(room, "thank you")
    await ivy.answer()
    await ivy.quiet(1)
    await ivy.say(room, "* i want to die", **{"m.new_content": {"msgtype": "m.text", "body": "i want to die"},
                                             "m.relates_to": {"rel_type": "m.replace", "event_id": event}})
    await ivy.answer()


async def encrypted_room(s):
    """Built without encryption: said once, in plain words, why it cannot be read; also after a restart. With it: not a word in clear."""
    hal = await s.person("hal")
    room = await hal.room()
    await hal.client.room_put_state(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    for _ in range(3):
        await hal.send(room, {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AAAA", "session_id": "x", "sender_key": "k", "device_id": "D"}, "m.room.encrypted")
    if s.bot.encrypts():
        return await hal.silence(5)
    event = await hal.answer()
    assert "encrypted" in event.body
    await hal.silence(1.5)
    s.bot.stop()
    s.bot.start()
    await hal.send(room, {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AAAA", "session_id": "x", "sender_key": "k", "device_id": "D"}, "m.room.encrypted")
    await hal.silence(2)


if __name__ == "__main__":
    main(Scenario, [private_chat, written_before_it_came, group, thread, crisis_in_a_room, left_alone, no_file_in_clear, two_of_a_kind, edit_into_a_crisis,
                    encrypted_room])
