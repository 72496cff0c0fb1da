"""A person's reminders over three weeks, with restarts: set, said, snoozed, changed, moved to another zone, missed, paused, taken back, listed,
cancelled by words. After each step the list and what comes are the same truth."""
import shutil

from talk import Talk, expect, folder, run, texts

BERLIN, TOKYO = "Europe/Berlin", "Asia/Tokyo"


def said(lines):
    return "\n".join(texts(line for line in lines if line["kind"] == "say"))


def has(lines, *words):
    for word in words:
        expect(word in said(lines), f"{word!r} is not in: {said(lines)!r}")
    return lines


def has_not(lines, *words):
    for word in words:
        expect(word not in said(lines), f"{word!r} is in: {said(lines)!r}")


class Life:
    """One person; `lists` asks for the list and holds that it names these and no others."""

    def __init__(self, data, now, zone):
        self.data, self.zone, self.talk = data, zone, Talk(data, now)

    def says(self, text):
        return self.talk.send(text=text, zone=self.zone)

    def comes(self, until, *expected):
        """What is said up to then is this, each as (time due, a word of it), in this order."""
        lines = [line for line in self.talk.until(until) if line["kind"] == "say"]
        found = [(line["at"], line["text"]) for line in lines]
        expect(len(found) == len(expected), f"until {until} came {found}, not {expected}")
        for (at, text), (due, word) in zip(found, expected):
            expect(at == due and word in text, f"{(at, text)} came, not {(due, word)}")
        expect(all(line["to"] == "me" and line["private"] for line in lines), f"in private, to them: {lines}")
        return lines

    def lists(self, *expected):
        lines = has(self.says("what will you remind me of?"), *expected)
        for count in range(1, 9):
            if count != len(expected):
                has_not(lines, f"of {count}:")
        return lines

    def starts_anew(self, now):
        self.talk = self.talk.again(now)

    def ends(self):
        self.talk.end()
        shutil.rmtree(self.data)


def three_weeks():
    me = Life(folder(), "2026-03-20T08:00:00Z", BERLIN)  # a friday; on sunday the 29th the clocks go forward
    has(me.says("remind me every day at 08:30 to stretch"), "stretch", "08:30", BERLIN)
    has(me.says("remind me tomorrow at 5pm to call ann"), "call ann", "17:00", BERLIN)
    has(me.says("no, 18:00"), "18:00")
    me.lists("stretch", "call ann")
    me.comes("2026-03-21T12:00:00Z", ("2026-03-21T07:30:00Z", "stretch"))
    has(me.says("snooze for 20 minutes"), "in 20 minutes")
    me.comes("2026-03-21T16:59:00Z", ("2026-03-21T12:20:00Z", "stretch"))
    call = me.comes("2026-03-21T17:00:00Z", ("2026-03-21T17:00:00Z", "call ann"))
    me.talk.press("me", "in 10 minutes", "dm", call)
    me.comes("2026-03-21T18:00:00Z", ("2026-03-21T17:10:00Z", "call ann"))
    has(me.says("done"))
    me.lists("08:30")
    # Changed by words, and by number; taken back.
    has(me.says("move the stretch one to 07:15"), "07:15")
    me.comes("2026-03-22T06:45:00Z", ("2026-03-22T06:15:00Z", "stretch"))
    has(me.says("change 1 to 08:00"), "08:00")
    has(me.says("undo"))
    me.lists("07:15")
    has(me.says("change 1 to 08:30"), "08:30")
    me.lists("08:30")
    me.comes("2026-03-22T12:00:00Z", ("2026-03-22T07:30:00Z", "stretch"))
    # Over the change of the clocks: the time on the wall stays. Nobody wrote meanwhile, and the program was started anew.
    me.starts_anew("2026-03-22T12:00:00Z")
    me.comes("2026-03-30T12:00:00Z", *[(f"2026-03-{day}T0{7 if day < 29 else 6}:30:00Z", "stretch") for day in range(23, 31)])
    travels(me)
    me.ends()


def travels(me):
    me.zone = TOKYO
    has(me.says("i'm in tokyo now"), TOKYO)
    has(me.talk.press("me", "yes, move them", "dm"), TOKYO)
    me.lists(TOKYO)
    me.comes("2026-03-31T12:00:00Z", ("2026-03-30T23:30:00Z", "stretch"))
    # Down for three days: said once, at the next contact; the series goes on.
    me.starts_anew("2026-04-03T12:00:00Z")
    expect(me.talk.until("2026-04-03T12:01:00Z") == [], "what is hours late is not called out")
    has(me.says("hello"), "stretch", "08:30")
    has_not(me.says("hello again"), "08:30")
    me.comes("2026-04-04T12:00:00Z", ("2026-04-03T23:30:00Z", "stretch"))
    # Down for twenty minutes: late, and it says so.
    me.starts_anew("2026-04-04T23:50:00Z")
    has(me.comes("2026-04-04T23:50:00Z", ("2026-04-04T23:30:00Z", "stretch")), "08:30")
    pauses(me)


def pauses(me):
    has(me.says("pause all my reminders"))
    me.lists("stretch")
    me.comes("2026-04-07T12:00:00Z")
    has(me.says("resume my reminders"))
    me.comes("2026-04-08T12:00:00Z", ("2026-04-07T23:30:00Z", "stretch"))
    has(me.says("remind me on friday at 19:00 to water the plants"), "plants", "19:00", TOKYO)
    me.lists("stretch", "plants")
    has(me.says("cancel the plants one"), "plants")
    me.lists("stretch")
    has(me.says("undo"))
    me.lists("stretch", "plants")
    has(me.says("stop the stretch one"), "stretch")
    me.lists("plants")
    me.starts_anew("2026-04-09T12:00:00Z")
    me.lists("plants")
    me.comes("2026-04-20T12:00:00Z", ("2026-04-10T10:00:00Z", "plants"))


def in_a_room():
    """A reminder for a room is its moderators' alone."""
    data = folder()
    talk = Talk(data, "2026-11-24T08:00:00Z")
    room = {"room": "group:home", "mention": True, "zone": "Europe/London"}
    refused = talk.send(by="ben", text="remind us every day at 20:00 to breathe", **room)
    expect(talk.until("2026-11-24T21:00:00Z") == [], f"who is no moderator sets nothing for the room: {refused}")
    has(talk.send(by="ann", text="remind us every day at 20:00 to breathe", moderator=True, **room), "20:00")
    came = talk.until("2026-11-25T21:00:00Z")
    expect([(line["room"], line["to"], line["at"]) for line in came] == [("group:home", None, "2026-11-25T20:00:00Z")], f"to the room: {came}")
    talk.end()
    shutil.rmtree(data)


def quiet_at_night():
    """What was given no time of day keeps away from the night; a time that was named does not."""
    me = Life(folder(), "2026-11-24T08:00:00Z", "Europe/London")
    has(me.says("remind me every two hours to drink"), "08:00", "Not at night")
    hours = [line["at"][11:13] for line in me.talk.until("2026-11-26T07:00:00Z")]
    expect(hours and all(8 <= int(hour) <= 22 for hour in hours), f"not at night: {hours}")
    has(me.says("cancel 1"))
    has(me.says("remind me at 03:00 to take the pill"), "03:00")
    me.comes("2026-11-27T08:00:00Z", ("2026-11-27T03:00:00Z", "pill"))
    me.ends()


def words_kept_back():
    """After violence was told, what comes later is without its words: also of a reminder that was set before, and by a program started anew."""
    me = Life(folder(), "2026-11-24T08:00:00Z", "Europe/London")
    has(me.says("remind me every day at 15:00 to ring the lawyer"), "lawyer")
    me.says("he hits me")
    me.says("i am safe now")
    for day in ("24", "25"):  # the second is of a row that the first one wrote
        me.starts_anew(f"2026-11-{day}T14:00:00Z")
        came = [line for line in me.talk.until(f"2026-11-{day}T15:01:00Z") if line["kind"] == "say"]
        expect(len(came) == 1, f"one comes: {came}")
        has_not(came, "lawyer")
    me.ends()


def hours_are_no_cancelling():
    me = Life(folder(), "2026-11-24T08:00:00Z", "Europe/London")
    me.says("remind me every day at 09:00 to stretch")
    me.says("no reminders between 10pm and 8am")
    me.lists("stretch")
    me.says("remind me every day at 10:00 to drink")
    me.says("no reminders between 10pm and 8am")
    me.lists("stretch", "drink")
    me.ends()


run([three_weeks, in_a_room, quiet_at_night, words_kept_back, hours_are_no_cancelling])
