// Any message as a phrase of time, at any moment, in any zone: no crash, and no silent wrong answer. What is said back, read again, is the same
// time that is stored; and whatever is stored lies ahead and can come.
//
// Input: 4 bytes choose moment, zone and locale, the rest is the message. A message of words is made from the grammar's own by the dictionary.

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/schedule/reminder.hpp"
#include "engine/schedule/request.hpp"
#include "engine/schedule/rule.hpp"
#include "engine/schedule/say.hpp"

namespace {

using namespace nurturer::schedule;

constexpr std::array<std::string_view, 8> zones{
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Chatham", ""};
constexpr std::array<std::string_view, 4> locales{"", "en-US", "en-GB", "de-DE"};

[[noreturn]] void broken(const char* what, const When& when, const std::string& said) {
  std::fprintf(stderr, "time_phrase_fuzz: %s: \"%s\", stored as %s in %s\n", what, said.c_str(), when.rule.c_str(), when.zone.c_str());
  std::abort();
}

void check(const When& when, const Here& asked) {
  if (when.moment <= asked.now) broken("what is stored is not ahead", when, text_of(when));
  if (!when.rule.empty() && !rule_good(when.rule, when.start)) broken("a rule that cannot be kept", when, text_of(when));
  const std::string said = text_of(when);
  Here here = asked;
  here.zone = when.zone;
  const Settled again = settle(find(said, true), here);
  if (again.question != Question::none || !again.also.empty() || !again.guesses.empty())
    broken("what is said back leaves something open", when, said);
  if (again.when.rule != when.rule) broken("what is said back is another rule", again.when, said);
  if (again.when.moment != when.moment) broken("what is said back is another time", again.when, said);
  const Firing firing = fire(make_reminder("r", "x", when), when.moment);
  if (firing.how != Firing::How::say || firing.at != when.moment) broken("it would not come at its time", when, said);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 4), size - 4);
  Here here;
  const auto minutes = static_cast<std::uint32_t>(data[0] << 16U | data[1] << 8U | data[2]) % 1'051'200U;  // two years
  here.now = Time{date::sys_days{date::year{2026} / 1 / 1}} + std::chrono::minutes{minutes};
  here.zone = zones[data[3] & 7U];
  here.locale = locales[data[3] >> 3U & 3U];
  const bool whole = (data[3] & 0x80U) == 0;
  const Request request = read_request(text);
  static_cast<void>(zone_told(text, here.now, whole));
  static_cast<void>(only_time(text, request.when));
  const Settled settled = settle(whole ? find(text, true) : request.when, here);
  if (settled.question == Question::none) {
    check(settled.when, here);
    for (const When& when : settled.also) check(when, here);
    const Settled amended = amend(settled.when, find("no, 17:00", true), here);
    if (amended.question == Question::none && amended.also.empty()) check(amended.when, here);
  }
  for (const auto& option : settled.options) {
    check(option.when, here);
    for (const When& when : option.also) check(when, here);
  }
  return 0;
}
