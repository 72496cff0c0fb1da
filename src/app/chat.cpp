// `nurturer chat`: the companion in the terminal, in a pipe, or as JSON Lines for another program.
#include <date/tz.h>
#include <fmt/core.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>

#include "adapters/console/json_lines.hpp"
#include "adapters/console/line_reader.hpp"
#include "adapters/console/plain.hpp"
#include "adapters/console/terminal.hpp"
#include "app/bot.hpp"
#include "app/clock.hpp"
#include "app/commands.hpp"
#include "app/config.hpp"
#include "app/folders.hpp"
#include "app/loading.hpp"
#include "engine/dialogue/help_lines.hpp"

namespace nurturer::app {
namespace {

const std::string channel_name = "console";
constexpr std::chrono::milliseconds look_for_due{500};

bool write_out(const std::string& bytes) { return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size(); }
bool flush_out() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

ExitCode tell_closed() {
  fmt::print(stderr, "nurturer: standard output is closed; nothing more can be said.\n");
  return ExitCode::input_output;
}

struct Opened {
  std::unique_ptr<store::Store> store;
  bool broken = false;
  ExitCode code = ExitCode::done;
};

// A store that cannot be opened must not keep help from coming, unless somebody else's data would be at risk.
Opened open_store(const ChatOptions& options, const Config& config) {
  if (options.memory) return {store::open_memory(), false, ExitCode::done};
  const std::string folder = !options.data.empty()        ? options.data
                             : !config.store_path.empty() ? config.store_path
                                                          : user_data_folder().string();
  const std::string key = !config.key_file.empty() && options.data.empty() ? config.key_file : folder + "/key";
  try {
    return {store::open_sqlite(folder, key), false, ExitCode::done};
  } catch (const store::Unavailable& error) {
    fmt::print(stderr, "nurturer: {}\n", error.what());
    using Why = store::Unavailable::Why;
    if (error.why() == Why::locked) return {nullptr, true, ExitCode::try_later};
    if (error.why() == Why::wrong_key || error.why() == Why::newer_version) return {nullptr, true, ExitCode::configuration};
    return {store::open_memory(), true, ExitCode::done};
  }
}

class Chat {
 public:
  Chat(const content::Content& content, store::Store& store, const ChatOptions& options, const Config& config, bool broken)
      : zone_(options.zone), plain_(options.plain), bot_(content, store, bot_options(options, config, broken)) {
    if (!options.now.empty()) clock_.set(*console::read_time(options.now));
    can_ = {.edit = false, .remove = true, .choices = true, .private_answer = true, .animates = true, .longest = 4000};
  }

  ExitCode json();
  ExitCode plain();
  ExitCode terminal();

 private:
  static Bot::Options bot_options(const ChatOptions& options, const Config& config, bool broken);
  bool answer_json(const console::LineReader::Line& line);
  bool hand_out(const std::vector<channel::Outgoing>& lines);
  bool begin_json(channel::Time now);
  bool advance_json(channel::Time until);
  void show_due(const std::function<void(const channel::Outgoing&)>& show);
  std::vector<channel::Outgoing> hear(channel::Incoming incoming);
  void sent(const channel::Outgoing& out) { bot_.acknowledge(channel_name, {out.id, channel::Delivery::sent, {}}, clock_.now()); }
  channel::Incoming typed(std::string text) const;

  std::string zone_;
  bool plain_ = false;
  Clock clock_;
  bool begun_ = false;  // the clock of --json has its first time
  channel::Capabilities can_;
  Bot bot_;
};

Bot::Options Chat::bot_options(const ChatOptions& options, const Config& config, bool broken) {
  Bot::Options bot;
  bot.region = !options.region.empty() ? options.region : config.region;
  bot.remembers = !options.memory;
  bot.store_broken = broken;
  if (!options.memory && !broken) {
    const std::string folder = !options.data.empty()        ? options.data
                               : !config.store_path.empty() ? config.store_path
                                                            : user_data_folder().string();
    bot.export_folder = folder + "/exports";
  }
  // In the terminal nobody waits in a queue: what is typed is heard now, whatever its `at`.
  bot.answer_within = std::chrono::hours{24 * 365};
  bot.idle = std::chrono::hours{24 * config.idle_days};
  bot.dice = real_dice();
  return bot;
}

std::vector<channel::Outgoing> Chat::hear(channel::Incoming incoming) {
  if (incoming.zone.empty()) incoming.zone = zone_;
  incoming.at = clock_.now();
  return bot_.receive(channel_name, can_, incoming, clock_.now());
}

// What has not left the process was not sent: a reader that goes away, or a power cut, must find it again at the next start.
bool Chat::hand_out(const std::vector<channel::Outgoing>& lines) {
  for (const auto& out : lines) {
    if (!write_out(console::write_line(out) + "\n")) return false;
  }
  if (lines.empty()) return true;
  if (!flush_out()) return false;
  for (const auto& out : lines) sent(out);
  return true;
}

// What fell due while no process ran is late, or too late: it is looked at once, at the first time that the clock shows.
bool Chat::begin_json(channel::Time now) {
  begun_ = true;
  return hand_out(bot_.take_up(channel_name, now, true)) && hand_out(bot_.advance(channel_name, now));
}

// While it runs, the clock passes every moment at which something is due.
bool Chat::advance_json(channel::Time until) {
  channel::Time passed{};
  while (const auto due = bot_.next_due(passed)) {
    if (*due > until) break;
    const channel::Time now = std::max(*due, clock_.now());
    if (!hand_out(bot_.advance(channel_name, std::min(now, until)))) return false;
    passed = *due;
  }
  return true;
}

void Chat::show_due(const std::function<void(const channel::Outgoing&)>& show) {
  const auto due = bot_.next_due();
  if (!due || *due > clock_.now()) return;
  for (const auto& out : bot_.advance(channel_name, clock_.now())) {
    show(out);
    sent(out);
  }
}

bool Chat::answer_json(const console::LineReader::Line& line) {
  if (line.too_long) return write_out(console::write_error("this line is longer than 4 MiB; it was left out") + "\n");
  const auto read = console::read_line(line.bytes);
  if (!read) return write_out(console::write_error(read.error()) + "\n");
  if (!begun_) {
    if (read->at) clock_.set(*read->at);
    if (!begin_json(clock_.now())) return false;
  }
  if (!advance_json(read->at.value_or(clock_.now()))) return false;
  if (read->at) clock_.set(*read->at);
  return !read->says || hand_out(hear(read->incoming));
}

ExitCode Chat::json() {
  console::LineReader reader(STDIN_FILENO);
  can_.reactions = true;
  if (clock_.stands() && (!begin_json(clock_.now()) || !flush_out())) return tell_closed();
  while (const auto line = reader.next()) {
    if (!answer_json(*line) || !write_out(console::write_done() + "\n") || !flush_out()) return tell_closed();
  }
  return flush_out() ? ExitCode::done : tell_closed();
}

channel::Incoming Chat::typed(std::string text) const {
  channel::Incoming incoming;
  incoming.from = "me";
  incoming.room = "dm";
  incoming.moderator = true;
  incoming.text = std::move(text);
  return incoming;
}

ExitCode Chat::plain() {
  console::LineReader reader(STDIN_FILENO);
  for (const auto& out : bot_.take_up(channel_name, clock_.now())) sent(out);  // an answer of yesterday's sitting is no answer today
  const auto write_due = [](const channel::Outgoing& out) { static_cast<void>(write_out(console::write_plain(out, {}))); };
  for (;;) {
    while (!reader.ready(look_for_due)) {
      show_due(write_due);
      if (!flush_out()) return tell_closed();
    }
    show_due(write_due);
    const auto line = reader.next();
    if (!line) break;
    if (line->bytes.find_first_not_of(" \t") == std::string::npos) continue;
    for (const auto& out : hear(typed(line->bytes))) {
      if (!write_out(console::write_plain(out, {}))) return tell_closed();
      sent(out);
    }
    if (!flush_out()) return tell_closed();
    if (line->bytes == "/exit") break;
  }
  return ExitCode::done;
}

ExitCode Chat::terminal() {
  console::Terminal terminal(plain_);
  terminal.welcome();
  for (const auto& out : bot_.take_up(channel_name, clock_.now())) sent(out);
  const auto show_now = [&] { show_due([&](const channel::Outgoing& out) { terminal.interrupt(out); }); };
  show_now();
  while (const auto line = terminal.read(look_for_due, show_now)) {
    if (line->find_first_not_of(" \t") == std::string::npos) continue;
    bool leaves = *line == "/exit";
    for (const auto& out : hear(typed(*line))) {
      leaves = leaves || out.kind == channel::Outgoing::Kind::remove;
      if (!leaves) terminal.show(out);
      sent(out);
    }
    if (leaves) {
      terminal.wipe();
      return ExitCode::done;
    }
  }
  return ExitCode::done;
}

bool is_zone(const std::string& name) {
  try {
    return date::locate_zone(name) != nullptr;
  } catch (const std::runtime_error&) {
    return false;
  }
}

bool options_hold(const ChatOptions& options) {
  if (!options.now.empty() && !console::read_time(options.now)) {
    fmt::print(stderr, "nurturer: --now {}: this is no time. Write it as 2026-11-24T21:40:00Z (RFC 3339).\n", options.now);
    return false;
  }
  if (!options.zone.empty() && !is_zone(options.zone)) {
    fmt::print(stderr, "nurturer: --zone {}: there is no such time zone. Write it as Europe/London (IANA).\n", options.zone);
    return false;
  }
  if (!options.region.empty() && !dialogue::is_country(options.region)) {
    fmt::print(stderr, "nurturer: --region {}: there is no such country. Write its two capital letters (ISO 3166), as GB for the United Kingdom.\n",
               options.region);
    return false;
  }
  return true;
}

}  // namespace

ExitCode chat(const ChatOptions& options) {
  std::setlocale(LC_CTYPE, "");
  if (!options_hold(options)) return ExitCode::usage;
  Config config;
  if (!options.config.empty()) {
    ConfigResult read = read_config(options.config);
    for (const std::string& fault : read.faults) fmt::print(stderr, "nurturer: {}\n", fault);
    if (!read.faults.empty()) return ExitCode::configuration;
    config = std::move(read.config);
  }
  const auto content = load_content(!options.content.empty() ? options.content : config.content);
  if (!content) return ExitCode::configuration;
  const Opened opened = open_store(options, config);
  if (!opened.store) return opened.code;
  Chat chat(*content, *opened.store, options, config, opened.broken);
  if (options.json) return chat.json();
  return ::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0 ? chat.terminal() : chat.plain();
}

}  // namespace nurturer::app
