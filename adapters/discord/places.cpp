#include "adapters/discord/places.hpp"

#include <algorithm>

namespace nurturer::discord {
namespace {

constexpr std::size_t most_channels_of_guild = 3'000;  // 500 channels, 1,000 threads are Discord's own bounds
constexpr std::size_t most_roles = 500;
constexpr std::size_t most_overwrites = 1'000;
constexpr int public_thread = 11;
constexpr int private_thread = 12;
constexpr int news_thread = 10;

bool is_thread(std::int64_t type) { return type == public_thread || type == private_thread || type == news_thread; }

}  // namespace

bool Places::add_guild(const Json& data) {
  const std::string guild = id(data, "id");
  if (guild.empty()) return false;
  const bool fresh = !guilds_.contains(guild);
  Guild& known = guilds_[guild];
  known.owner = id(data, "owner_id");
  known.system_channel = id(data, "system_channel_id");
  known.roles.clear();
  for (const Json& role : list(data, "roles")) set_role(guild, role);
  for (const char* kind : {"channels", "threads"}) {
    for (const Json& channel : list(data, kind)) set_channel(guild, channel);
  }
  return fresh;
}

void Places::remove_guild(const std::string& guild) {
  const auto found = guilds_.find(guild);
  if (found == guilds_.end()) return;
  for (const std::string& channel : found->second.channels) channels_.erase(channel);
  guilds_.erase(found);
}

void Places::set_role(const std::string& guild, const Json& role) {
  const auto found = guilds_.find(guild);
  const std::string name = id(role, "id");
  if (found == guilds_.end() || name.empty() || found->second.roles.size() >= most_roles) return;
  found->second.roles[name] = bits(role, "permissions");
}

void Places::remove_role(const std::string& guild, const std::string& role) {
  const auto found = guilds_.find(guild);
  if (found != guilds_.end()) found->second.roles.erase(role);
}

void Places::set_channel(const std::string& guild, const Json& channel) {
  const auto found = guilds_.find(guild);
  const std::string name = id(channel, "id");
  if (found == guilds_.end() || name.empty()) return;
  if (found->second.channels.size() >= most_channels_of_guild && !found->second.channels.contains(name)) return;
  found->second.channels.insert(name);
  Channel& known = channels_[name];
  known.guild = guild;
  known.parent = id(channel, "parent_id");
  known.thread_owner = is_thread(number(channel, "type")) ? id(channel, "owner_id") : "";
  known.overwrites.clear();
  for (const Json& one : list(channel, "permission_overwrites")) {
    if (known.overwrites.size() < most_overwrites) known.overwrites.push_back({id(one, "id"), bits(one, "allow"), bits(one, "deny")});
  }
}

void Places::remove_channel(const std::string& channel) {
  const auto found = channels_.find(channel);
  if (found == channels_.end()) return;
  const auto guild = guilds_.find(found->second.guild);
  if (guild != guilds_.end()) guild->second.channels.erase(channel);
  channels_.erase(found);
}

std::uint64_t Places::permissions(const std::string& channel, const std::string& guild, const std::string& user,
                                  const std::vector<std::string>& roles) const {
  const auto found = guilds_.find(guild);
  if (found == guilds_.end()) return 0;
  if (!user.empty() && found->second.owner == user) return ~std::uint64_t{0};
  const auto of_role = [&](const std::string& role) {
    const auto known = found->second.roles.find(role);
    return known == found->second.roles.end() ? std::uint64_t{0} : known->second;
  };
  std::uint64_t may = of_role(guild);  // the role of everybody bears the server's id
  for (const std::string& role : roles) may |= of_role(role);
  if ((may & permission::administrator) != 0) return ~std::uint64_t{0};

  auto place = channels_.find(channel);
  if (place != channels_.end() && !place->second.thread_owner.empty()) place = channels_.find(place->second.parent);
  if (place == channels_.end()) return may;
  const auto apply = [&](auto&& matches) {
    std::uint64_t allow = 0;
    std::uint64_t deny = 0;
    for (const Overwrite& one : place->second.overwrites) {
      if (matches(one.id)) allow |= one.allow, deny |= one.deny;
    }
    may = (may & ~deny) | allow;
  };
  apply([&](const std::string& of) { return of == guild; });
  apply([&](const std::string& of) { return of != guild && std::ranges::find(roles, of) != roles.end(); });
  apply([&](const std::string& of) { return of == user; });
  return may;
}

std::string Places::owner_of_thread(const std::string& channel) const {
  const auto found = channels_.find(channel);
  return found == channels_.end() ? std::string{} : found->second.thread_owner;
}

std::string Places::guild_of(const std::string& channel) const {
  const auto found = channels_.find(channel);
  return found == channels_.end() ? std::string{} : found->second.guild;
}

std::vector<std::string> Places::channels_of(const std::string& guild) const {
  const auto found = guilds_.find(guild);
  if (found == guilds_.end()) return {};
  return {found->second.channels.begin(), found->second.channels.end()};
}

std::string Places::system_channel(const std::string& guild) const {
  const auto found = guilds_.find(guild);
  return found == guilds_.end() ? std::string{} : found->second.system_channel;
}

bool may_moderate(std::uint64_t permissions) {
  return (permissions & (permission::administrator | permission::manage_guild | permission::manage_messages)) != 0;
}

}  // namespace nurturer::discord
