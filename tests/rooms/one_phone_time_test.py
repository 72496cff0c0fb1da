"""Two people at one phone, in a private chat: the turns have a time, which is told once; a time-out asked for with its length begins at once. And
in a room: a name that was not said is asked for, and is enough then."""
import shutil

from talk import Talk, expect, folder, in_room, run, texts, to

OVER = "The time of this turn is over. Finish the sentence, then press on."
LISTENING = ["we both want it", "Noor", "Sam", "said", "not quite", "now it's it", "that was all", "swap now", "said", "that's it", "that was all", "said"]
TEAM_US = ["we both want it", "Noor", "Sam", "said", "on to a hurt", "said", "heard", "said", "heard", "we have one"]


def begun(data, text):
    talk = Talk(data, "2026-11-24T20:00:00Z")
    talk.send(by="ann", text=text)
    return talk


def from_start_to_end():
    for what, script, words in (("listening in turns", "listening", LISTENING), ("team us", "team_us", TEAM_US)):
        data = folder()
        talk = begun(data, what)
        for number, word in enumerate(words):
            answer = talk.send(by="ann", text=word)
            place = answer[-1]["script"] if number < len(words) - 1 else answer[0]["script"]
            ends = number == len(words) - 1
            expect((place == script) != ends, f"{what}, {word}: {answer}")
        late = talk.until("2026-11-24T20:30:00Z")
        expect(OVER not in texts(late), f"after the end nothing is timed: {late}")
        talk.end()
        shutil.rmtree(data)


def a_turn_has_its_time():
    data = folder()
    talk = begun(data, "listening in turns")
    for word in LISTENING[:3]:
        talk.send(by="ann", text=word)
    came = talk.until("2026-11-24T20:20:00Z")
    expect([(line["at"], line["text"], line["to"]) for line in came] == [("2026-11-24T20:03:00Z", OVER, "ann")], f"told once, at its time: {came}")
    expect([choice["label"] for choice in came[0]["choices"]] == ["said", "it gets hot"], f"and the way on stands there: {came}")
    on = talk.press("ann", "said", "dm")
    expect(on[-1]["step"] == "back_one", f"it goes on from there: {on}")
    again = talk.until("2026-11-24T20:22:00Z")
    expect(texts(again) == [OVER], f"the next turn has its own: {again}")
    talk.send(by="ann", text="stop")
    expect(talk.until("2026-11-24T21:00:00Z") == [], "after a stop nothing is timed")
    talk.end()
    shutil.rmtree(data)


def not_in_a_crisis():
    data = folder()
    talk = begun(data, "listening in turns")
    for word in LISTENING[:3]:
        talk.send(by="ann", text=word)
    talk.send(by="ann", text="i want to kill myself")
    expect(OVER not in texts(talk.until("2026-11-24T20:30:00Z")), "help comes alone")
    talk.end()
    shutil.rmtree(data)


def flooded_in_one_go():
    data = folder()
    talk = Talk(data, "2026-11-24T20:00:00Z")
    begins = talk.send(by="ann", text="we are flooded, 15 minutes")
    expect(begins[-1]["step"] == "apart" and "20:15" in begins[-1]["text"], f"a stated length is used: {begins}")
    asked = talk.send(by="ben", text="we are flooded")
    expect("20 minutes" in asked[-1]["text"], f"else 20 are proposed: {asked}")
    bare = talk.send(by="ben", text="25")
    expect(bare[-1]["step"] == "apart" and "20:25" in bare[-1]["text"], f"a number is a length there: {bare}")
    short = talk.send(by="cem", text="we are flooded, 2 minutes")
    expect(short[-1]["step"] == "start", f"what is too short is asked about: {short}")
    talk = talk.again("2026-11-24T20:05:00Z")
    call = talk.until("2026-11-24T20:40:00Z")
    expect(sorted((line["to"], line["at"]) for line in call) == [("ann", "2026-11-24T20:15:00Z"), ("ben", "2026-11-24T20:25:00Z")], f"{call}")
    talk.end()
    shutil.rmtree(data)


def a_name_is_asked_for():
    room = "group:us"
    for named in ({"text": "@ben"}, {"text": "@companion with @ben please", "mention": True}):
        data = folder()
        talk = Talk(data, "2026-11-24T20:00:00Z")
        who = talk.send(by="ann", room=room, text="@companion we are flooded, 15 minutes", mention=True)
        expect("With whom?" in texts(who)[-1], f"{who}")
        expect(talk.send(by="ann", room=room, text="one moment") == [], "what they say meanwhile is theirs")
        expect(talk.send(by="cem", room=room, text="@ben") == [], "and a third one's word is no answer")
        begins = talk.send(by="ann", room=room, **named)
        expect("20:15" in in_room(begins, room)[0]["text"] and to(begins, "ben"), f"the name is enough: {begins}")
        talk.end()
        shutil.rmtree(data)


run([from_start_to_end, a_turn_has_its_time, not_in_a_crisis, flooded_in_one_go, a_name_is_asked_for])
