"""A person with matrix-nio."""
import asyncio
import time

from nio import AsyncClient, AsyncClientConfig, ReactionEvent, RoomMessageText, RoomSendResponse


class Person:
    def __init__(self, server, name, bot):
        self.bot = bot
        self.id = server.id(name)
        self.client = AsyncClient(server.base, self.id, config=AsyncClientConfig(request_timeout=60, max_limit_exceeded=None))
        self.got = asyncio.Queue()      # what the companion said: (room, event)
        self.all = []
        self.reactions = []
        self.wrote = []                 # contents

    async def start(self, password="secret password"):
        await self.client.login(password, device_name="person")
        await self.client.sync(0, full_state=True)
        self.client.add_event_callback(self._said, RoomMessageText)
        self.client.add_event_callback(self._reacted, ReactionEvent)
        self.task = asyncio.create_task(self.client.sync_forever(2000))
        return self

    async def _said(self, room, event):
        if event.sender == self.bot:
            self.all.append((room.room_id, event))
            await self.got.put((room.room_id, event))

    async def _reacted(self, room, event):
        self.reactions.append((room.room_id, event))

    async def stop(self):
        self.task.cancel()
        await self.client.close()

    async def room(self, direct=True, invite=None, name=None, wait=20):
        """A new room that the companion has joined."""
        made = await self.client.room_create(is_direct=direct, invite=[self.bot] if invite is None else invite, name=name)
        await self.joined(made.room_id, self.bot, wait)
        return made.room_id

    async def joined(self, room_id, user, wait=20):
        end = time.monotonic() + wait
        while time.monotonic() < end:
            room = self.client.rooms.get(room_id)
            if room and user in room.users and user not in room.invited_users:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{user} did not join within {wait} s")

    async def asked_in(self, wait=10):
        """The room to which the companion invites them."""
        end = time.monotonic() + wait
        while time.monotonic() < end:
            rooms = [room for room, info in self.client.invited_rooms.items() if info.inviter == self.bot]
            if rooms:
                return rooms[0]
            await asyncio.sleep(0.1)
        raise AssertionError("no private chat was opened")

    async def talk(self, wait=5):
        """A private chat in which the companion has greeted, and is quiet again."""
        room = await self.room()
        await self.say(room, "hello")
        await self.answer(wait)
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
        answer = await self.client.room_send(room, kind, content)
        assert isinstance(answer, RoomSendResponse), answer
        return answer.event_id

    async def react(self, room, event, key):
        return await self.send(room, {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": key}}, "m.reaction")

    async def answer(self, wait=5, room=None):
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

    async def silence(self, seconds):
        try:
            _, event = await asyncio.wait_for(self.got.get(), seconds)
        except asyncio.TimeoutError:
            return
        raise AssertionError(f"something was said where nothing should be: {event.body[:80]}")

    async def quiet(self, seconds=1.0):
        """All lines until nothing came for so long."""
        lines = []
        while True:
            try:
                lines.append((await asyncio.wait_for(self.got.get(), seconds))[1])
            except asyncio.TimeoutError:
                return lines
