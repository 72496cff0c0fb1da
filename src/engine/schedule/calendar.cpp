#include "engine/schedule/calendar.hpp"

#include <algorithm>

#include "engine/schedule/ical_time.hpp"
#include "engine/schedule/rule.hpp"

namespace nurturer::schedule {
namespace {

icaltimetype utc_time(Time time) {
  icaltimetype written = ical_time(wall_of(time, "UTC"));
  written.zone = icaltimezone_get_utc_timezone();
  return written;
}

icalcomponent* alarm(const std::string& text) {
  icaltriggertype now{};
  now.time = icaltime_null_time();
  now.duration = icaldurationtype_from_int(0);
  return icalcomponent_vanew(ICAL_VALARM_COMPONENT, icalproperty_new_action(ICAL_ACTION_DISPLAY),
                             icalproperty_new_description(text.c_str()), icalproperty_new_trigger(now), static_cast<void*>(nullptr));
}

icalcomponent* event_of(const Reminder& reminder, Time now) {
  const std::string text = reminder.text.empty() ? "Reminder" : reminder.text;
  std::string uid = reminder.id + "@nurturer";
  std::ranges::replace(uid, ' ', '-');
  icalcomponent* const event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
  icalcomponent_add_property(event, icalproperty_new_uid(uid.c_str()));
  icalcomponent_add_property(event, icalproperty_new_dtstamp(utc_time(now)));
  const bool moment = reminder.when.elapsed || reminder.when.zone == "UTC";
  icalproperty* const start = icalproperty_new_dtstart(moment ? utc_time(reminder.when.moment) : ical_time(reminder.when.start));
  if (!moment) icalproperty_add_parameter(start, icalparameter_new_tzid(reminder.when.zone.c_str()));
  icalcomponent_add_property(event, start);
  if (!reminder.when.rule.empty())
    icalcomponent_add_property(event, icalproperty_new_rrule(icalrecurrencetype_from_string(reminder.when.rule.c_str())));
  icalcomponent_add_property(event, icalproperty_new_summary(text.c_str()));
  icalcomponent_add_component(event, alarm(text));
  return event;
}

std::string zone_of(icalproperty* start, const icaltimetype& time, const std::string& otherwise) {
  if (icaltime_is_utc(time) != 0) return "UTC";
  icalparameter* const tzid = icalproperty_get_first_parameter(start, ICAL_TZID_PARAMETER);
  if (tzid == nullptr) return otherwise;
  // Some programs write a prefix before the name: "/example.org/Europe/Berlin".
  std::string_view name = icalparameter_get_tzid(tzid);
  while (!zone_known(name)) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return {};
    name.remove_prefix(slash + 1);
  }
  return std::string(name);
}

std::optional<Imported> imported(icalcomponent* event, const Here& here) {
  icalproperty* const start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
  const char* const summary = icalcomponent_get_summary(event);
  if (start == nullptr || summary == nullptr) return std::nullopt;
  const icaltimetype time = icalproperty_get_dtstart(start);
  if (icaltime_is_null_time(time) != 0 || time.is_date != 0 || !date_of_ical(time).ok()) return std::nullopt;
  Imported found;
  found.text = summary;
  const std::string zone = zone_of(start, time, here.zone);
  if (!zone_known(zone) || found.text.size() > longest_text) return std::nullopt;
  const Wall wall = wall_of_ical(time);
  found.when = {wall, {}, zone, false, instant_of(wall, zone)};
  if (icalproperty* const rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY); rule != nullptr) {
    icalrecurrencetype recurrence = icalproperty_get_rrule(rule);
    found.when.rule = ical_text(icalrecurrencetype_as_string_r(&recurrence));
    if (!rule_good(found.when.rule, wall)) return std::nullopt;
  }
  const auto ahead = rescheduled(make_reminder({}, {}, found.when), here.now);
  if (!ahead) return std::nullopt;
  return found;
}

}  // namespace

std::string write_calendar(const std::vector<Reminder>& reminders, Time now) {
  const IcalOwned<icalcomponent> calendar(icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
                                                              icalproperty_new_prodid("-//Nurturer//reminders//EN"),
                                                              static_cast<void*>(nullptr)));
  for (const Reminder& reminder : reminders) {
    if (reminder.state == Reminder::State::waiting) icalcomponent_add_component(calendar.get(), event_of(reminder, now));
  }
  return ical_text(icalcomponent_as_ical_string_r(calendar.get()));
}

bool is_calendar(std::string_view message) { return message.find("BEGIN:VCALENDAR") != std::string_view::npos; }

Import read_calendar(std::string_view calendar, const Here& here) {
  Import import;
  const std::size_t begin = calendar.find("BEGIN:VCALENDAR");
  if (begin == std::string_view::npos) return import;
  const std::string text(calendar.substr(begin));
  const IcalOwned<icalcomponent> component(icalparser_parse_string(text.c_str()));
  if (!component) return import;
  for (const icalcomponent_kind kind : {ICAL_VEVENT_COMPONENT, ICAL_VTODO_COMPONENT}) {
    for (icalcomponent* event = icalcomponent_get_first_component(component.get(), kind); event != nullptr;
         event = icalcomponent_get_next_component(component.get(), kind)) {
      if (auto one = imported(event, here); one && import.reminders.size() < most_reminders)
        import.reminders.push_back(std::move(*one));
      else
        ++import.left;
    }
  }
  return import;
}

}  // namespace nurturer::schedule
