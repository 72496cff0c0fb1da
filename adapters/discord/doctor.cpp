#include "adapters/discord/doctor.hpp"

#include <array>
#include <set>
#include <utility>

#include "adapters/discord/close_codes.hpp"

namespace nurturer::discord {
namespace {

using How = channel::Finding::How;
using Kind = channel::Failure::Kind;

constexpr std::uint64_t content_granted = 1ULL << 18U | 1ULL << 19U;  // in full, or for less than 10,000 people

constexpr std::array names{std::pair{permission::add_reactions, "Add Reactions"}, std::pair{permission::view_channel, "View Channels"},
                           std::pair{permission::send_messages, "Send Messages"},
                           std::pair{permission::read_message_history, "Read Message History"},
                           std::pair{permission::send_messages_in_threads, "Send Messages in Threads"}};

std::string missing_of(std::uint64_t permissions) {
  std::string missing;
  if ((permissions & permission::administrator) != 0) return missing;
  for (const auto& [bit, name] : names) {
    if ((permissions & bit) == 0) missing += (missing.empty() ? "" : ", ") + std::string(name);
  }
  return missing;
}

}  // namespace

std::string install_link(const std::string& application) {
  return "https://discord.com/oauth2/authorize?client_id=" + application +
         "&scope=bot+applications.commands&permissions=" + std::to_string(permission::needed);
}

std::optional<Request> Doctor::next() const {
  switch (step_) {
    case Step::application: return get("/applications/@me");
    case Step::gateway: return get("/gateway/bot");
    case Step::guilds: return get("/users/@me/guilds?limit=200");
    case Step::commands: return get("/applications/" + application_ + "/commands");
    case Step::done: break;
  }
  return std::nullopt;
}

void Doctor::receive(const Response& response) {
  const Step step = step_;
  step_ = static_cast<Step>(static_cast<int>(step) + 1);
  if (response.status == 401) {
    step_ = Step::done;
    return fault("token", std::string(close_code(4004).sentence), Kind::credentials);
  }
  const auto body = parse(response.body);
  if (response.status != 200 || !body) {
    step_ = step == Step::application ? Step::done : step_;
    const std::string answer = response.status == 0 ? "did not answer" : "answered " + std::to_string(response.status);
    return fault("api", "Discord's API " + answer + ". Look at [discord] api_base, the network, and discordstatus.com.", Kind::unavailable);
  }
  if (step == Step::application) return hear_application(*body);
  if (step == Step::gateway) return hear_gateway(*body);
  if (step == Step::guilds) return hear_guilds(*body);
  hear_commands(*body);
}

void Doctor::hear_application(const Json& body) {
  application_ = id(body, "id");
  if (application_.empty()) {
    step_ = Step::done;
    return fault("api", "what answers at [discord] api_base is not Discord's API.", Kind::configuration);
  }
  good("token", "accepted");
  good("application", text(body, "name") + " (" + application_ + ")");
  const bool granted = (bits(body, "flags") & content_granted) != 0;
  if (settings_.message_content && !granted) {
    fault("intents", std::string(close_code(4014).sentence), Kind::configuration);
  } else if (!settings_.message_content) {
    good("intents", "none that is privileged: in servers the companion sees mentions, replies and commands alone");
  } else {
    good("intents", "message content: asked for, and granted");
  }
  note("add it", install_link(application_));
}

void Doctor::hear_gateway(const Json& body) {
  const Json& start = at(body, "session_start_limit");
  const std::int64_t left = number(start, "remaining");
  const std::string sentence = std::to_string(left) + " of " + std::to_string(number(start, "total")) + " left today";
  if (left <= 0)
    fault("identifies", sentence + "; wait until tomorrow, and see what restarts it all the time", Kind::unavailable);
  else
    good("identifies", sentence);
  const std::int64_t proposed = number(body, "shards", 1);
  if (settings_.shards > 0 && proposed > settings_.shards) {
    note("shards", "Discord proposes " + std::to_string(proposed) + ": set [discord] shards = \"auto\"");
  }
}

void Doctor::hear_guilds(const Json& body) {
  if (!body.is_array()) return;
  if (body.empty())
    return note("servers", "none yet; add it with the link above. Private messages need a server in common, or a user install");
  std::size_t whole = 0;
  for (const Json& guild : body) {
    const std::string missing = missing_of(bits(guild, "permissions"));
    if (missing.empty())
      ++whole;
    else
      fault("server", text(guild, "name") + ": lacks " + missing + ". Add it again with the link above.", Kind::configuration);
  }
  good("servers", std::to_string(whole) + " with all permissions that it needs");
}

void Doctor::hear_commands(const Json& body) {
  const Json definitions = command_definitions(settings_.exercises);
  std::set<std::string> wanted;
  for (const Json& one : definitions) wanted.insert(text(one, "name"));
  if (body.is_array()) {
    for (const Json& one : body) wanted.erase(text(one, "name"));
  }
  if (wanted.empty())
    good("commands", "registered");
  else
    note("commands", std::to_string(wanted.size()) + " not registered yet; `nurturer run` does that");
}

void Doctor::good(const char* what, std::string sentence) { findings_.push_back({How::good, what, std::move(sentence)}); }
void Doctor::note(const char* what, std::string sentence) { findings_.push_back({How::note, what, std::move(sentence)}); }
void Doctor::fault(const char* what, std::string sentence, Kind kind) {
  findings_.push_back({How::fault, what, std::move(sentence), kind});
}

}  // namespace nurturer::discord
