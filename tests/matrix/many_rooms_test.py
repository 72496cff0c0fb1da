"""300 rooms and one of 2,000 members (20 and 50 without --long): starts within 30 s, stays below 150 MB, answers within 3 s."""
import asyncio
import json
import time

from program import SLACK, most_memory
from scenario import LONG, Scenario, main
from server import http

ROOMS, MEMBERS = (300, 2000) if LONG else (20, 50)


class Many(Scenario):
    starts = False


async def big(s):
    ann = await s.person("ann")
    admin = s.server.register("admin", admin=True)
    assert s.bot.run("matrix", "login")[0] == 0
    token = json.loads((s.bot.folder / "data" / "matrix-session.json").read_text())["token"]
    rooms = []
    for i in range(ROOMS + 1):
        made = await ann.client.room_create(name=f"room {i}", invite=[ann.bot])
        rooms.append(made.room_id)
        assert http("POST", f"{s.server.base}/_matrix/client/v3/join/{made.room_id}", {}, token)[0] == 200
    big_room = rooms.pop()
    loop = asyncio.get_running_loop()

    def fill(start):
        for i in range(start, MEMBERS, 4):
            s.server.register(f"m{i}")
            http("POST", f"{s.server.base}/_synapse/admin/v1/join/{big_room}", {"user_id": s.server.id(f"m{i}")}, admin)

    await asyncio.gather(*[loop.run_in_executor(None, fill, start) for start in range(4)])
    began = time.monotonic()
    s.bot.start()
    ready = time.monotonic() - began
    slowest = 0
    for room in [big_room, rooms[0], rooms[-1]]:
        sent = time.monotonic()
        await ann.say(room, "nurturer: who are you")
        await ann.answer(room)
        slowest = max(slowest, time.monotonic() - sent)
    memory = s.bot.memory_mb()
    print(f"      {ROOMS} rooms, {MEMBERS} members: ready in {ready:.1f} s, {memory:.0f} MB, slowest answer {slowest:.1f} s")
    assert ready < 30 * SLACK and memory < most_memory() and slowest < 3 * SLACK


if __name__ == "__main__":
    main(Many, [big])
