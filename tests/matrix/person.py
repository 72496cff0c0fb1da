"""A person with matrix-nio. Everything waits for what must come, with limits that only a fault reaches: the machine may be slow and busy."""
import asyncio
import time

from nio import AsyncClient, AsyncClientConfig, LocalProtocolError, ReactionEvent, RoomMessageText, RoomSendResponse

from program import PATIENCE, SLACK
from server import http


async def until(true, what, wait=PATIENCE):
    """Waits until true() holds; what it gave."""
    end = time.monotonic() + wait
    while True:
        value = true()
        if value:
            return value
        assert time.monotonic() < end, f"{what() if callable(what) else what}, even after {wait} s"
        await asyncio.sleep(0.05)


HELLO = "Hello, I'm a program"  # what the companion says when it joins a room of several


class Person:
    services = {}  # user -> the companion of that name (program.Nurturer)
    slowest = 1.0  # seconds that an answer took so far: what this machine needs

    def __init__(self, server, name, bot):
        self.bot = bot
        self.server = server
        self.id = server.id(name)
        self.client = AsyncClient(server.base, self.id, config=AsyncClientConfig(request_timeout=PATIENCE, max_limit_exceeded=None))
        self.got = asyncio.Queue()      # what the companion said: (room, event)
        self.all = []
        self.locked = []                # what could not be decrypted
        self.files = []                 # what it handed out, sealed
        self.reactions = []
        self.wrote = []                 # contents
        self.wrote_at = time.monotonic()

    async def start(self, password="secret password"):
        await self.client.login(password, device_name="person")
        await self.client.sync(0, full_state=True)
        await self.prepare()
        self.began = time.time() * 1000
        self.client.add_event_callback(self._said, RoomMessageText)
        self.client.add_event_callback(self._reacted, ReactionEvent)
        self.task = asyncio.create_task(self._sync())
        return self

    async def prepare(self):
        """What must be there before they hear anything."""

    async def _sync(self):
        while True:
            try:
                # Who is slow gets much at once, and matrix-nio does not ask for what lies in a gap.
                await self.client.sync_forever(2000, sync_filter={"room": {"timeline": {"limit": 100}}})
            except LocalProtocolError:
                continue  # "no key query required": send() has just made the one that it was about to make

    async def _said(self, room, event):
        known = any(event.event_id == one.event_id for _, one in self.all)  # two syncs may overlap when one begins anew
        if event.sender == self.bot and not known:
            self.all.append((room.room_id, event))
            await self.got.put((room.room_id, event))

    async def _reacted(self, room, event):
        self.reactions.append((room.room_id, event))

    async def stop(self):
        self.task.cancel()
        await self.client.close()

    async def room(self, direct=True, invite=None, name=None):
        """A new room that the companion has joined."""
        made = await self.client.room_create(is_direct=direct, invite=[self.bot] if invite is None else invite, name=name)
        await self.joined(made.room_id, self.bot)
        await self.greeted(made.room_id, direct)
        return made.room_id

    async def greeted(self, room_id, direct=False):
        if not direct:
            await self.hears(lambda event: event.body.startswith(HELLO), room=room_id)

    async def joined(self, room_id, user):
        def there():
            room = self.client.rooms.get(room_id)
            return room and user in room.users and user not in room.invited_users
        await until(there, f"{user} did not join")

    async def enter(self, room_id):
        """Joins, and knows who is there."""
        await self.client.join(room_id)
        await self.joined(room_id, self.id)
        await self.joined(room_id, self.bot)

    async def asked_in(self):
        """The room to which the companion invites them."""
        def asked():
            return [room for room, info in self.client.invited_rooms.items() if info.inviter == self.bot]
        return (await until(asked, "no private chat was opened"))[0]

    async def talk(self):
        """A private chat in which the companion has greeted, and is quiet again."""
        room = await self.room()
        await self.say(room, "hello")
        await self.answer()
        await self.quiet(1)
        return room

    def line_ids(self, since=0):
        """Of what the companion said, from the n-th event on. None of its lines may come twice."""
        ids = [event.source["content"]["nurturer"]["line"] for _, event in self.all[since:]]
        assert len(set(ids)) == len(ids), "a line came twice"
        return ids

    def secrets(self):
        """Their words and the companion's, their token, the keys of their messages."""
        words = {content["body"][:2000] for content in self.wrote if isinstance(content.get("body"), str)}
        return words | {event.body for _, event in self.all} | {self.client.access_token}

    async def say(self, room, text, **more):
        return await self.send(room, {"msgtype": "m.text", "body": text, **more})

    async def send(self, room, content, kind="m.room.message"):
        self.wrote.append(content)
        self.wrote_at = time.monotonic()
        answer = await self.client.room_send(room, kind, content)
        assert isinstance(answer, RoomSendResponse), answer
        return answer.event_id

    async def react(self, room, event, key):
        return await self.send(room, {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": key}}, "m.reaction")

    async def answer(self, room=None, wait=PATIENCE):
        """The next line of the companion (in that room)."""
        end = time.monotonic() + wait
        while True:
            left = end - time.monotonic()
            try:
                place, event = await asyncio.wait_for(self.got.get(), max(left, 0.01))
            except asyncio.TimeoutError:
                raise AssertionError(f"no answer within {wait} s") from None
            if room is None or place == room:
                return event

    async def first_answer(self, room=None):
        """As answer; and it comes soon, as was promised: within 5 s on a machine that is not busy with sanitizers and other tests."""
        event = await self.answer(room)
        took = time.monotonic() - self.wrote_at
        Person.slowest = max(Person.slowest, took)
        print(f"      first answer after {took:.1f} s", flush=True)
        assert took < 5 * SLACK, took
        return event

    async def hears(self, fits, since=0, room=None, wait=PATIENCE):
        """The first event since the n-th that fits, however it stands among others."""
        def found():
            return [event for place, event in self.all[since:] if room in (None, place) and fits(event)]
        return (await until(found, lambda: f"not heard, but {[event.body for _, event in self.all[since:]]}", wait))[0]

    async def silence(self, seconds):
        try:
            _, event = await asyncio.wait_for(self.got.get(), seconds)
        except asyncio.TimeoutError:
            return
        raise AssertionError(f"something was said where nothing should be: {event.body[:80]}")

    async def quiet(self, seconds=1.0):
        """All lines until the companion has nothing left to send, all of it has arrived, and nothing came for so long."""
        lines = []
        while True:
            try:
                lines.append((await asyncio.wait_for(self.got.get(), seconds))[1])
            except asyncio.TimeoutError:
                await self.settled()
                if self.got.empty():
                    return lines

    async def settled(self):
        """What the companion has to say is sent, and what was sent has arrived here, opened or not."""
        service = self.services.get(self.bot)
        if service is not None and service.runs():
            await until(lambda: service.waiting_lines() == 0 or not service.runs(), f"{self.bot} still has something to send")
        missing = set()

        async def all_here():
            known = {event.event_id for _, event in self.all + self.locked + self.files}
            missing.clear()
            for room in list(self.client.rooms):
                missing.update(await asyncio.to_thread(self._sent_to, room))
            missing.difference_update(known)
            return not missing

        end = time.monotonic() + PATIENCE
        while not await all_here():
            if self.task.done():
                raise AssertionError(f"the client of {self.id} has ended") from self.task.exception()
            assert time.monotonic() < end, f"{self.id} did not get {len(missing)} lines"
            await asyncio.sleep(0.1)

    def _sent_to(self, room):
        """The ids of what the companion said there lately, by the server: since they came, and with this device."""
        status, answer = http("GET", f"{self.server.base}/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=50", None, self.client.access_token)
        ids = set()
        for event in answer.get("chunk", []) if status == 200 else []:  # they may have left
            if event["type"] == "m.room.member" and event["state_key"] == self.id and event["content"]["membership"] == "join":
                break
            is_line = event["type"] in ("m.room.message", "m.room.encrypted") and event["content"]
            if is_line and event["sender"] == self.bot and event["origin_server_ts"] >= self.began:
                ids.add(event["event_id"])
        return ids
