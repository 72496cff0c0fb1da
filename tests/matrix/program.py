"""The built program, run as an operator runs it."""
import base64
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import threading
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["NURTURER"]


# Nothing may listen to these: what a log must not hold is looked for in all that it could be made to hold.
LOUD = {**os.environ, "RUST_LOG": "trace", "RUST_BACKTRACE": "full", "SPDLOG_LEVEL": "trace"}


SANITIZED = b"__asan_init" in pathlib.Path(PROGRAM).read_bytes()
# For what must happen: so long waits who would call it a fault. A machine that is slow and runs other tests besides needs a good part of it.
PATIENCE = 180
# For what was promised in seconds: by how much it may be missed. With sanitizers the program is not what is measured.
SLACK = 12 if SANITIZED else 1 if os.environ.get("NURTURER_LONG") == "1" else 4


def most_memory():
    """MB. The sanitizers' own shadow memory counts in a program that is built with them."""
    return 1500 if SANITIZED else 150


class Nurturer:
    def __init__(self, folder, base, user, password="secret password", more="", token=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.user = user
        self.log = ""
        self.secrets = {token or password}  # each token that it ever had, its recovery key
        self.process = None
        secret = self.folder / "secret"
        secret.write_text((token or password) + "\n")
        secret.chmod(0o600)
        key = "access_token_file" if token else "password_file"
        self.config = self.folder / "nurturer.toml"
        matrix, _, rest = more.partition("\n[")
        self.config.write_text(f"""region = "GB"
content = "{TOP}"
[store]
path = "data"
[matrix]
homeserver = "{base}"
user = "{user}"
{key} = "secret"
{matrix}
{"[" + rest if rest else ""}
""")

    def run(self, *words, wait=PATIENCE):
        """One command to its end; (exit code, standard output, standard error)."""
        done = subprocess.run([PROGRAM, *words, "--config", str(self.config)], capture_output=True, text=True, timeout=wait, stdin=subprocess.DEVNULL,
                              env=LOUD)
        self.log += done.stderr + done.stdout
        self.learn_secrets()
        return done.returncode, done.stdout, done.stderr

    def encrypts(self):
        """The program was built with encryption."""
        return b"nm_open" in pathlib.Path(PROGRAM).read_bytes()

    def start(self, ready=True, wait=PATIENCE):
        self.process = subprocess.Popen([PROGRAM, "run", "--config", str(self.config)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True, env=LOUD)
        self.is_ready = threading.Event()
        self.reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self.reader.start()
        end = time.monotonic() + wait
        while ready and not self.is_ready.wait(0.1) and self.runs() and time.monotonic() < end:
            pass
        if ready and not self.is_ready.wait(0.5):
            raise AssertionError("the service did not get ready; it said:\n" + self.log[-3000:])
        return self

    def _read(self, process):
        for line in process.stderr:
            self.log += line
            if line.startswith(f"ready: matrix {self.user}"):
                self.is_ready.set()

    def learn_secrets(self):
        data = self.folder / "data"
        if (data / "matrix-session.json").exists():
            session = json.loads((data / "matrix-session.json").read_text())
            self.secrets |= {session["token"], session.get("refresh_token") or session["token"]}
        if (data / "matrix-recovery-key").exists():
            key = (data / "matrix-recovery-key").read_text().strip()
            self.secrets |= {key, key.replace(" ", "")}
        if (data / "key").exists():
            key = (data / "key").read_bytes()
            self.secrets |= {key.hex(), base64.b64encode(key).decode().rstrip("=")}

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def waiting_lines(self):
        """How many lines it has still to send, as its store has it."""
        while True:
            try:
                with sqlite3.connect(f"file:{self.folder}/data/nurturer.db?mode=ro", uri=True, timeout=30) as database:
                    count = database.execute("SELECT count(*) FROM outbox").fetchone()[0]
                database.close()
                return count
            except sqlite3.OperationalError:  # it is just being opened, or renewed
                if not self.runs():
                    return 0
                time.sleep(0.1)

    def says(self, words, wait=PATIENCE):
        """Whether this stands in its log, now or soon."""
        end = time.monotonic() + wait
        while words not in self.log and time.monotonic() < end:
            time.sleep(0.05)
        return words in self.log

    def written(self):
        """All that an operator may show to others: the log, and what doctor is told of the service."""
        status = self.folder / "data" / "matrix-status.json"
        return self.log + (status.read_text() if status.exists() else "")

    def kill(self):
        self.learn_secrets()
        self.process.kill()
        self.process.wait()
        self.reader.join(PATIENCE)

    def stop(self):
        """SIGTERM; the exit code, and how long it took: within 5 s, where nothing else is going on."""
        if self.process is None or self.process.poll() is not None:
            return None, 0
        self.learn_secrets()
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.wait()
        took = time.monotonic() - began
        assert took < 5 * SLACK, f"it took {took:.1f} s to stop"
        return code, took

    def wait(self, seconds=PATIENCE):
        code = self.process.wait(seconds)
        self.reader.join(PATIENCE)
        return code

    def memory_mb(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024
