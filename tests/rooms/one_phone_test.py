"""Two people at one phone, in a private chat: the call back of a time-out comes after a restart, and is answered."""
import shutil

from talk import Talk, expect, folder, run, texts


def called_back():
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    talk.send(text="run a time-out for us", zone="Europe/London")
    set_up = talk.press("me", "10 minutes", "dm")
    expect("20:10" in texts(set_up)[-1], f"the time to return is named: {set_up}")
    talk = talk.again("2026-11-24T20:05:00Z")
    call = talk.until("2026-11-24T20:30:00Z")
    expect(len(call) == 1 and call[0]["at"] == "2026-11-24T20:10:00Z" and "20:10" in call[0]["text"], f"one call back: {call}")
    after = talk.press("me", "we're back", "dm")
    expect(after[-1]["script"] == "time_out" and after[-1]["step"] == "together", f"its choices are open after a restart: {after}")
    talk.end()
    shutil.rmtree(data)


def stopped():
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    talk.send(text="run a time-out for us")
    talk.send(text="half an hour")
    talk.send(text="stop")
    expect(talk.until("2026-11-24T22:00:00Z") == [], "who stops is not called back")
    talk.end()
    shutil.rmtree(data)


def not_called_back():
    """After violence was told, they may leave, and nothing calls them."""
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    talk.send(text="he hits me")
    talk.send(text="i am safe now")
    talk.send(text="run a time-out for us")
    left = talk.send(text="20 minutes")
    expect(left[-1]["script"] is None, f"it ends with leaving: {left}")
    expect(talk.until("2026-11-24T22:00:00Z") == [], "nothing calls")
    talk.end()
    shutil.rmtree(data)


run([called_back, stopped, not_called_back])
