"""Reminders, check-ins and what two are led through, in encrypted rooms: all of it sealed, and no reaction of ours among it."""
from scenario import main
from sealed import SealedScenario
from shared_rooms import PARTS


class Sealed(SealedScenario):
    sealed = True


async def all_was_sealed(s):
    s.nothing_in_clear()


if __name__ == "__main__":
    main(Sealed, PARTS + [all_was_sealed])
