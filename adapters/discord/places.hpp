#pragma once
// The servers and channels that the gateway told of: enough to say who may moderate where, and which threads are the companion's own.
// https://discord.com/developers/docs/topics/permissions

#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/discord/json.hpp"

namespace nurturer::discord {

namespace permission {
constexpr std::uint64_t administrator = 1ULL << 3U;
constexpr std::uint64_t manage_guild = 1ULL << 5U;
constexpr std::uint64_t add_reactions = 1ULL << 6U;
constexpr std::uint64_t view_channel = 1ULL << 10U;
constexpr std::uint64_t send_messages = 1ULL << 11U;
constexpr std::uint64_t manage_messages = 1ULL << 13U;
constexpr std::uint64_t read_message_history = 1ULL << 16U;
constexpr std::uint64_t send_messages_in_threads = 1ULL << 38U;
/// What the companion asks for when it is added to a server. History: to reply, to react, and to catch up after an outage.
constexpr std::uint64_t needed = add_reactions | view_channel | send_messages | read_message_history | send_messages_in_threads;
}  // namespace permission

class Places {
 public:
  /// Of GUILD_CREATE, or `GET /guilds/:id`. True if the server was not known.
  bool add_guild(const Json& data);
  void remove_guild(const std::string& guild);
  void set_role(const std::string& guild, const Json& role);
  void remove_role(const std::string& guild, const std::string& role);
  /// Of CHANNEL_CREATE, _UPDATE, THREAD_CREATE, _UPDATE.
  void set_channel(const std::string& guild, const Json& channel);
  void remove_channel(const std::string& channel);

  [[nodiscard]] bool knows(const std::string& guild) const { return guilds_.contains(guild); }
  [[nodiscard]] std::uint64_t permissions(const std::string& channel, const std::string& guild, const std::string& user,
                                          const std::vector<std::string>& roles) const;
  /// Owner of a thread; empty for what is none or not known.
  [[nodiscard]] std::string owner_of_thread(const std::string& channel) const;
  /// Empty: not known.
  [[nodiscard]] std::string guild_of(const std::string& channel) const;
  [[nodiscard]] std::vector<std::string> channels_of(const std::string& guild) const;
  [[nodiscard]] std::string system_channel(const std::string& guild) const;

 private:
  struct Overwrite {
    std::string id;
    std::uint64_t allow = 0, deny = 0;
  };
  struct Channel {
    std::string guild, parent, thread_owner;
    std::vector<Overwrite> overwrites;
  };
  struct Guild {
    std::string owner, system_channel;
    std::map<std::string, std::uint64_t> roles;
    std::set<std::string> channels;
  };
  std::map<std::string, Guild> guilds_;
  std::map<std::string, Channel> channels_;
};

[[nodiscard]] bool may_moderate(std::uint64_t permissions);

}  // namespace nurturer::discord
