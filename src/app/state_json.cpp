#include "app/state_json.hpp"

#include <date/date.h>

#include <nlohmann/json.hpp>

#include "app/time_json.hpp"
#include "engine/schedule/say.hpp"

namespace nurturer::app {
namespace {

using dialogue::Consent;
using dialogue::Person;
using dialogue::Place;
using dialogue::Talk;
using dialogue::Time;
using nlohmann::json;

constexpr int version = 1;

json of_place(const Place& place) { return json::array({place.script, place.step}); }
Place to_place(const json& value) { return {value.at(0).get<std::string>(), value.at(1).get<std::string>()}; }

json of_flags(dialogue::Flags flags) {
  json names = json::array();
  for (const auto* flag = understanding::begin_flags(); flag != understanding::end_flags(); ++flag) {
    if (flags.has(*flag)) names.push_back(understanding::name(*flag));
  }
  return names;
}
dialogue::Flags to_flags(const json& names) {
  dialogue::Flags flags;
  for (const json& name : names) {
    if (const auto flag = understanding::flag_named(name.get<std::string>())) flags.add(*flag);
  }
  return flags;
}

json of_rating(const dialogue::Rating& rating) {
  return {{"at", of_time(rating.at)}, {"script", rating.script}, {"before", rating.before}, {"after", rating.after}};
}
dialogue::Rating to_rating(const json& value) {
  return {to_time(value.at("at")), value.at("script"), value.at("before"), value.at("after")};
}

json of_world(const dialogue::World& world) {
  json nurturers = json::array();
  for (const auto& nurturer : world.nurturers) {
    nurturers.push_back({{"who", nurturer.who}, {"voice", nurturer.voice}, {"calls", nurturer.calls}});
  }
  return {{"call_me", world.call_me},       {"little_me", world.little_me}, {"little_age", world.little_age},
          {"nurturers", nurturers},         {"safe_place", world.safe_place}, {"sentences", world.sentences},
          {"people", world.people},         {"partner", world.partner}};
}

dialogue::World to_world(const json& value) {
  dialogue::World world;
  world.call_me = value.value("call_me", "");
  world.little_me = value.value("little_me", "");
  world.little_age = value.value("little_age", "");
  for (const json& nurturer : value.value("nurturers", json::array())) {
    world.nurturers.push_back({nurturer.value("who", ""), nurturer.value("voice", ""), nurturer.value("calls", "")});
  }
  world.safe_place = value.value("safe_place", "");
  world.sentences = value.value("sentences", std::vector<std::string>{});
  world.people = value.value("people", std::vector<std::string>{});
  world.partner = value.value("partner", "");
  return world;
}

json of_person(const Person& person) {
  json value{{"version", version}, {"setup", person.setup == Consent::yes}, {"ratings", person.ratings == Consent::yes}};
  if (person.setup == Consent::yes) {
    value["world"] = of_world(person.world);
    value["gentle_until"] = of_time(person.gentle_until);
    value["region"] = person.region;
    value["zone"] = person.zone;
    value["flags"] = of_flags(person.flags);
    value["switched_off"] = person.switched_off;
    value["quiet"] = person.quiet;
  }
  if (person.setup != Consent::yes && !person.reminders.empty()) value["zone"] = person.zone;  // what reminders need, and no more
  if (person.discreet && (person.setup == Consent::yes || !person.reminders.empty())) value["discreet"] = true;
  if (!person.left_out.empty()) value["left_out"] = person.left_out;
  if (person.ratings == Consent::yes) {
    json rated = json::array();
    for (const auto& rating : person.rated) rated.push_back(of_rating(rating));
    value["rated"] = rated;
  }
  return value;
}

void fill_person(const json& value, Person& person) {
  if (value.value("setup", false)) person.setup = Consent::yes;
  if (value.value("ratings", false)) person.ratings = Consent::yes;
  if (value.contains("world")) person.world = to_world(value.at("world"));
  if (value.contains("call_me")) person.world.call_me = value.at("call_me");  // as older versions wrote it
  if (value.contains("gentle_until")) person.gentle_until = to_time(value.at("gentle_until"));
  person.region = value.value("region", "");
  person.zone = value.value("zone", "");
  person.flags = to_flags(value.value("flags", json::array()));
  person.switched_off = value.value("switched_off", std::vector<std::string>{});
  person.quiet = value.value("quiet", false);
  person.discreet = value.value("discreet", false);
  person.left_out = value.value("left_out", std::vector<std::string>{});
  for (const json& rating : value.value("rated", json::array())) person.rated.push_back(to_rating(rating));
}

json of_crisis(const dialogue::Crisis& crisis) {
  return {{"intent", understanding::name(crisis.intent)},
          {"level", understanding::name(crisis.level)},
          {"other", crisis.subject == dialogue::Subject::other},
          {"last_sign", of_time(crisis.last_sign)},
          {"concern_only", crisis.concern_only}};
}

std::optional<dialogue::Crisis> to_crisis(const json& value) {
  const auto intent = understanding::intent_named(value.at("intent").get<std::string>());
  const auto level = understanding::level_named(value.at("level").get<std::string>());
  if (!intent || !level) return std::nullopt;
  const auto subject = value.at("other").get<bool>() ? dialogue::Subject::other : dialogue::Subject::self;
  return dialogue::Crisis{*intent, *level, subject, to_time(value.at("last_sign")), value.at("concern_only").get<bool>()};
}

void fill_talk(const json& value, Talk& talk) {
  talk.started = to_time(value.at("started"));
  talk.last_heard = to_time(value.at("last_heard"));
  talk.disclosed = to_time(value.at("disclosed"));
  talk.at = to_place(value.at("at"));
  talk.asking = to_place(value.at("asking"));
  for (const json& place : value.at("trail")) talk.trail.push_back(to_place(place));
  talk.set_aside = to_place(value.at("set_aside"));
  talk.pending = value.at("pending");
  if (value.contains("crisis")) talk.crisis = to_crisis(value.at("crisis"));
  talk.crisis_unresolved = value.at("crisis_unresolved");
  talk.flags = to_flags(value.at("flags"));
  talk.cleared = to_flags(value.at("cleared"));
  talk.used = value.at("used").get<std::vector<std::pair<std::string, std::uint32_t>>>();
  talk.state = dialogue::body_state_named(value.value("state", "")).value_or(dialogue::BodyState::unknown);
  talk.loud = value.value("loud", false);
  talk.latest = value.value("latest", -1);
  talk.not_understood = value.at("not_understood");
  talk.asked_setup = value.at("asked_setup");
  talk.asked_ratings = value.at("asked_ratings");
  talk.told_text_only = value.at("told_text_only");
  talk.brief = value.at("brief");
  talk.slower = value.at("slower");
  talk.before = value.at("before");
  talk.after = value.at("after");
}

// A record of an older version or a damaged one is no reason to leave somebody without an answer: what can be read is taken.
template <class State, class Fill>
State read(const std::string& bytes, Fill fill) {
  State state;
  const json value = json::parse(bytes, nullptr, false);
  if (!value.is_object()) return state;
  try {
    fill(value, state);
  } catch (const json::exception&) {
    return State{};
  }
  return state;
}

}  // namespace

std::optional<std::string> write_person(const Person& person) {
  if (person.setup != Consent::yes && person.ratings != Consent::yes && person.reminders.empty() && person.left_out.empty()) return std::nullopt;
  return of_person(person).dump();
}

Person read_person(const std::string& bytes) { return read<Person>(bytes, fill_person); }

std::optional<std::string> write_talk(const Talk& talk, const Person& person) {
  if (person.setup != Consent::yes) return std::nullopt;
  if (talk.crisis && talk.crisis->intent == understanding::Intent::crisis_abuse) return std::nullopt;
  dialogue::Flags flags = talk.flags;
  flags.remove(understanding::Flag::punished_no);
  flags.remove(understanding::Flag::danger);
  flags.remove(understanding::Flag::sexual_violence);
  json trail = json::array();
  for (const Place& place : talk.trail) trail.push_back(of_place(place));
  json used = json::array();
  for (const auto& entry : talk.used) {
    if (!entry.first.starts_with("safety.")) used.push_back(json::array({entry.first, entry.second}));
  }
  json value{{"version", version}, {"started", of_time(talk.started)}, {"last_heard", of_time(talk.last_heard)},
             {"disclosed", of_time(talk.disclosed)}, {"at", of_place(talk.at)}, {"asking", of_place(talk.asking)},
             {"trail", trail}, {"set_aside", of_place(talk.set_aside)}, {"pending", talk.pending},
             {"crisis_unresolved", talk.crisis_unresolved}, {"flags", of_flags(flags)}, {"cleared", of_flags(talk.cleared)},
             {"used", used}, {"not_understood", talk.not_understood}, {"asked_setup", talk.asked_setup},
             {"asked_ratings", talk.asked_ratings}, {"told_text_only", talk.told_text_only}, {"brief", talk.brief},
             {"state", dialogue::name(talk.state)}, {"loud", talk.loud},
             {"latest", talk.latest}, {"slower", talk.slower}, {"before", talk.before}, {"after", talk.after}};
  if (talk.crisis) value["crisis"] = of_crisis(*talk.crisis);
  return value.dump();
}

Talk read_talk(const std::string& bytes) { return read<Talk>(bytes, fill_talk); }

std::string write_export(const Person& person, Time now) {
  Person all = person;  // also what is held in this talk only: it is theirs
  all.setup = Consent::yes;
  all.ratings = Consent::yes;
  json value = of_person(all);
  value["setup"] = person.setup == Consent::yes;
  value["ratings"] = person.ratings == Consent::yes;
  for (json& rating : value["rated"]) rating["at"] = date::format("%FT%TZ", std::chrono::floor<std::chrono::seconds>(to_time(rating["at"])));
  if (person.gentle_until == Time{}) value.erase("gentle_until");
  else value["gentle_until"] = date::format("%FT%TZ", std::chrono::floor<std::chrono::seconds>(person.gentle_until));
  value["exported_at"] = date::format("%FT%TZ", std::chrono::floor<std::chrono::seconds>(now));
  json reminders = json::array();
  for (const auto& reminder : person.reminders) {
    reminders.push_back({{"text", reminder.text}, {"when", schedule::text_of(reminder.when)}, {"zone", reminder.when.zone}, {"rule", reminder.when.rule}, {"paused", reminder.paused}});
  }
  value["reminders"] = std::move(reminders);
  return value.dump(2) + "\n";
}

}  // namespace nurturer::app
