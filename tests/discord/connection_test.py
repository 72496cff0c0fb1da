"""The gateway as it behaves on bad days: what the program does next, and that nothing is lost or said twice."""
import asyncio
import time

import bench


async def everything_once(b, users):
    """Each of these people was answered, to their one message, once."""
    for user in users:
        await b.until(lambda u=user: b.said(u), f"an answer for {user}")
    await b.quiet()
    counts = {user: len([m for m in b.said(user) if "no therapist" in m["content"]]) for user in users}
    assert all(count == 1 for count in counts.values()), counts


async def test_it_resumes_when_heartbeats_are_not_answered(b):
    b.fake.interval = 2.0
    await b.start()
    await b.answer("7", "hi")
    connection, b.fake.acks = b.fake.connections[-1], False
    beats, stopped = len(connection.beats), time.time()
    await b.fake.says("20", "hi")
    await b.until(lambda: b.fake.resumes, "a resume")
    took = b.fake.resumes[0] - stopped
    b.fake.acks = True
    # One that is not answered, and in place of the next one a resume: so within two intervals, if the machine stands still for no longer.
    assert len(connection.beats) - beats <= 1, connection.beats
    assert took < 2 * b.fake.interval + 1.2 + 10 * (bench.SLOW - 1), took  # and the pause before a dial
    await b.fake.says("21", "hi")
    await everything_once(b, ["20", "21"])
    assert len(b.fake.identifies) == 1


async def test_op_7_also_before_hello(b):
    await b.start()
    await b.fake.each(lambda connection: connection.send(7))
    await b.fake.says("20", "hi")  # while it is away: replayed
    await everything_once(b, ["20"])
    assert len(b.fake.identifies) == 1 and len(b.fake.resumes) == 1
    b.fake.hello = False
    await b.fake.each(lambda connection: connection.send(7))
    await b.until(lambda: len(b.fake.dials) == 3, "a dial")
    await b.until(lambda: any(not one.socket.closed and one.session is None for one in b.fake.connections), "a connection")
    b.fake.hello = True
    await b.fake.each(lambda connection: connection.send(7))
    await b.until(lambda: len(b.fake.resumes) == 2, "a resume")
    assert len(b.fake.identifies) == 1


async def test_op_9(b):
    await b.start()
    await b.answer("7", "hi")
    await b.fake.each(lambda connection: connection.send(9, True))
    await b.until(lambda: len(b.fake.resumes) == 1, "a resume")
    # A lost session: nothing is replayed, so what was written meanwhile is looked up where the companion was written to before.
    for session in b.fake.sessions.values():
        session.valid = False
    await b.fake.says("7", "panic", tell=False)
    before = len(b.said("7"))
    at = time.time()
    await b.fake.each(lambda connection: connection.send(9, False))
    await b.until(lambda: len(b.fake.identifies) == 2, "a new session")
    assert b.fake.identifies[1] - at > 1, "Discord asks for a pause of one to five seconds"
    await b.until(lambda: len(b.said("7")) > before, "an answer to what was written meanwhile")
    await b.quiet()
    assert len({m["content"] for m in b.said("7")}) == len(b.said("7"))


async def test_close_codes(b):
    await b.start()
    people = iter(range(20, 60))
    for code in (4000, 4001, 4002, 4003, 4005, 4006, 4007, 4008, 4009, 1000, 4999):
        await b.until(lambda: any(one.session and not one.socket.closed for one in b.fake.connections), "a connection")
        await b.quiet()
        resumes, identifies = len(b.fake.resumes), len(b.fake.identifies)
        await b.fake.each(lambda connection: connection.socket.close(code))
        new = code in (4003, 4005, 4007, 4008, 4009)
        await b.until(lambda: len(b.fake.identifies) + len(b.fake.resumes) > identifies + resumes, f"a next step after {code}", 300)
        assert (len(b.fake.identifies) > identifies) == new, code
        if new:  # nothing is replayed in a new session
            await b.until(lambda: any(one.session for one in b.fake.connections), "a session")
        user = str(next(people))
        await b.fake.says(user, "hi")
        await everything_once(b, [user])
        if not bench.LONG and code == 4003:  # the others are of the machine's own tests: each waits for longer than the one before
            break


async def refused(b, exit_code, *words, **start):
    if b.fake.server is None:
        await b.fake.start()
    b.configure(**start)
    await b.run(ready=False)
    assert await b.exit_code() == exit_code, b.lines
    assert len(b.fake.identifies) == 1
    said = "\n".join(b.lines)
    for word in words:
        assert word in said, (word, said)


async def test_4014_ends_it_with_the_way_out(b):
    await refused(b, 78, "message_content = false", "Privileged Gateway Intents", discord="message_content = true")


async def test_4004_ends_it_with_the_way_out(b):
    await b.fake.start()
    # The API is not asked when the address is given: then the gateway is the first to see the token.
    await refused(b, 77, "token_file", "Reset Token", discord=f'gateway_url = "ws://127.0.0.1:{b.fake.port}/gateway"', token="a-wrong-one")


async def test_a_token_that_the_api_refuses_costs_no_identify(b):
    await b.fake.start()
    b.configure(token="a-wrong-one")
    await b.run(ready=False)
    assert await b.exit_code() == 77, b.lines
    assert not b.fake.identifies and "Reset Token" in "\n".join(b.lines)
    assert len(b.fake.requests) == 1


async def test_4013_is_ours(b):
    async def unwanted(connection):
        await connection.socket.close(4013)
    b.fake.on_identify = unwanted
    await b.fake.start()
    b.configure()
    await b.run(ready=False)
    assert await b.exit_code() == 70, b.lines


async def test_refused_connections(b):
    """Nobody listens for a while: few dials, and then everything goes on, in the same session."""
    await b.start()
    await b.answer("7", "hi")
    port, dials = b.fake.port, []

    async def refuse(_, writer):
        dials.append(time.time())
        writer.close()
    await b.fake.stop()
    closed = await asyncio.start_server(refuse, "127.0.0.1", port)
    await asyncio.sleep(90 if bench.LONG else 6)
    await b.until(lambda: len(dials) >= 3, "dials")
    closed.close()
    await closed.wait_closed()
    await b.fake.start(port)
    assert 3 <= len(dials) <= 12, dials
    await b.fake.says("20", "hi")
    await b.until(lambda: b.fake.resumes, "a resume")
    await everything_once(b, ["20"])
    assert len(b.fake.identifies) == 1


async def test_a_restart_resumes(b):
    await b.start()
    await b.answer("7", "hi")
    await b.end()
    await b.fake.says("20", "hi")
    await b.fake.says("7", "panic")
    before = len(b.said("7"))
    await b.run()
    await everything_once(b, ["20"])
    assert len(b.said("7")) > before
    assert len(b.fake.identifies) == 1 and len(b.fake.resumes) == 1


async def test_restarts_burn_no_identifies(b):
    """A service manager starts it again and again while the session is lost each time."""
    await b.start()
    for _ in range(4):
        await b.end()
        for session in b.fake.sessions.values():
            session.valid = False
        dials = len(b.fake.dials)
        await b.run(ready=False)
        await b.until(lambda: len(b.fake.dials) > dials, "a dial")
        await b.quiet(1)
    gaps = [later - before for before, later in zip(b.fake.identifies, b.fake.identifies[1:])]
    assert len(b.fake.identifies) <= 6 and all(gap > 1 for gap in gaps), gaps


async def test_compressed_streams_however_they_are_cut(b):
    for size in (1, 3, 0):
        b.fake.split_frames = size
        b.fake.add_guild()
        if b.process is None:
            await b.start()
        else:
            await b.fake.each(lambda connection: connection.send(7))
        user = str(30 + size)
        await b.fake.says(user, "hi")
        await everything_once(b, [user])


async def test_without_compression(b):
    await b.start("compress = false")
    assert await b.answer("7", "hi")


async def test_what_it_does_not_know_is_passed_over(b):
    await b.start()
    for kind, data in (("NEVER_HEARD_OF", {"a": [1, {"b": None}]}), ("MESSAGE_CREATE", {}), ("MESSAGE_CREATE", None), ("GUILD_CREATE", []),
                       ("INTERACTION_CREATE", {"id": 5}), ("MESSAGE_UPDATE", {"id": "1"}), ("TYPING_START", {"user_id": "7"})):
        await b.fake.event(kind, data)
    private = b.fake.private_channel("18446744073709551000")  # above 2^53
    message = b.fake.message(private, b.fake.person("18446744073709551000"), "hi", guild_id=None, new_field={"x": 1}, mentions=None,
                             member=None)
    message["id"] = int(message["id"])  # a number, where ids are strings
    await b.fake.event("MESSAGE_CREATE", message)
    await b.until(lambda: b.said("18446744073709551000"), "an answer")


async def test_shards_identify_one_after_the_other(b):
    b.fake.shards = 3
    b.fake.limits["max_concurrency"] = 2
    await b.start('shards = "auto"')
    assert sorted(session.shard for session in b.fake.sessions.values()) == [(0, 3), (1, 3), (2, 3)]
    first, second, third = b.fake.identifies
    assert third - first > 4, b.fake.identifies  # five seconds, less what the first one was under way
    await b.answer("7", "hi")
    assert len([m for m in b.said("7") if "no therapist" in m["content"]]) == 1


async def test_it_stops_in_order(b):
    await b.start()
    connection = b.fake.connections[0]
    await b.end()
    assert b.process.returncode == 0
    await b.until(lambda: connection.socket.closed, "the end of the connection")
    assert connection.socket.close_code == 4000, "1000 would end the session"


if __name__ == "__main__":
    bench.main(globals())
