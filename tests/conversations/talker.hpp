#pragma once
// Talks with the companion as an adapter would, on the real content and a store in memory.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "app/bot.hpp"
#include "store/store.hpp"
#include "tests/shipped_content.hpp"

namespace nurturer::test {

using Answer = std::vector<channel::Outgoing>;

class Talker {
 public:
  explicit Talker(std::string region = "GB", std::uint64_t seed = 1);

  std::string from = "me";
  std::string room = "dm";
  std::string zone;
  std::string locale;
  bool mention = true;
  /// How long ago the next messages were written: what an adapter finds after an outage.
  std::chrono::seconds late{0};
  bool edit = false;  // the next messages are edits of earlier ones

  Answer says(const std::string& text);
  /// Presses the choice with this label (or id) among those of the last answer.
  Answer presses(const std::string& label);
  Answer presses_id(const std::string& id);
  void passes(std::chrono::seconds time) { now_ += time; }
  /// A new process on the same store: what was not kept is gone.
  void restarts();

  [[nodiscard]] const Answer& last() const { return last_; }
  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] app::Bot& bot() { return *bot_; }
  [[nodiscard]] channel::Time now() const { return now_; }
  /// True if the store holds anything of this person.
  [[nodiscard]] bool kept() { return store_->knows({"console:" + from}); }

 private:
  Answer hears(channel::Incoming incoming);

  std::string region_;
  std::uint64_t dice_;
  channel::Time now_;
  channel::Capabilities can_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<app::Bot> bot_;
  Answer last_;
};

/// All messages of an answer, a line break between them.
[[nodiscard]] std::string text_of(const Answer& answer);
/// The choices of the last message that has some.
[[nodiscard]] std::vector<channel::Choice> choices_of(const Answer& answer);
/// Where the talk stands: "panic.feet"; empty: in no script.
[[nodiscard]] std::string place_of(const Answer& answer);
/// Safety, help lines, consent, privacy: texts with the longer limit, which may be said again.
[[nodiscard]] bool fixed_or_safety(const channel::Outgoing& out);
/// Empty, or what breaks a rule that every answer keeps: length, number of messages, unfilled slots.
[[nodiscard]] std::string broken_rule(const Answer& answer);

}  // namespace nurturer::test
