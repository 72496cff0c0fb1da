"""What `nurturer doctor` finds on Discord, and what it tells to do."""
import asyncio

import bench


async def doctor(b):
    process = await asyncio.create_subprocess_exec(bench.PROGRAM, "doctor", "--config", str(b.folder / "nurturer.toml"),
                                                   stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
    out, err = await asyncio.wait_for(process.communicate(), bench.PATIENCE)
    return process.returncode, out.decode() + err.decode()


async def prepare(b, discord="", token=None):
    await b.fake.start()
    b.configure(discord, token=token)


async def test_all_is_well(b):
    b.fake.add_guild()
    await prepare(b)
    code, said = await doctor(b)
    assert code == 0, said
    for word in ("token", "Nurturer (2000)", "1000 of 1000", "not registered yet", "1 with all permissions",
                 "https://discord.com/oauth2/authorize?client_id=2000&scope=bot+applications.commands&permissions=274877975616"):
        assert word in said, (word, said)


async def test_a_wrong_token(b):
    await prepare(b, token="wrong")
    code, said = await doctor(b)
    assert code == 77 and "Reset Token" in said and "wrong" not in said, (code, said)


async def test_an_intent_that_was_not_granted(b):
    await prepare(b, "message_content = true")
    code, said = await doctor(b)
    assert code == 78 and "Message Content Intent" in said, (code, said)
    b.fake.intents_granted = 1 << 15
    code, said = await doctor(b)
    assert code == 0 and "granted" in said, (code, said)


async def test_a_server_without_permissions(b):
    b.fake.add_guild()
    b.fake.guilds["500"]["permissions"] = str(1 << 10)
    await prepare(b)
    code, said = await doctor(b)
    assert code == 78 and "lacks Add Reactions, Send Messages, Read Message History, Send Messages in Threads" in said, (code, said)


async def test_no_identifies_left(b):
    b.fake.limits["remaining"] = 0
    await prepare(b)
    code, said = await doctor(b)
    assert code == 69 and "0 of 1000" in said, (code, said)


async def test_nobody_answers(b):
    await prepare(b)
    await b.fake.stop()
    code, said = await doctor(b)
    assert code == 69 and "did not answer" in said, (code, said)


async def test_after_a_run_the_commands_are_there(b):
    b.fake.add_guild()
    await b.start()
    await b.until(lambda: b.fake.commands, "commands")
    await b.end()
    code, said = await doctor(b)
    assert code == 0 and "commands" in said and "not registered" not in said, said


if __name__ == "__main__":
    bench.main(globals())
