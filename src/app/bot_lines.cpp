// What the bot says as an adapter takes it: lines, removals, files.
#include <date/date.h>

#include <utility>

#include "app/bot_here.hpp"
#include "app/export_file.hpp"
#include "app/state_json.hpp"
#include "engine/schedule/calendar.hpp"

namespace nurturer::app {
namespace {

using channel::Outgoing;

channel::About about(const content::Content& content, const dialogue::Event& event, const understanding::Reading& reading,
                     const dialogue::Place& place) {
  channel::About about;
  about.script = place.script;
  about.step = place.step;
  if (event.kind != dialogue::Event::Kind::message) return about;
  about.intent = std::string(understanding::name(reading.intent));
  about.level = std::string(understanding::name(reading.level));
  if (reading.rule >= 0) about.rule = content.model.reason(reading);  // leanings alone are no rule
  for (const auto* flag = understanding::begin_flags(); flag != understanding::end_flags(); ++flag) {
    if (understanding::is_label(*flag) && reading.flags.has(*flag)) about.flags.emplace_back(understanding::name(*flag));
  }
  return about;
}

}  // namespace

// What every line of an answer has: its id, where the message came from, and what it answers.
Outgoing Bot::answer_to(const Here& here) {
  Outgoing out;
  out.id = ids_.next(here.now);
  out.room = here.incoming.room;
  out.room_kind = here.incoming.room_kind;
  out.to = here.incoming.from;
  out.at = here.now;
  out.answers = here.incoming.id;
  out.way = here.incoming.way;
  return out;
}

// A line that answers no message: what falls due, and what is opened in private by what happened in a room.
Outgoing Bot::line_of(const dialogue::Say& say, const std::string& room, channel::Time at) {
  Outgoing line;
  line.id = ids_.next(at);
  line.room = room;
  line.room_kind = channel::RoomKind::group;
  line.private_ = say.private_;
  line.text = say.text;
  for (const auto& [id, label] : say.choices) line.choices.push_back({id, label});
  line.at = at;
  line.about.script = say.place.script;
  line.about.step = say.place.step;
  return line;
}

void Bot::add(Here& here, const dialogue::Say& say) {
  Outgoing out = answer_to(here);
  out.private_ = !say.to_room && (say.private_ || !here.event.group || !here.left_room.empty());
  if (say.to_room) {
    out.room = here.turn.room->name;
    out.room_kind = channel::RoomKind::group;
    out.to.clear();
    out.way.clear();
  }
  if (say.opens_check_in) here.turn.room->check_ins.open = out.id;
  out.text = say.text;
  for (const auto& [id, label] : say.choices) out.choices.push_back({id, label});
  out.after = say.after;
  // A line to the room tells nothing of the message that it came after: it stands there for all.
  out.about = say.to_room ? channel::About{{}, {}, {}, {}, say.place.script, say.place.step}
                          : about(content_, here.event, here.turn.reading, say.place);
  here.out.push_back(std::move(out));
}

void Bot::add_removals(Here& here) {
  for (const SentLine& line : sessions_.sent(here.person, here.room)) {
    Outgoing out = answer_to(here);
    out.kind = Outgoing::Kind::remove;
    out.private_ = here.room == direct_room;
    out.removes = line.id;
    here.out.push_back(std::move(out));
  }
}

void Bot::add_export(Here& here) {
  const dialogue::Person& person = here.turn.person;
  add_file(here, "json", "application/json", write_export(person, here.now));
  if (!schedule::listed(person.reminders).empty())
    add_file(here, "ics", "text/calendar", schedule::write_calendar(person.reminders, here.now));
}

void Bot::add_file(Here& here, const std::string& ending, const std::string& media_type, const std::string& bytes) {
  Outgoing out = answer_to(here);
  out.kind = Outgoing::Kind::file;
  out.private_ = true;
  out.media_type = media_type;
  out.file_name = "nurturer-" + date::format("%F", here.now) + "." + ending;
  out.path = write_export_file(options_.export_folder, out.id, bytes, ending);
  if (out.path.empty()) return;  // the disk: say_what_holds told so, or the next turn will
  here.out.push_back(std::move(out));
}

}  // namespace nurturer::app
