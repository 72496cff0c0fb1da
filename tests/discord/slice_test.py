"""From the first connection to the first answers: in private, in a server, by command, button and form."""
import bench


async def test_private_message(b):
    await b.start()
    answer = await b.answer("7", "hi")
    assert answer and answer[-1]["channel_id"] == b.fake.private["7"], answer


if __name__ == "__main__":
    bench.main(globals())
