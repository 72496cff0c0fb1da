#pragma once
// A turn in progress: what the parts of the companion hand to each other while they work out one answer. Lives for one respond().

#include <string>
#include <string_view>
#include <vector>

#include "engine/dialogue/turn.hpp"

namespace nurturer::dialogue {

/// At most so many messages an answer (design.md); paced lines count as one.
inline constexpr int longest_answer = 3;

struct Stage {
  const understanding::Language& language;
  const Library& library;
  const Surroundings& around;
  const Event& event;
  const understanding::Reading& reading;
  const text::Text& text;
  std::vector<PhraseId> phrases;  // that stand in the message, ascending
  Moment moment;
  std::uint64_t dice = 0;  // what is left of chance

  Talk talk;
  Person person;
  std::vector<Effect> effects;
  int messages = 0;
  bool private_ = false;       // what is said now is for the person alone
  std::chrono::days away{0};   // since the message before
  Room* room = nullptr;        // the one that the message is about; null: none
  bool traceless = false;      // an answer to a check-in: nothing of this talk is stored for it
  bool undisclosed = false;    // lines of a room: what it is was told when it joined, and to those who are asked
  bool refuses_press = false;  // all that is answered: that a choice is not open; nothing else is told with it

  [[nodiscard]] bool hears(Word word) const noexcept;
  [[nodiscard]] bool hears(const std::optional<PhraseId>& phrase) const noexcept;
  /// True if the word stands in the content's list of this name, as an entry of its own.
  [[nodiscard]] bool listed(const char* list, text::WordId word) const;
  /// Every flag known of the person, kept or told in this talk.
  [[nodiscard]] Flags flags() const noexcept;
  [[nodiscard]] bool in_crisis() const noexcept { return talk.crisis && !talk.crisis->concern_only; }
  /// A number in [0, count), from the moment's chance.
  [[nodiscard]] std::size_t throw_dice(std::size_t count) noexcept;
};

/// After abuse was told: what is for two, and what calls them back (`script` is its id).
[[nodiscard]] bool switched_off(const Person& person, std::string_view script) noexcept;

/// For what is said without anybody having said something.
[[nodiscard]] Stage without_message(const understanding::Language& language, const Library& library, const Surroundings& around,
                                    Moment moment);

}  // namespace nurturer::dialogue
