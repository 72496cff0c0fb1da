"""/sos needs no storage, no queue and no intent."""
import asyncio
import os
import resource

import bench


async def sos(b, user, within=1.0):
    """The lines, for the person alone and within a second: at one of a few tries, as the machine may stand still for longer than that."""
    took = []
    for _ in range(bench.TRIES):
        state = await b.fake.command(user, "sos", channel="600")
        await b.until(lambda: state["message"] is not None, "the lines")
        took.append(state["answered"] - state["at"])
        assert state["ephemeral"], "only the person may see it"
        if took[-1] < within:
            return state["message"]["content"]
    raise AssertionError(f"not within {within} s: {took}")


def break_store(b):
    """From now on no file of the program's may be written to, as on a full disk; nor opened for it, unless it runs as root."""
    resource.prlimit(b.process.pid, resource.RLIMIT_FSIZE, (1, 1))
    data = b.folder / "data"
    for file in data.iterdir():
        os.chmod(file, 0o400)
    os.chmod(data, 0o500)


async def test_with_a_store_that_cannot_be_written(b):
    b.fake.add_guild()
    await b.start(top='region = "GB"')
    await b.answer("7", "hi")
    break_store(b)
    assert "116 123" in await sos(b, "7")
    assert "116 123" in await sos(b, "8")
    answer = await b.answer("9", "i want to die")
    assert any("116 123" in m["content"] for m in answer), answer


async def test_with_the_net_of_limits_and_queues_full(b):
    """Discord lets nothing through but answers to interactions, and the person has said too much already."""
    b.fake.add_guild()
    await b.start(top='region = "GB"\n[limits]\nperson_per_minute = 5')
    for n in range(12):
        await b.fake.says("7", f"hello {n}")
    await b.quiet()

    def fault(request):
        if "/interactions/" in request.path or "/webhooks/" in request.path:
            return None
        return 429, {"message": "x", "retry_after": 30, "global": True}, {"Retry-After": "30", "X-RateLimit-Global": "true"}
    b.fake.fault = fault
    await b.fake.says("8", "hi")
    await b.quiet()
    assert "116 123" in await sos(b, "7")
    assert "116 123" in await sos(b, "8")


async def test_with_more_waiting_than_may_be_under_way(b):
    """Discord is slow, and more people wait for their answers than are written to at once: a command waits for none of them."""
    b.fake.add_guild()
    await b.start(top='region = "GB"')
    b.fake.slow = 3
    people = [str(100 + n) for n in range(150)]
    for user in people:
        await b.fake.says(user, "hi")
    for command in ("sos", "breathe"):
        state = await b.fake.command("7", command, channel="600")
        await b.until(lambda: state["message"] is not None, f"/{command}")
        before = sum(1 for user in people if b.said(user))
        assert before < 75, f"/{command} was answered after {before} others: it waited for a place"  # 64 of 150 are written to at once
    b.fake.slow = 0
    await b.until(lambda: all(b.said(user) for user in people), "what waited")


async def test_in_a_crisis_and_in_an_exercise(b):
    b.fake.add_guild()
    await b.start(top='region = "IE"')
    await b.answer("7", "panic")
    assert "116 123" in await sos(b, "7")
    await b.answer("8", "i want to die")
    assert "116 123" in await sos(b, "8")


if __name__ == "__main__":
    bench.main(globals())
