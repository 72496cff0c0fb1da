"""What the tests of encryption share: people whose client encrypts (matrix-nio), and a companion whose wire is recorded."""
import tempfile

from nio import AsyncClient, AsyncClientConfig, EnableEncryptionBuilder, LocalProtocolError, MegolmEvent, RoomEncryptedFile, RoomMessageText, RoomSendResponse
from nio.crypto.attachments import decrypt_attachment

from person import Person, until
from program import PATIENCE
from recorder import Recorder
from scenario import Scenario


class SealedPerson(Person):
    """Signs nothing and verifies nobody, as matrix-nio's users do."""

    recorder = None

    def __init__(self, server, name, bot):
        super().__init__(server, name, bot)
        self.client = AsyncClient(server.base, self.id, store_path=tempfile.mkdtemp(prefix="nio-", dir=server.folder),
                                  config=AsyncClientConfig(encryption_enabled=True, store_sync_tokens=True, request_timeout=PATIENCE, max_limit_exceeded=None))

    async def start(self, password="secret password"):
        self.client.add_event_callback(self._locked, MegolmEvent)
        self.client.add_event_callback(self._filed, RoomEncryptedFile)
        return await super().start(password)

    async def prepare(self):
        if self.client.should_upload_keys:
            await self.client.keys_upload()

    def secrets(self):
        olm = self.client.olm
        keys = {session.session_key for session in olm.outbound_group_sessions.values()}
        # Of all rooms and senders: the companion's own as well.
        keys |= {session.export_session(session.first_known_index) for session in olm.inbound_group_store}
        assert keys or not self.all, "no key of a message is known"
        return super().secrets() | keys

    async def _said(self, room, event):
        if event.sender == self.bot:
            assert event.decrypted or not room.encrypted, "a plain message in an encrypted room"
        await super()._said(room, event)

    async def _locked(self, room, event):
        self.locked.append((room.room_id, event))

    async def _filed(self, room, event):
        if event.sender == self.bot:
            self.files.append((room.room_id, event))

    def opened(self, event):
        """The bytes of a file as the server keeps them, and opened."""
        kept = self.server.media(event.url, self.client.access_token)
        return kept, decrypt_attachment(kept, event.key["k"], event.hashes["sha256"], event.iv)

    async def enter(self, room_id):
        await super().enter(room_id)
        await until(lambda: self.client.rooms[room_id].encrypted, "the room is not encrypted")

    async def room(self, direct=True, invite=None, name=None):
        made = await self.client.room_create(is_direct=direct, invite=[self.bot] if invite is None else invite, name=name,
                                             initial_state=[EnableEncryptionBuilder().as_dict()])
        self.recorder.encrypted.add(made.room_id)
        await self.joined(made.room_id, self.bot)
        await until(lambda: self.client.rooms[made.room_id].encrypted, "the room is not encrypted")
        await self.greeted(made.room_id, direct)
        return made.room_id

    async def send(self, room, content, kind="m.room.message"):
        try:
            if self.client.should_query_keys:
                await self.client.keys_query()
        except LocalProtocolError:
            pass  # the sync was quicker
        self.wrote.append(content)
        answer = await self.client.room_send(room, kind, content, ignore_unverified_devices=True)
        assert isinstance(answer, RoomSendResponse), answer
        return answer.event_id


class SealedScenario(Scenario):
    kind_of_person = SealedPerson

    def way_of_services(self):
        self.recorder = SealedPerson.recorder = Recorder(self.server).start()
        return self.recorder.base

    async def close(self):
        await super().close()
        self.recorder.stop()

    def nothing_in_clear(self):
        assert not self.recorder.plain, self.recorder.plain
