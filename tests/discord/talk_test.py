"""Whole talks through each way there is to speak to the companion on Discord."""
import json

import bench

GENERAL = "600"  # the channel of the fake's server
MODERATE = 1 << 5


def buttons(message):
    return [one["label"] for row in message["components"] for one in row["components"] if one["type"] == 2]


def choices(message):
    return [label for label in buttons(message) if label != "write to me"]


async def walk(b, first, press, steps=6):
    """Presses the first button of each answer, as long as there is one."""
    message, seen = first, []
    for _ in range(steps):
        if not choices(message):
            break
        state = await press(message, choices(message)[0])
        message = await b.shown(state)
        seen.append(message["content"])
    return seen


async def to_the_end(first, say):
    """Takes the first choice of each answer until none is offered. `say(message, label)` gives the answer to it."""
    message, steps = first, 0
    while choices(message):
        assert steps < 25, f"it comes to no end: {message}"
        message, steps = await say(message, choices(message)[0]), steps + 1
    assert steps >= 4, f"over after {steps} steps: {message}"


async def test_private_message(b):
    await b.start()
    answer = await b.answer("7", "hi")
    assert answer and answer[-1]["channel_id"] == b.fake.private["7"], answer


async def test_a_script_by_buttons_in_private(b):
    await b.start()
    first = (await b.answer("7", "anger"))[-1]
    assert 2 <= len(buttons(first)) <= 5, first
    seen = await walk(b, first, lambda message, label: b.fake.presses("7", message, label))
    assert len(seen) >= 3 and len(set(seen)) == len(seen), seen


async def test_mention_is_answered_where_it_was_said_as_a_reply(b):
    b.fake.add_guild()
    await b.start()
    answer = await b.answer("7", "hi", channel=GENERAL, mention=True)
    assert answer[0]["message_reference"]["message_id"] == b.fake.messages[GENERAL][0]["id"]
    # An answer to the answer is one to the companion, without any name.
    again = await b.answer("7", "panic", channel=GENERAL, reply_to=answer[-1])
    assert again, again


async def test_a_whole_script_by_typing(b):
    await b.start()

    async def say(_, label):
        return (await b.answer("7", label))[-1]
    await to_the_end((await b.answer("7", "panic"))[-1], say)


async def test_a_whole_script_by_buttons(b):
    await b.start()

    async def say(message, label):
        return await b.shown(await b.fake.presses("7", message, label))
    await to_the_end((await b.answer("7", "panic"))[-1], say)


async def test_a_whole_script_by_mentions(b):
    b.fake.add_guild()
    await b.start()

    async def say(_, label):
        return (await b.answer("7", label, channel=GENERAL, mention=True))[-1]
    await to_the_end((await b.answer("7", "panic", channel=GENERAL, mention=True))[-1], say)


async def test_a_whole_script_by_replies(b):
    b.fake.add_guild()
    await b.start()

    async def say(message, label):
        return (await b.answer("7", label, channel=GENERAL, reply_to=message))[-1]
    await to_the_end((await b.answer("7", "panic", channel=GENERAL, mention=True))[-1], say)


async def test_a_whole_script_from_a_command_among_others(b):
    b.fake.add_guild()
    await b.start()

    async def say(message, label):
        state = await b.fake.presses("7", message, label, channel=GENERAL)
        shown = await b.shown(state)
        assert state["ephemeral"], shown
        return shown
    state = await b.fake.command("7", "soothe", [{"type": 3, "name": "with", "value": "/panic"}], channel=GENERAL)
    await to_the_end(await b.shown(state), say)
    assert not b.said(channel=GENERAL)


async def test_a_whole_script_by_forms(b):
    b.fake.add_guild()
    await b.start()

    async def say(message, label):
        state = await b.fake.presses("7", message, "write to me", channel=GENERAL)
        await b.until(lambda: state["modal"], "a form")
        return await b.shown(await b.fake.submits("7", state["modal"], {"text": label}, channel=GENERAL, message=message))
    state = await b.fake.command("7", "soothe", [{"type": 3, "name": "with", "value": "/panic"}], channel=GENERAL)
    await to_the_end(await b.shown(state), say)


async def test_a_whole_script_by_menus(b):
    """No script has more choices than buttons, so what a menu sends is made of the buttons' ids."""
    await b.start()

    async def say(message, label):
        button = next(one for row in message["components"] for one in row["components"] if one["label"] == label)
        head, _, value = button["custom_id"].rpartition(":")
        return await b.shown(await b.fake.interacts("7", 3, {"component_type": 3, "custom_id": head + ":", "values": [value]}, message=message))
    await to_the_end((await b.answer("7", "panic"))[-1], say)


async def test_what_is_not_said_to_it_is_left_alone(b):
    b.fake.add_guild()
    await b.start()
    await b.fake.says("7", "hello all", channel=GENERAL)
    await b.fake.says("8", "", channel=GENERAL)
    await b.fake.event("MESSAGE_CREATE", b.fake.message(GENERAL, dict(b.fake.person("70"), bot=True), "<@1000> hi", mentions=[b.fake.bot],
                                                        guild_id="500"))
    await b.fake.event("MESSAGE_CREATE", b.fake.message(GENERAL, b.fake.person("71"), "<@1000> hi", mentions=[b.fake.bot], guild_id="500",
                                                        webhook_id="99"))
    await b.fake.event("MESSAGE_CREATE", b.fake.message(GENERAL, b.fake.person("72"), "", type=7, guild_id="500"))
    await b.answer("9", "hi")  # by now the others were heard
    assert not b.said(channel=GENERAL)


async def test_a_thread_of_its_own_needs_no_name(b):
    b.fake.add_guild()
    b.fake.intents_granted = 1 << 15
    b.fake.channels["601"] = {"id": "601", "type": 11, "guild_id": "500", "parent_id": GENERAL, "owner_id": "1000", "name": "a thread"}
    b.fake.guilds["500"]["threads"] = [b.fake.channels["601"]]
    await b.start("message_content = true")
    assert await b.answer("7", "hi", channel="601")
    await b.fake.says("7", "hi", channel=GENERAL)
    await b.quiet()
    assert not b.said(channel=GENERAL)


async def test_a_crisis_in_a_server_is_answered_in_private(b):
    b.fake.add_guild()
    await b.start(top='region = "GB"')
    await b.fake.says("7", "i want to die", channel=GENERAL, mention=True)
    await b.until(lambda: any("116 123" in m["content"] for m in b.said("7")), "the lines in private")
    await b.quiet()
    assert not b.said(channel=GENERAL)


async def test_commands_are_registered_once(b):
    await b.start()
    await b.until(lambda: b.fake.commands is not None, "commands")
    names = [one["name"] for one in b.fake.commands]
    for name in ("sos", "soothe", "breathe", "affirm", "safe-place", "remind", "reminders", "checkin", "break-for-two", "my-data", "help",
                 "Help me with this"):
        assert name in names, name
    for one in b.fake.commands:
        assert one["integration_types"] == [0, 1] and one["contexts"] == [0, 1, 2]
    offered = next(one for one in b.fake.commands if one["name"] == "soothe")["options"][0]
    assert offered.get("autocomplete") or len(offered["choices"]) > 10, offered
    await b.quiet()
    await b.end()
    await b.run()
    await b.answer("7", "hi")
    assert len([r for _, r, _ in b.fake.requests if r.path.endswith("/commands")]) == 1


async def test_each_command_is_understood(b):
    b.fake.add_guild()
    await b.start()
    plain = ["sos", "breathe", "affirm", "safe-place", "reminders", "checkin", "break-for-two", "help"]
    for number, name in enumerate(plain):
        state = await b.fake.command(str(20 + number), name)
        message = await b.shown(state)
        assert not state["ephemeral"], "in private there is nothing to hide"
        assert message["content"], name
        assert "I can't tell" not in message["content"] or name in ("safe-place", "checkin", "break-for-two"), (name, message["content"])
    state = await b.fake.command("40", "my-data", [{"type": 1, "name": "show", "options": []}])
    assert (await b.shown(state))["content"]


async def test_soothe_leads_into_a_script(b):
    await b.start()
    state = await b.fake.command("7", "soothe", [{"type": 3, "name": "with", "value": "/heartbreak"}])
    message = await b.shown(state)
    seen = await walk(b, message, lambda shown, label: b.fake.presses("7", shown, label))
    assert len(seen) >= 2, seen
    state = await b.fake.interacts("7", 4, {"id": "1", "name": "soothe", "type": 1,
                                            "options": [{"type": 3, "name": "with", "value": "left", "focused": True}]})
    await b.until(lambda: state["proposals"], "proposals")
    assert any("left" in one["name"] for one in state["proposals"]) and len(state["proposals"]) <= 25, state


async def test_in_a_server_only_the_person_sees_it(b):
    b.fake.add_guild()
    await b.start()
    state = await b.fake.command("7", "breathe", channel=GENERAL)
    message = await b.shown(state)
    assert state["ephemeral"]
    assert "write to me" in buttons(message)
    seen = await walk(b, message, lambda shown, label: b.fake.presses("7", shown, label, channel=GENERAL))
    assert len(seen) >= 2, seen
    for other in b.fake.interactions.values():
        assert other["ephemeral"], other["message"]
    assert not b.said(channel=GENERAL) and not b.said("7")


async def test_a_form_carries_words_where_no_message_can(b):
    b.fake.add_guild()
    await b.start()
    message = await b.shown(await b.fake.command("7", "breathe", channel=GENERAL))
    state = await b.fake.presses("7", message, "write to me", channel=GENERAL)
    await b.until(lambda: state["modal"], "a form")
    sent = await b.fake.submits("7", state["modal"], {"text": "none of these"}, channel=GENERAL, message=message)
    shown = await b.shown(sent)
    assert sent["ephemeral"] and shown["content"], sent


async def test_a_reminder_is_asked_for_by_a_form(b):
    await b.start()
    state = await b.fake.command("7", "remind")
    await b.until(lambda: state["modal"], "a form")
    assert len(state["modal"]["components"]) == 2 and len(state["modal"]["title"]) <= 45
    sent = await b.fake.submits("7", state["modal"], {"what": "breathe", "when": "tomorrow at 8"})
    assert (await b.shown(sent))["content"]
    whole = await b.fake.command("7", "remind", [{"type": 3, "name": "what", "value": "breathe"},
                                                 {"type": 3, "name": "when", "value": "tomorrow at 8"}])
    assert (await b.shown(whole))["content"]


async def test_help_me_with_this_reads_ones_own_words_as_such_and_others_as_theirs(b):
    b.fake.add_guild()
    await b.start()

    async def on(author, text, user="7"):
        target = b.fake.message(GENERAL, b.fake.person(author), text)
        state = await b.fake.interacts(user, 2, {"id": "1", "name": "Help me with this", "type": 3, "target_id": target["id"],
                                                 "resolved": {"messages": {target["id"]: target}}}, channel=GENERAL)
        return (await b.shown(state))["content"], state

    own, state = await on("7", "she hasnt texted me back since noon")
    assert state["ephemeral"] and "I can't tell" not in own, own
    other, _ = await on("9", "i want to die", user="8")
    assert "them" in other and "findahelpline" in other, other


async def test_a_stranger_who_presses_is_refused_kindly_and_nothing_changes(b):
    b.fake.add_guild()
    await b.start()
    message = (await b.answer("7", "anger", channel=GENERAL, mention=True))[-1]
    label = buttons(message)[0]
    strange = await b.fake.presses("8", message, label, channel=GENERAL)
    refusal = await b.shown(strange)
    assert strange["ephemeral"] and "write to me" in buttons(refusal), refusal
    rightful = await b.fake.presses("7", message, label, channel=GENERAL)
    assert (await b.shown(rightful))["content"] != refusal["content"]


async def test_buttons_survive_a_restart(b):
    await b.start()
    message = (await b.answer("7", "panic"))[-1]
    await b.end()
    await b.run()
    state = await b.fake.presses("7", message, buttons(message)[0])
    assert (await b.shown(state))["content"]


async def test_sos_names_the_countries_or_the_persons_own(b):
    b.fake.add_guild()
    await b.start()
    message = await b.shown(await b.fake.command("7", "sos", channel=GENERAL))
    assert "Samaritans" in message["content"] and "United States" in message["content"], message
    await b.answer("8", "i live in dublin")
    own = await b.shown(await b.fake.command("8", "sos"))
    assert "116 123" in own["content"] and "United States" not in own["content"], own


async def test_somewhere_between_others_it_answers_the_person_alone(b):
    await b.start()
    b.fake.channels["800"] = {"id": "800", "type": 3, "recipients": []}
    state = await b.fake.command("7", "sos", channel="800", context=2)
    await b.shown(state)
    assert state["ephemeral"]


async def test_exported_data_come_as_a_file_in_private(b):
    b.fake.add_guild()
    await b.start()
    await b.answer("7", "remember me")
    answer = await b.answer("7", "export my data", count=2)
    files = [m for m in answer if "file" in m]
    assert files, answer
    json.loads(files[0]["file"])
    state = await b.fake.command("7", "my-data", [{"type": 1, "name": "export", "options": []}], channel=GENERAL)
    await b.shown(state)
    assert state["ephemeral"] and not b.said(channel=GENERAL)
    assert any("file" in m for m in state["followups"]), state


async def test_exit_takes_its_messages_back(b):
    await b.start()
    await b.answer("7", "panic")
    await b.fake.says("7", "exit")
    await b.until(lambda: not b.said("7"), "removal")
    await b.quiet()
    assert [m["author"]["id"] for m in b.fake.messages[b.fake.private["7"]]] == ["7", "7"]


async def test_pictures_get_one_line(b):
    await b.start()
    await b.answer("7", "hi")
    answer = await b.answer("7", "", attachments=[{"id": "1", "filename": "x.png", "size": 1, "url": "x", "proxy_url": "x"}])
    assert "text" in answer[-1]["content"], answer


if __name__ == "__main__":
    bench.main(globals())
