"""Discord's gateway and REST API as its documentation tells them, as far as the companion and discord.js use them, with faults on
demand. Everything that is asked of it is recorded. Nothing here looks at how the companion is built."""
import asyncio
import json
import re
import time
import urllib.parse
import zlib

from http_ws import WebSocket, read_request, response, secret

MESSAGE_CONTENT = 1 << 15
PRIVILEGED = MESSAGE_CONTENT | 1 << 1 | 1 << 8
KNOWN_INTENTS = (1 << 26) - 1
EPOCH = 1420070400000


class Session:
    def __init__(self, intents, shard):
        self.id, self.intents, self.shard = secret(), intents, shard
        self.sequence, self.sent, self.valid = 0, [], True


class Connection:
    def __init__(self, fake, socket, compress):
        self.fake, self.socket, self.session = fake, socket, None
        self.deflate = zlib.compressobj() if compress else None
        self.beats = []  # times of heartbeats

    async def send(self, op, d=None, t=None, s=None):
        text = json.dumps({"op": op, "d": d, "t": t, "s": s}).encode()
        if self.deflate is None:
            return await self.socket.frame(1, text)
        packed = self.deflate.compress(text) + self.deflate.flush(zlib.Z_SYNC_FLUSH)
        piece = self.fake.split_frames or len(packed)
        for at in range(0, len(packed), piece):
            await self.socket.frame(2, packed[at:at + piece])


class Fake:
    def __init__(self, token="token-for-tests"):
        self.token = token
        self.interval = 41.25             # s between heartbeats
        self.bot = {"id": "1000", "username": "nurturer", "discriminator": "0", "global_name": None, "avatar": None, "bot": True}
        self.application = "2000"
        self.guilds = {}                  # id -> GUILD_CREATE
        self.channels = {}                # id -> channel
        self.private = {}                 # user -> channel
        self.messages = {}                # channel -> [message]
        self.by_nonce = {}
        self.commands = None
        self.interactions = {}            # id -> state
        self.sessions = {}
        self.connections = []             # open ones, identified or not
        self.intents_granted = 0          # privileged ones
        self.requests = []                # (time, Request, status)
        self.dials, self.identifies, self.resumes = [], [], []  # times
        self.frames = []                  # what the client sent over the gateway
        self.acks, self.split_frames, self.hello = True, 0, True
        self.fault = None                 # function of a request: None, (status, body, headers), or "close" (accepted, no answer)
        self.slow = 0                     # s that a message takes to be accepted
        self.on_identify = None           # function of the connection, instead of READY
        self.on_resume = None
        self.first_answer = 120.0         # s that an interaction waits for it. Discord's 3 would judge the machine, not the program
        self.reactions = []               # of the bot: (message, emoji)
        self.may_not_react = False
        self.closed_users = set()         # whose private chats are closed
        self.last_id, self.started = 0, time.time()
        self.limits = {"remaining": 1000, "total": 1000, "reset_after": 86400000, "max_concurrency": 1}
        self.shards = 1
        self.server = self.port = None

    # --- life --------------------------------------------------------------------------------------------------------------

    async def start(self, port=0):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", port or self.port or 0)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self):
        """Nobody listens any more; what is open breaks."""
        self.server.close()
        for connection in list(self.connections):
            connection.socket.abort()

    async def serve(self, reader, writer):
        try:
            while True:
                request = await read_request(reader)
                if request.headers.get("upgrade", "").lower() == "websocket":
                    self.dials.append(time.time())
                    return await self.gateway(request, await WebSocket.accept(request, reader, writer))
                answer = await self.answer(request)
                if answer is None:
                    return
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, OSError):
            pass
        finally:
            writer.close()

    def new_id(self):
        value = (int(time.time() * 1000) - EPOCH) << 22
        self.last_id = max(self.last_id + 1, value)
        return str(self.last_id)

    # --- gateway -----------------------------------------------------------------------------------------------------------

    async def gateway(self, request, socket):
        connection = Connection(self, socket, "compress=zlib-stream" in request.query)
        self.connections.append(connection)
        if self.hello:
            await connection.send(10, {"heartbeat_interval": int(self.interval * 1000), "_trace": ["x"]})
        try:
            async for text in socket.messages():
                message = json.loads(text)
                self.frames.append(message)
                if len(text) > 4096:
                    await socket.close(4002)
                await self.hear(connection, message["op"], message.get("d"))
        finally:
            self.connections.remove(connection)

    async def hear(self, connection, op, d):
        if op == 1:
            connection.beats.append(time.time())
            if self.acks:
                await connection.send(11)
        elif op == 2:
            self.identifies.append(time.time())
            await self.identify(connection, d)
        elif op == 6:
            self.resumes.append(time.time())
            await self.resume(connection, d)
        elif op not in (3, 4, 8):
            await connection.socket.close(4001)

    async def identify(self, connection, d):
        if self.on_identify:
            return await self.on_identify(connection)
        if d["token"] != self.token:
            return await connection.socket.close(4004)
        if d["intents"] & ~KNOWN_INTENTS:
            return await connection.socket.close(4013)
        if d["intents"] & PRIVILEGED & ~self.intents_granted:
            return await connection.socket.close(4014)
        session = Session(d["intents"], tuple(d.get("shard", (0, 1))))
        self.sessions[session.id] = connection.session = session
        await self.dispatch(session, "READY", {
            "v": 10, "user": self.bot, "session_id": session.id, "resume_gateway_url": f"ws://127.0.0.1:{self.port}/resume",
            "session_type": "normal", "relationships": [], "private_channels": [], "presences": [], "guild_join_requests": [],
            "guilds": [{"id": guild, "unavailable": True} for guild in self.guilds], "shard": list(session.shard),
            "application": {"id": self.application, "flags": 0}, "geo_ordered_rtc_regions": [], "auth": {}, "_trace": ["x"]})
        for guild in self.guilds.values():
            await self.dispatch(session, "GUILD_CREATE", guild)

    async def resume(self, connection, d):
        session = self.sessions.get(d["session_id"])
        if self.on_resume:
            return await self.on_resume(connection)
        if d["token"] != self.token:
            return await connection.socket.close(4004)
        if session is None or not session.valid:
            return await connection.send(9, False)
        if d["seq"] > session.sequence:
            return await connection.socket.close(4007)
        for other in list(self.connections):
            if other.session is session:
                other.session = None
                other.socket.abort()
        missed = [event for event in session.sent if event[0] > d["seq"]]
        for sequence, kind, data in missed:
            await connection.send(0, data, kind, sequence)
        connection.session = session
        await self.dispatch(session, "RESUMED", {"_trace": ["x"]})

    async def dispatch(self, session, kind, data):
        session.sequence += 1
        session.sent.append((session.sequence, kind, data))
        del session.sent[:-5000]
        for connection in self.connections:
            if connection.session is session:
                await connection.send(0, data, kind, session.sequence)

    async def event(self, kind, data):
        """To every session, whether it is connected or not: it is replayed when it resumes."""
        for session in self.sessions.values():
            if session.valid:
                await self.dispatch(session, kind, data)

    async def each(self, action):
        for connection in list(self.connections):
            await action(connection)

    # --- people ------------------------------------------------------------------------------------------------------------

    def add_guild(self, guild="500", channel="600", owner="9", permissions=0, channel_overwrites=()):
        place = {"id": channel, "type": 0, "name": "general", "guild_id": guild, "permission_overwrites": list(channel_overwrites),
                 "position": 0, "parent_id": None}
        everyone = {"id": guild, "name": "@everyone", "permissions": str(1 << 6 | 1 << 10 | 1 << 11 | 1 << 16 | 1 << 38), "position": 0,
                    "color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0}
        moderators = dict(everyone, id="501", name="moderators", permissions=str(1 << 5))
        self.channels[channel] = place
        self.guilds[guild] = {"id": guild, "name": "a server", "owner_id": owner, "roles": [everyone, moderators], "channels": [place],
                              "members": [], "threads": [], "emojis": [], "stickers": [], "features": [], "member_count": 3,
                              "system_channel_id": channel, "unavailable": False, "joined_at": "2026-01-01T00:00:00Z", "large": False,
                              "voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": []}

    def private_channel(self, user):
        if user not in self.private:
            self.private[user] = self.new_id()
            self.channels[self.private[user]] = {"id": self.private[user], "type": 1, "last_message_id": None,
                                                 "recipients": [self.person(user)]}
        return self.private[user]

    @staticmethod
    def person(user):
        return {"id": user, "username": f"person{user}", "discriminator": "0", "global_name": None, "avatar": None}

    def message(self, channel, author, content, **more):
        message = {"id": self.new_id(), "channel_id": channel, "author": author, "content": content, "type": 0, "mentions": [],
                   "timestamp": "2026-11-24T12:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
                   "mention_roles": [], "attachments": [], "embeds": [], "pinned": False, "flags": 0, "components": []}
        message.update(more)
        self.messages.setdefault(channel, []).append(message)
        return message

    async def says(self, user, content, channel=None, mention=False, reply_to=None, roles=(), tell=True, **more):
        """A person writes: in private, or in a server's channel. Without the privileged intent the words of a server are hidden."""
        guild = self.channels[channel].get("guild_id") if channel else None
        channel = channel or self.private_channel(user)
        if reply_to:
            more.update(type=19, message_reference={"type": 0, "message_id": reply_to["id"], "channel_id": channel},
                        referenced_message=reply_to)
        if mention:
            content = f"<@{self.bot['id']}> {content}"
            more["mentions"] = [self.bot]
        message = self.message(channel, self.person(user), content, **more)
        shown = dict(message, channel_type=self.channels[channel]["type"])
        if guild:
            shown.update(guild_id=guild, member={"roles": list(roles), "joined_at": "2026-01-01T00:00:00Z", "deaf": False, "mute": False,
                                                 "flags": 0})
        told_to_us = mention or (reply_to and reply_to["author"]["id"] == self.bot["id"])
        if tell:
            for session in self.sessions.values():
                hidden = guild and not told_to_us and not session.intents & MESSAGE_CONTENT
                if session.valid and (guild or session.shard[0] == 0):
                    await self.dispatch(session, "MESSAGE_CREATE", dict(shown, content="" if hidden else content))
        return shown

    async def reacts(self, user, message, emoji):
        """A person sets a reaction; told to those alone who asked for the intent."""
        guild = self.channels[message["channel_id"]].get("guild_id")
        event = {"user_id": user, "channel_id": message["channel_id"], "message_id": message["id"], "message_author_id": message["author"]["id"],
                 "emoji": {"id": None, "name": emoji}, "burst": False, "type": 0}
        if guild:
            event.update(guild_id=guild, member={"user": self.person(user), "roles": [], "joined_at": "2026-01-01T00:00:00Z", "deaf": False,
                                                 "mute": False, "flags": 0})
        for session in self.sessions.values():
            if session.valid and session.intents & (1 << 10 if guild else 1 << 13):
                await self.dispatch(session, "MESSAGE_REACTION_ADD", event)

    async def interacts(self, user, kind, data, channel=None, message=None, context=None, permissions=0):
        """A command (2), a component (3) or a form (5). Returns its state: callbacks, the message that is shown ..."""
        guild = self.channels[channel].get("guild_id") if channel else None
        context = context if context is not None else 0 if guild else 1
        channel = channel or self.private_channel(user)
        interaction = {"id": self.new_id(), "application_id": self.application, "type": kind, "token": secret(64), "version": 1,
                       "channel_id": channel, "channel": self.channels[channel], "data": data, "locale": "en-GB", "context": context,
                       "app_permissions": "0", "entitlements": [], "authorizing_integration_owners": {}, "attachment_size_limit": 10485760}
        if guild:
            interaction.update(guild_id=guild, guild_locale="en-US", member={
                "user": self.person(user), "roles": [], "permissions": str(permissions), "joined_at": "2026-01-01T00:00:00Z",
                "deaf": False, "mute": False, "flags": 0})
        else:
            interaction["user"] = self.person(user)
        if message:
            interaction["message"] = message
        state = {"interaction": interaction, "at": time.time(), "answered": None, "message": None, "modal": None, "proposals": None, "deferred": False,
                 "noted": False, "ephemeral": None, "followups": [], "deleted": False}
        self.interactions[interaction["id"]] = state
        await self.event("INTERACTION_CREATE", interaction)
        return state

    async def command(self, user, name, options=(), channel=None, **more):
        return await self.interacts(user, 2, {"id": "1", "name": name, "type": 1, "options": list(options)}, channel, **more)

    async def presses(self, user, message, label, channel=None, **more):
        button = find(message, lambda one: one.get("label") == label)
        return await self.interacts(user, 3, {"component_type": 2, "custom_id": button["custom_id"]}, channel, message=message, **more)

    async def submits(self, user, modal, values, channel=None, **more):
        rows = [{"type": 18, "component": {"type": 4, "custom_id": name, "value": value}} for name, value in values.items()]
        return await self.interacts(user, 5, {"custom_id": modal["custom_id"], "components": rows}, channel, **more)

    # --- REST --------------------------------------------------------------------------------------------------------------

    async def answer(self, request):
        at = time.time()
        fault = self.fault(request) if self.fault else None
        status, body, headers, kind = 404, {"message": "404: Not Found", "code": 0}, {}, "application/json"
        if fault is None or fault == "close" or fault == "502":
            status, body, headers = await self.route(request)
        if fault == "502":
            status, body = 502, {}
        elif fault not in (None, "close"):
            status, body, headers = fault[:3]
            kind = fault[3] if len(fault) > 3 else kind
        self.requests.append((at, request, status))
        if fault == "close":
            return None
        return response(status, body if status != 204 else b"", headers, kind)

    async def route(self, request):
        path = urllib.parse.unquote(re.sub(r"^/api(/v10)?", "", request.path))
        open_to_all = path.startswith(("/interactions/", "/webhooks/"))
        if not open_to_all and request.headers.get("authorization") != f"Bot {self.token}":
            return 401, {"message": "401: Unauthorized", "code": 0}, {}
        if not request.headers.get("user-agent", "").startswith("DiscordBot ("):
            return 403, {"message": "a User-Agent is missing"}, {}
        for method, pattern, handler in ROUTES:
            found = re.fullmatch(pattern, path)
            if found and method == request.method:
                headers = {"X-RateLimit-Bucket": str(abs(hash(pattern)) % 10**8), "X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "49",
                           "X-RateLimit-Reset-After": "1.000", "X-RateLimit-Reset": "%.3f" % (time.time() + 1)}
                result = handler(self, request, *found.groups())
                status, body = await result if asyncio.iscoroutine(result) else result
                return status, body, headers
        return 404, {"message": "404: Not Found", "code": 0}, {}

    def get_gateway(self, _):
        return 200, {"url": f"ws://127.0.0.1:{self.port}/gateway", "shards": self.shards, "session_start_limit": self.limits}

    def get_me(self, _):
        return 200, self.bot

    def get_application(self, _):
        return 200, {"id": self.application, "name": "Nurturer", "description": "", "icon": None, "verify_key": "0" * 64,
                     "flags": 1 << 19 if self.intents_granted & MESSAGE_CONTENT else 0, "bot_public": True, "bot": self.bot,
                     "integration_types_config": {"0": {}, "1": {}}}

    def get_guilds(self, _):
        return 200, [{"id": g["id"], "name": g["name"], "owner": False, "permissions": g.get("permissions", g["roles"][0]["permissions"]),
                      "features": []} for g in self.guilds.values()]

    def get_guild(self, _, guild):
        return (200, self.guilds[guild]) if guild in self.guilds else (404, {"code": 10004, "message": "Unknown Guild"})

    def get_channel(self, _, channel):
        return (200, self.channels[channel]) if channel in self.channels else (404, {"code": 10003, "message": "Unknown Channel"})

    def open_private(self, request):
        return 200, self.channels[self.private_channel(request.json()["recipient_id"])]

    def history(self, request, channel):
        query = dict(part.split("=") for part in request.query.split("&") if "=" in part)
        after, limit = int(query.get("after", 0)), int(query.get("limit", 50))
        found = [m for m in self.messages.get(channel, []) if int(m["id"]) > after][:limit]
        return 200, list(reversed(found))

    async def create_message(self, request, channel):
        body = request.json()
        await asyncio.sleep(self.slow)
        if channel not in self.channels:
            return 404, {"code": 10003, "message": "Unknown Channel"}
        to = next((user for user, private in self.private.items() if private == channel), None)
        if to in self.closed_users:
            return 403, {"code": 50007, "message": "Cannot send messages to this user"}
        problem = wrong_message(body)
        if problem:
            return 400, {"code": 50035, "message": problem}
        nonce = (channel, body.get("nonce"))
        if body.get("enforce_nonce") and nonce in self.by_nonce:
            return 200, self.by_nonce[nonce]
        message = self.message(channel, self.bot, body["content"], components=body.get("components", []), nonce=body.get("nonce"))
        if "attachments" in body:
            message["attachments"] = [dict(one, id=self.new_id(), size=1, url="x", proxy_url="x") for one in body["attachments"]]
            message["file"] = request.parts()["files[0]"]
        if "message_reference" in body:
            message["message_reference"] = body["message_reference"]
        self.by_nonce[nonce] = {k: v for k, v in message.items() if k != "file"}
        guild = self.channels[channel].get("guild_id")
        await self.event("MESSAGE_CREATE", dict(self.by_nonce[nonce], channel_type=self.channels[channel]["type"],
                                                    **({"guild_id": guild} if guild else {})))
        return 200, self.by_nonce[nonce]

    async def delete_message(self, _, channel, message):
        kept = [m for m in self.messages.get(channel, []) if m["id"] != message]
        gone = len(kept) != len(self.messages.get(channel, []))
        self.messages[channel] = kept
        await self.event("MESSAGE_DELETE", {"id": message, "channel_id": channel})
        return (204, None) if gone else (404, {"code": 10008, "message": "Unknown Message"})

    def set_reaction(self, _, channel, message, emoji):
        if all(m["id"] != message for m in self.messages.get(channel, [])):
            return 404, {"code": 10008, "message": "Unknown Message"}
        if self.may_not_react:
            return 403, {"code": 50013, "message": "Missing Permissions"}
        self.reactions.append((message, emoji))
        return 204, None

    def put_commands(self, request, _):
        self.commands = request.json()
        return 200, [dict(one, id=self.new_id(), application_id=self.application, version="1") for one in self.commands]

    def get_commands(self, _, __):
        return 200, [dict(one, id="1", application_id=self.application, version="1") for one in self.commands or []]

    def callback(self, request, interaction, token):
        state = self.interactions.get(interaction)
        body = request.json()
        if state is None or state["interaction"]["token"] != token or time.time() - state["at"] > self.first_answer:
            return 404, {"code": 10062, "message": "Unknown interaction"}
        if state["answered"]:
            return 400, {"code": 40060, "message": "Interaction has already been acknowledged."}
        data = body.get("data") or {}
        problem = wrong_message(data) if body["type"] == 4 else None
        if problem:
            return 400, {"code": 50035, "message": problem}
        state["answered"] = time.time()
        state["ephemeral"] = bool(data.get("flags", 0) & 64)
        if body["type"] == 4:
            state["message"] = self.shown(state, data)
        elif body["type"] == 5:
            state["deferred"] = True
        elif body["type"] == 6 and state["interaction"]["type"] == 3:
            state["noted"] = True
        elif body["type"] == 6:
            return 400, {"code": 50035, "message": "only a component has a message to update"}
        elif body["type"] == 8:
            state["proposals"] = data["choices"]
        elif body["type"] == 9:
            state["modal"] = data
        return 204, None

    def shown(self, state, data):
        return {"id": self.new_id(), "channel_id": state["interaction"]["channel_id"], "author": self.bot, "type": 20,
                "content": data.get("content", ""), "components": data.get("components", []), "flags": data.get("flags", 0), "mentions": [],
                "timestamp": "2026-11-24T12:00:00+00:00", "edited_timestamp": None, "attachments": [], "embeds": [], "tts": False,
                "mention_everyone": False, "mention_roles": [], "pinned": False}

    def of_token(self, token):
        return next((s for s in self.interactions.values() if s["interaction"]["token"] == token and s["answered"]), None)

    def get_original(self, _, __, token):
        state = self.of_token(token)
        if state is None or state["message"] is None:
            return 404, {"code": 10008, "message": "Unknown Message"}
        return 200, state["message"]

    def edit_original(self, request, _, token):
        state, body = self.of_token(token), request.json()
        if state is None:
            return 404, {"code": 10015, "message": "Unknown Webhook"}
        if problem := wrong_message(body):
            return 400, {"code": 50035, "message": problem}
        if state["message"] is None:
            state["message"] = self.shown(state, body)
        state["message"].update(content=body["content"], components=body.get("components", []))
        return 200, state["message"]

    def delete_original(self, _, __, token):
        state = self.of_token(token)
        if state is None:
            return 404, {"code": 10015, "message": "Unknown Webhook"}
        state["deleted"], state["message"] = True, None
        return 204, None

    def follow_up(self, request, _, token):
        state = self.of_token(token)
        if state is None:
            return 404, {"code": 10015, "message": "Unknown Webhook"}
        message = self.shown(state, request.json())
        if request.headers["content-type"].startswith("multipart"):
            message["file"] = request.parts()["files[0]"].decode()
        state["followups"].append(message)
        return 200, message


def find(message, wanted):
    for row in message["components"]:
        for one in row["components"]:
            if wanted(one):
                return one
    raise AssertionError("no such component: " + json.dumps(message["components"]))


def wrong_message(body):
    """What Discord refuses, and its description in OpenAPI does not say."""
    if len(body.get("content") or "") > 2000:
        return "content longer than 2000"
    if not body.get("content") and not body.get("components") and not body.get("attachments"):
        return "an empty message"
    if body.get("nonce") is not None and len(str(body["nonce"])) > 25:
        return "nonce longer than 25"
    ids = []
    for row in body.get("components", []):
        if row["type"] != 1 or not 1 <= len(row["components"]) <= 5:
            return "a row that is none"
        ids += [one["custom_id"] for one in row["components"]]
        if any(not 1 <= len(one["custom_id"]) <= 100 for one in row["components"]):
            return "custom_id"
        if any(one["type"] == 2 and not 1 <= len(one["label"]) <= 80 for one in row["components"]):
            return "label"
    return "a custom_id twice" if len(ids) != len(set(ids)) else None


ROUTES = [
    ("GET", r"/gateway/bot", Fake.get_gateway), ("GET", r"/users/@me", Fake.get_me), ("GET", r"/applications/@me", Fake.get_application),
    ("GET", r"/oauth2/applications/@me", Fake.get_application),
    ("GET", r"/users/@me/guilds", Fake.get_guilds), ("GET", r"/guilds/(\d+)", Fake.get_guild), ("GET", r"/channels/(\d+)", Fake.get_channel),
    ("POST", r"/users/@me/channels", Fake.open_private), ("GET", r"/channels/(\d+)/messages", Fake.history),
    ("POST", r"/channels/(\d+)/messages", Fake.create_message), ("DELETE", r"/channels/(\d+)/messages/(\d+)", Fake.delete_message),
    ("PUT", r"/channels/(\d+)/messages/(\d+)/reactions/([^/]+)/@me", Fake.set_reaction),
    ("PUT", r"/applications/(\d+)/commands", Fake.put_commands), ("GET", r"/applications/(\d+)/commands", Fake.get_commands),
    ("POST", r"/interactions/(\d+)/([^/]+)/callback", Fake.callback), ("GET", r"/webhooks/(\d+)/([^/]+)/messages/@original", Fake.get_original),
    ("PATCH", r"/webhooks/(\d+)/([^/]+)/messages/@original", Fake.edit_original),
    ("DELETE", r"/webhooks/(\d+)/([^/]+)/messages/@original", Fake.delete_original),
    ("POST", r"/webhooks/(\d+)/([^/]+)", Fake.follow_up),
]
