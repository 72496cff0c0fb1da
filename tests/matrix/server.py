"""Synapse on this machine's loopback, for one test: its own folder, port and database."""
import hashlib
import hmac
import json
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

SECRET = "shared"
OPEN = {"per_second": 1000, "burst_count": 1000}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def http(method, url, body=None, token=None):
    """(status, JSON) of a request."""
    request = urllib.request.Request(url, method=method, data=None if body is None else json.dumps(body).encode())
    if token:
        request.add_header("Authorization", "Bearer " + token)
    try:
        with urllib.request.urlopen(request, timeout=180) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}")


class Synapse:
    name = "hs.test"

    def __init__(self, folder, rc_message=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = None
        self.rc_message = rc_message
        self.settle(free_port())

    def settle(self, port):
        """Writes its set-up, for that port."""
        self.port = port
        self.base = f"http://127.0.0.1:{self.port}"
        limits = "".join(f"{key}: {json.dumps(value)}\n" for key, value in {
            "rc_message": self.rc_message or OPEN, "rc_registration": OPEN,
            "rc_login": {"address": OPEN, "account": OPEN, "failed_attempts": OPEN},
            "rc_joins": {"local": OPEN, "remote": OPEN}, "rc_joins_per_room": OPEN, "rc_room_creation": OPEN,
            "rc_invites": {"per_room": OPEN, "per_user": OPEN, "per_issuer": OPEN}}.items())
        (self.folder / "hs.yaml").write_text(f"""
server_name: {self.name}
report_stats: false
pid_file: {self.folder}/hs.pid
signing_key_path: {self.folder}/hs.key
media_store_path: {self.folder}/media
log_config: {self.folder}/log.yaml
listeners: [{{port: {self.port}, tls: false, type: http, bind_addresses: ['127.0.0.1'], resources: [{{names: [client], compress: false}}]}}]
database: {{name: sqlite3, args: {{database: {self.folder}/hs.db}}}}
registration_shared_secret: {SECRET}
macaroon_secret_key: m
form_secret: f
trusted_key_servers: []
suppress_key_server_warning: true
federation_domain_whitelist: []
presence: {{enabled: false}}
url_preview_enabled: false
bcrypt_rounds: 4
{limits}""")
        (self.folder / "log.yaml").write_text(
            f"version: 1\nhandlers: {{file: {{class: logging.FileHandler, filename: {self.folder}/hs.log}}}}\nroot: {{level: WARNING, handlers: [file]}}\n")

    def start(self):
        command = [sys.executable, "-m", "synapse.app.homeserver", "-c", str(self.folder / "hs.yaml")]
        output = open(self.folder / "hs.out", "ab")
        fresh = not (self.folder / "hs.key").exists()
        if fresh:
            subprocess.run(command + ["--generate-keys"], check=True, cwd=self.folder, stdout=output, stderr=output)
        for _ in range(3 if fresh else 1):
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=output, stderr=output)
            if self.comes_up():
                return self
            self.settle(free_port())  # somebody else took the port in between
        raise RuntimeError("Synapse ended at once; see " + str(self.folder / "hs.out"))

    def comes_up(self, wait=300):
        end = time.monotonic() + wait
        while time.monotonic() < end:
            if self.process.poll() is not None:
                return False
            try:
                http("GET", self.base + "/_matrix/client/versions")
                return self.process.poll() is None
            except (OSError, ValueError):
                time.sleep(0.1)
        raise RuntimeError("Synapse does not come up")

    def stop(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def register(self, user, password="secret password", admin=False):
        """Makes an account; returns its access token."""
        url = self.base + "/_synapse/admin/v1/register"
        nonce = http("GET", url)[1]["nonce"]
        words = [nonce, user, password, "admin" if admin else "notadmin"]
        mac = hmac.new(SECRET.encode(), "\0".join(words).encode(), hashlib.sha1).hexdigest()
        status, answer = http("POST", url, {"nonce": nonce, "username": user, "password": password, "admin": admin, "mac": mac})
        if status != 200:
            raise RuntimeError(f"no account for {user}: {answer}")
        return answer["access_token"]

    def media(self, uri, token):
        """The bytes that it keeps under an mxc:// address."""
        request = urllib.request.Request(f"{self.base}/_matrix/client/v1/media/download/{uri.removeprefix('mxc://')}")
        request.add_header("Authorization", "Bearer " + token)
        with urllib.request.urlopen(request, timeout=180) as answer:
            return answer.read()

    def id(self, user):
        return f"@{user}:{self.name}"
