"""One of two who are led through something leaves the room, at every step of it."""
import shutil

from talk import Talk, expect, folder, run, texts
from two import APART, RITUALS, STOPPED, Pair, pairs


def one_leaves_at_every_step():
    """It ends in the line of every stop; a third one's leaving changes nothing; also right after a restart."""
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    new, led = pairs(talk), []
    for what, turns in RITUALS.items():
        for leaves_after in range(len(turns)):
            pair = next(new).begin(what)
            led.append((pair, what, turns, leaves_after))
            for who, label in turns[:leaves_after]:
                pair.press(who, label)
    leave(led[::2])
    talk.again("2026-11-24T20:01:00Z")
    leave(led[1::2])
    expect(talk.until("2026-11-24T23:00:00Z") == [], "nothing comes after it")
    talk.end()
    shutil.rmtree(data)


def leave(led):
    for pair, what, turns, leaves_after in led:
        expect(pair.says("cem", left=True) == [], "a third one's leaving is nothing to them")
        expect(pair.talk.send(by=pair.name("ann"), room="group:other", left=True) == [], "nor is leaving another room")
        end = pair.says(("ann", "ben")[leaves_after // 2 % 2], left=True)
        expect(texts(end) == [STOPPED] and pair.heard(end), f"{what} at step {leaves_after}: {end}")
        late = pair.press("ann", turns[leaves_after][1])
        expect(pair.heard(late) == [] and len(pair.to(late, "ann")) == 1, f"after that nothing is open: {late}")


def one_leaves_a_time_out_or_before_the_yes():
    data = folder()
    pair = Pair(Talk(data, "2026-11-24T20:00:00Z"))
    pair.ask("time-out 20 minutes")
    pair.says("ben", private=True, text="yes, I'm in")
    end = pair.says("ben", left=True)
    expect(texts(end) == [STOPPED], f"a time-out: {end}")
    expect(pair.talk.until("2026-11-24T21:00:00Z") == [], "nobody is called back")
    pair.ask()
    expect(pair.says("ben", left=True) == [], "before the yes nobody is told")
    expect(pair.heard(pair.says("ben", private=True, text="yes")) == [], "and a yes of somebody who is not there begins nothing")
    expect(texts(pair.heard(pair.talk.until("2026-11-24T22:00:00Z"))) == [APART], "as if nobody had answered")
    pair.talk.end()
    shutil.rmtree(data)


run([one_leaves_at_every_step, one_leaves_a_time_out_or_before_the_yes])
