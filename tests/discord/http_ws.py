"""HTTP/1.1 and WebSocket (RFC 6455), as much of them as a server for tests needs, on the standard library alone."""
import asyncio
import base64
import hashlib
import json
import os
import struct


class Request:
    def __init__(self, method, target, headers, body):
        self.method, self.headers, self.body = method, headers, body
        self.path, _, self.query = target.partition("?")

    def json(self):
        """The JSON of the body; of a multipart body the part that holds it."""
        kind = self.headers.get("content-type", "")
        if kind.startswith("multipart/form-data"):
            return json.loads(self.parts()["payload_json"])
        return json.loads(self.body) if self.body else None

    def parts(self):
        boundary = b"--" + self.headers["content-type"].split("boundary=")[1].strip('"').encode()
        parts = {}
        for part in self.body.split(boundary)[1:-1]:
            head, _, value = part.strip(b"\r\n").partition(b"\r\n\r\n")
            name = head.split(b'name="')[1].split(b'"')[0].decode()
            parts[name] = value
        return parts


async def read_request(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ")
    headers = {}
    for line in lines[1:]:
        if line:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length", 0))
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
    else:
        body = await reader.readexactly(length)
    return Request(method, target, headers, body)


def response(status, body=b"", headers=None, kind="application/json"):
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}"]
    if body:
        lines.append(f"Content-Type: {kind}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class WebSocket:
    """The server's end of an open connection."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.close_code = None  # the peer's
        self.closed = False

    @staticmethod
    async def accept(request, reader, writer):
        key = request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        token = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        writer.write(f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     f"Sec-WebSocket-Accept: {token}\r\n\r\n".encode())
        await writer.drain()
        return WebSocket(reader, writer)

    async def frame(self, opcode, payload):
        if self.closed:
            return
        head = bytes([0x80 | opcode])
        if len(payload) < 126:
            head += bytes([len(payload)])
        elif len(payload) < 65536:
            head += bytes([126]) + struct.pack("!H", len(payload))
        else:
            head += bytes([127]) + struct.pack("!Q", len(payload))
        try:
            self.writer.write(head + payload)
            await self.writer.drain()
        except ConnectionError:
            self.closed = True

    async def close(self, code):
        """A close frame, and nothing after it. The connection ends when the peer has answered: ended at once it would be reset if anything of the
        peer's is under way, and the code lost with it."""
        await self.frame(8, struct.pack("!H", code))
        self.closed = True

    def abort(self):
        self.closed = True
        self.writer.close()

    async def messages(self):
        """What comes, until the end."""
        whole = b""
        try:
            while True:
                first, second = await self.reader.readexactly(2)
                size = second & 0x7F
                if size == 126:
                    size = struct.unpack("!H", await self.reader.readexactly(2))[0]
                elif size == 127:
                    size = struct.unpack("!Q", await self.reader.readexactly(8))[0]
                mask = await self.reader.readexactly(4) if second & 0x80 else b"\0" * 4
                payload = await self.reader.readexactly(size)
                payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
                opcode = first & 0x0F
                if opcode == 8:
                    self.close_code = struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else 1005
                    await self.frame(8, payload[:2])
                    return
                if opcode == 9:
                    await self.frame(10, payload)
                if opcode in (0, 1, 2):
                    whole += payload
                    if first & 0x80:
                        yield whole
                        whole = b""
        except (asyncio.IncompleteReadError, ConnectionError, OSError):
            return
        finally:
            self.closed = True
            self.writer.close()


def secret(length=16):
    return base64.urlsafe_b64encode(os.urandom(length)).decode().rstrip("=")
