"""What the tests share: a server, the companion on it, people; each part told by name, all folders gone at the end unless one failed."""
import asyncio
import os
import pathlib
import shutil
import sys
import tempfile
import time
import traceback

from person import Person
from program import Nurturer
from server import Synapse

LONG = os.environ.get("NURTURER_LONG") == "1"
PASSWORD = "secret password"


class Scenario:
    rc_message = None  # the server's limit for messages
    starts = True      # the companion runs from the beginning
    kind_of_person = Person
    more = ""          # of the companion's configuration

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nurturer-matrix-"))
        self.server = Synapse(self.folder / "hs", self.rc_message).start()
        self.base = self.way_of_services()
        self.people = {}
        self.words = set()  # that others wrote or were told
        self.services = []
        self.bot = self.service("nurturer", more=self.more)
        if self.starts:
            self.bot.start()

    def way_of_services(self):
        """The address that the companion is given of the server."""
        return self.server.base

    def service(self, name, **more):
        self.server.register(name, PASSWORD)
        service = Nurturer(self.folder / name, self.base, self.server.id(name), PASSWORD, **more)
        self.services.append(service)
        Person.services[service.user] = service
        return service

    async def person(self, name):
        if name not in self.people:
            self.server.register(name, PASSWORD)
            self.people[name] = await self.kind_of_person(self.server, name, self.bot.user).start(PASSWORD)
        await self.people[name].quiet(0.1)  # of what was said to them before
        return self.people[name]

    async def sleep(self, seconds):
        await asyncio.sleep(seconds)

    async def close(self):
        for person in self.people.values():
            try:
                await person.stop()
            except Exception as error:  # of a client that was cut off in the midst of something
                print(f"      a person's client did not end in order: {error!r}")
        for service in self.services:
            service.stop()
        self.server.stop()

    def secrets(self):
        """What must stand in no log: tokens, passwords, recovery keys, the keys of messages, and what people and the companion wrote."""
        words = {PASSWORD}.union(*[service.secrets for service in self.services])
        words |= self.words
        for person in self.people.values():
            words |= person.secrets()
        return {word for word in words if len(word) > 7}


def leaks(services, secrets):
    """Kinds of what stands in a log and should not."""
    return [f"{len(word)} characters that begin with {word[:3]!r}, in what {service.user} wrote"
            for service in services for word in secrets if word in service.written()]


async def run(kind, parts):
    s = kind()
    failed = False
    wanted = sys.argv[1:]
    for part in parts:
        if wanted and part.__name__ not in wanted:
            continue
        began = time.monotonic()
        try:
            await part(s)
            print(f"ok    {part.__name__} ({time.monotonic() - began:.1f} s)", flush=True)
        except Exception:
            failed = True
            print(f"FAULT {part.__name__}\n{traceback.format_exc()}", flush=True)
            for service in s.services:
                state = "was not started" if service.process is None else service.process.poll()
                print(f"      {service.user} ({state}) said:\n{service.log[-2000:]}", flush=True)
    await s.close()
    secrets = s.secrets()
    assert len(secrets) > 2 and any(service.log for service in s.services), "nothing to look for, or in"
    for leak in leaks(s.services, secrets):
        failed = True
        print(f"FAULT a log holds a secret or what was said: {leak}")
    if failed:
        print(f"what is left of it lies in {s.folder}")
        sys.exit(1)
    shutil.rmtree(s.folder, ignore_errors=True)


def main(kind, parts):
    asyncio.run(run(kind, parts))
