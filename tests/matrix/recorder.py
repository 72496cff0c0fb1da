"""A wire recorder: a proxy on loopback before the homeserver that notes what the companion sends, and finds plain words in encrypted rooms."""
import asyncio
import json
import re
import threading
import time
import urllib.parse

# What the specification never encrypts; none of it holds words.
NEVER_SEALED = {"m.room.redaction"}


def without_owner(head, content):
    """The same answer of /keys/query, without the keys of accounts."""
    if re.search(rb"\r\ntransfer-encoding: *chunked", head, re.I):
        whole, rest = b"", content
        while rest:
            size, rest = rest.split(b"\r\n", 1)
            whole, rest = whole + rest[:int(size, 16)], rest[int(size, 16) + 2:]
        content = whole
    told = json.loads(content)
    for key in ("master_keys", "self_signing_keys", "user_signing_keys"):
        told.pop(key, None)
    content = json.dumps(told).encode()
    head = re.sub(rb"\r\n(transfer-encoding|content-length):[^\r]*", b"", head, flags=re.I)
    return head[:-2] + b"Content-Length: %d\r\n\r\n" % len(content), content


class Recorder:
    def __init__(self, server):
        self.server = server
        self.encrypted = set()   # rooms that were encrypted once
        self.plain = []          # (room, type) of plain events into them
        self.sent = []           # (method, path, status) of all requests
        self.asked = []          # (when, method, path) of each request, answered or not
        self.uploads = 0         # of keys
        self.serving = set()     # tasks, one a connection
        self.delay = {}          # part of a path -> seconds that its answer is held
        self.hide_owner = False  # the server's answers do not tell the keys of accounts

    def start(self):
        """In a thread of its own, so that it answers while the test waits for something else."""
        self.loop = asyncio.new_event_loop()
        opened = threading.Event()

        def run():
            asyncio.set_event_loop(self.loop)
            door = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2 ** 24))
            self.base = f"http://127.0.0.1:{door.sockets[0].getsockname()[1]}"
            opened.set()
            self.loop.run_forever()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        opened.wait(10)
        return self

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    async def _message(self, reader):
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.I)
        if length:
            return head, await reader.readexactly(int(length.group(1)))
        if re.search(rb"\r\ntransfer-encoding: *chunked", head, re.I):
            body = b""
            while True:
                line = await reader.readline()
                size = int(line.split(b";")[0], 16)
                chunk = await reader.readexactly(size + 2)
                body += line + chunk
                if size == 0:
                    return head, body
        return head, b""

    def _look(self, method, path, body):
        where = urllib.parse.unquote(path.split("?")[0])
        sent = re.match(r"/_matrix/client/v3/rooms/([^/]+)/send/([^/]+)/", where)
        if method == "PUT" and sent:
            room, kind = sent.groups()
            if room in self.encrypted and kind != "m.room.encrypted" and kind not in NEVER_SEALED:
                self.plain.append((room, kind))
            if kind == "m.room.encrypted":
                content = json.loads(body)
                if "ciphertext" not in content or "body" in content:
                    self.plain.append((room, "an unsealed " + kind))
        if where.endswith("/keys/upload") and body not in (b"", b"{}"):
            self.uploads += 1

    async def _serve(self, reader, writer):
        up_reader = up_writer = None
        self.serving.add(asyncio.current_task())  # the loop alone would let it be swept away while it waits
        try:
            while True:
                head, body = await self._message(reader)
                method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
                self.asked.append((time.monotonic(), method, path.split("?")[0]))
                self._look(method, path, body)
                if up_writer is None:
                    up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.server.port, limit=2 ** 24)
                up_writer.write(head + body)
                await up_writer.drain()
                answer, content = await self._message(up_reader)
                status = int(answer.split(b" ", 2)[1])
                self.sent.append((method, path, status))
                for part, seconds in list(self.delay.items()):
                    if part in path:
                        await asyncio.sleep(seconds)
                if self.hide_owner and "/keys/query" in path:
                    answer, content = without_owner(answer, content)
                writer.write(answer + content)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, OSError):
            pass
        finally:
            self.serving.discard(asyncio.current_task())
            for one in (writer, up_writer):
                if one is not None:
                    one.close()
