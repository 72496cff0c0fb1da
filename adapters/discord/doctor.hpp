#pragma once
// What is wrong with the set-up on Discord, and the remedy; as a machine: asks a few things of the API, then tells.

#include <optional>
#include <string>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/discord/client.hpp"

namespace nurturer::discord {

/// With which a server's owner adds the companion: exactly the permissions that it needs.
[[nodiscard]] std::string install_link(const std::string& application);

class Doctor {
 public:
  explicit Doctor(Settings settings) : settings_(std::move(settings)) {}

  /// What to ask next; nothing when all was told.
  [[nodiscard]] std::optional<Request> next() const;
  void receive(const Response& response);
  [[nodiscard]] const std::vector<channel::Finding>& findings() const { return findings_; }

 private:
  enum class Step { application, gateway, guilds, commands, done };

  void good(const char* what, std::string sentence);
  void note(const char* what, std::string sentence);
  void fault(const char* what, std::string sentence, channel::Failure::Kind kind);
  void hear_application(const Json& body);
  void hear_gateway(const Json& body);
  void hear_guilds(const Json& body);
  void hear_commands(const Json& body);

  Settings settings_;
  Step step_ = Step::application;
  std::string application_;
  std::vector<channel::Finding> findings_;
};

}  // namespace nurturer::discord
