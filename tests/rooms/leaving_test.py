"""One of two who are led through something leaves the room, at every step of it."""
import shutil

from talk import Talk, expect, folder, in_room, run, texts, to
from two import APART, RITUALS, ROOM, asked, begun


def one_leaves_at_every_step():
    """It ends in the line of every stop; a third one's leaving changes nothing; also right after a restart."""
    for what, turns in RITUALS.items():
        for leaves_after in range(len(turns)):
            data = folder()
            talk = begun(data, what)
            for who, label in turns[:leaves_after]:
                talk.press(who, label, ROOM)
            if leaves_after % 2:
                talk = talk.again("2026-11-24T20:01:00Z")
            expect(talk.send(by="cem", room=ROOM, left=True) == [], "a third one's leaving is nothing to them")
            expect(talk.send(by="ann", room="group:other", left=True) == [], "nor is leaving another room")
            end = talk.send(by=("ann", "ben")[leaves_after // 2 % 2], room=ROOM, left=True)
            expect(texts(end) == ["We stop here. Nobody has to say why."] and in_room(end, ROOM), f"{what} at step {leaves_after}: {end}")
            late = talk.press("ann", turns[leaves_after][1], ROOM)
            expect(in_room(late, ROOM) == [] and len(to(late, "ann")) == 1, f"after that nothing is open: {late}")
            expect(talk.until("2026-11-24T23:00:00Z") == [], "nothing comes after it")
            talk.end()
            shutil.rmtree(data)


def one_leaves_a_time_out_or_before_the_yes():
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    asked(talk, "time-out 20 minutes")
    talk.send(by="ben", text="yes, I'm in")
    end = talk.send(by="ben", room=ROOM, left=True)
    expect(texts(end) == ["We stop here. Nobody has to say why."], f"a time-out: {end}")
    expect(talk.until("2026-11-24T21:00:00Z") == [], "nobody is called back")
    asked(talk)
    expect(talk.send(by="ben", room=ROOM, left=True) == [], "before the yes nobody is told")
    expect(in_room(talk.send(by="ben", text="yes"), ROOM) == [], "and a yes of somebody who is not there begins nothing")
    expect(texts(in_room(talk.until("2026-11-24T22:00:00Z"), ROOM)) == [APART], "as if nobody had answered")
    talk.end()
    shutil.rmtree(data)


run([one_leaves_at_every_step, one_leaves_a_time_out_or_before_the_yes])
