"""Reminders, check-ins and what two are led through, over Matrix without encryption. Against Synapse, with matrix-nio."""
from scenario import Scenario, main
from shared_rooms import PARTS


class Plain(Scenario):
    sealed = False


if __name__ == "__main__":
    main(Plain, PARTS)
