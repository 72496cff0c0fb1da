"""Reminders, check-ins and what two are led through on Discord: what falls due arrives, reactions are heard and set, who leaves ends it."""
import datetime
import pathlib

import bench

GENERAL = "600"
WORDS = 'message_content = true'


def soon():
    """The next minute that is at least 20 s away, as the wall clock of UTC shows it."""
    due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=80)
    return due.strftime("%H:%M")


async def falls_due(b, offers, user=None, channel=None):
    """The line that offers this, whenever it came."""
    found = []

    def came():
        found.extend(m for m in b.said(user, channel) if offers in buttons(m))
        return found
    await b.until(came, f"what offers {offers!r}", 240)
    await b.quiet()
    return found[0]


def buttons(message):
    return [one["label"] for row in message["components"] for one in row["components"] if one["type"] == 2]


async def test_a_reminder_arrives_and_its_button_settles_it(b):
    await b.start()
    set_up = await b.answer("7", "remind me in 8 seconds to drink water")
    assert any("drink water" in m["content"] for m in set_up), set_up
    came = await falls_due(b, "done", "7")
    assert "drink water" in came["content"] and buttons(came) == ["in 10 minutes", "done"], came
    await b.shown(await b.fake.presses("7", came, "done"))


async def test_a_reminder_of_a_command_arrives_in_private(b):
    b.fake.add_guild()
    await b.start()
    state = await b.fake.command("7", "remind", [{"type": 3, "name": "what", "value": "breathe"},
                                                 {"type": 3, "name": "when", "value": "in 8 seconds"}], channel=GENERAL)
    await b.shown(state)
    await b.until(lambda: any("breathe" in m["content"] for m in b.said("7")), "the reminder")
    assert not b.said(channel=GENERAL), "nobody else is told"


@bench.beside_others
async def test_a_private_check_in_arrives(b):
    await b.start()
    await b.answer("7", f"check in with me every day at {soon()} utc")
    came = await falls_due(b, "just here", "7")
    assert (await b.shown(await b.fake.presses("7", came, "just here")))["content"]


async def switched_on(b):
    """A check-in that has come, in a server's channel."""
    b.fake.add_guild(owner="9")
    b.fake.intents_granted = 1 << 15
    await b.start(WORDS)
    refused = await b.answer("8", "check-ins every day at 9", channel=GENERAL, mention=True)
    assert any("moderator" in m["content"] for m in refused), refused
    await b.answer("9", f"check-ins every day at {soon()}", channel=GENERAL, mention=True)
    came = await falls_due(b, "just here", channel=GENERAL)
    assert len(buttons(came)) == 4, came
    return came


async def said_to(b, user):
    """All that was written to them in private, whether it came before this was asked or comes now."""
    await b.until(lambda: b.said(user), f"a line to {user}")
    await b.quiet()
    return b.said(user)


@bench.beside_others
async def test_check_ins_of_a_channel(b):
    came = await switched_on(b)
    before = len(b.said(channel=GENERAL))
    for emoji in ("\U0001f44d", "1\ufe0f\u20e3"):
        await b.fake.reacts("20", came, emoji)
    state = await b.fake.presses("21", came, "wave", channel=GENERAL)
    await b.quiet(1)
    assert len(b.said(channel=GENERAL)) == before and not b.said("20") and not b.said("21"), "a reaction and a press are full answers"
    await b.until(lambda: state["noted"], "the press is noted")
    assert not state["message"] and not state["followups"], "and that is all that follows"

    words = await b.fake.says("22", "i feel so alone since she moved out", channel=GENERAL, reply_to=came)
    await b.until(lambda: b.fake.reactions, "a sign")
    await b.until(lambda: b.said("22"), "the offer in private")  # it may have come before the sign
    offer = b.said("22")[-1]
    assert [message for message, _ in b.fake.reactions] == [words["id"]] and buttons(offer), (b.fake.reactions, offer)
    await b.fake.reacts("23", came, "4\ufe0f\u20e3")
    await b.until(lambda: b.said("23"), "the private chat")
    await b.fake.says("24", "i want to kill myself", channel=GENERAL, reply_to=came)
    assert any("findahelpline" in m["content"] or "116 123" in m["content"] for m in await said_to(b, "24"))
    await b.quiet(1)
    assert len(b.said(channel=GENERAL)) == before, "none of it is told to the channel"
    assert len(b.fake.reactions) == 1, "no sign stands under a crisis"
    files = [path for path in pathlib.Path(b.folder).rglob("nurturer.db*")]
    assert files, "where is the database?"
    held = b"".join(path.read_bytes() for path in files)
    assert b"moved out" not in held


@bench.beside_others
async def test_where_it_may_not_react_nothing_is_repeated(b):
    came = await switched_on(b)
    b.fake.may_not_react = True
    before = len(b.said(channel=GENERAL))
    await b.fake.says("22", "the red kettle", channel=GENERAL, reply_to=came)
    await b.until(lambda: any("reaction was refused" in line for line in b.lines), "the refusal in the log")
    await b.quiet(1)
    assert len([r for _, r, _ in b.fake.requests if "/reactions/" in r.path]) == 1
    assert len(b.said(channel=GENERAL)) == before


async def begun(b, channel=GENERAL):
    await b.answer("7", "team us with <@8>", channel=channel, mention=True)
    ask = (await said_to(b, "8"))[-1]
    await b.shown(await b.fake.presses("8", ask, "yes, I want it"))
    await b.until(lambda: any("two." in one["custom_id"] for m in b.said(channel=channel) for row in m["components"] for one in row["components"]),
                  "the first turn")
    await b.quiet()


async def test_turns_by_buttons_are_for_all_to_see(b):
    b.fake.add_guild()
    b.fake.intents_granted = 1 << 15
    await b.start(WORDS)
    await begun(b)
    for who, label in (("7", "said"), ("8", "said"), ("7", "go on"), ("7", "said"), ("8", "heard"), ("8", "said"), ("7", "heard"), ("7", "we have one")):
        turn = b.said(channel=GENERAL)[-1]
        stranger = await b.fake.presses("20", turn, label, channel=GENERAL)
        await b.shown(stranger)
        assert stranger["ephemeral"], "whoever else presses is told alone"
        state = await b.fake.presses(who, turn, label, channel=GENERAL)
        await b.until(lambda: b.said(channel=GENERAL)[-1]["id"] != turn["id"], f"what follows {label}")
        await b.until(lambda: state["noted"], "the press is noted")
        assert not state["message"] and not state["followups"], "the turn is nobody's secret"
    assert not buttons(b.said(channel=GENERAL)[-1]), "it has come to its end"


async def test_one_is_taken_out_of_the_thread(b):
    b.fake.add_guild()
    b.fake.intents_granted = 1 << 15
    b.fake.channels["601"] = {"id": "601", "type": 11, "guild_id": "500", "parent_id": GENERAL, "owner_id": "1000", "name": "a thread"}
    b.fake.guilds["500"]["threads"] = [b.fake.channels["601"]]
    await b.start(WORDS)
    await begun(b, "601")

    async def taken_out(user):
        await b.fake.event("MESSAGE_CREATE", b.fake.message("601", b.fake.person("9"), "", type=2, mentions=[b.fake.person(user)], guild_id="500"))
    await taken_out("20")
    await b.quiet(1)
    before = len(b.said(channel="601"))
    await taken_out("8")
    await b.until(lambda: len(b.said(channel="601")) > before, "the end")
    ended = b.said(channel="601")[-1]
    assert ended["content"] == "We stop here. Nobody has to say why." and not ended["components"], ended


async def test_a_channel_that_is_gone_is_forgotten(b):
    b.fake.add_guild()
    b.fake.intents_granted = 1 << 15
    await b.start(WORDS)
    await begun(b)
    await b.fake.event("CHANNEL_DELETE", b.fake.channels[GENERAL])
    await b.quiet(1)
    said = await b.answer("8", "stop")
    assert said and all("ended in the room" not in m["content"] for m in said), said
    assert len([m for m in b.said(channel=GENERAL) if "We stop here" in m["content"]]) == 0


if __name__ == "__main__":
    bench.main(globals())
