#pragma once
// What a message can mean: the intents of labels.md, in the order in which a tie is settled.

#include <cstdint>
#include <optional>
#include <string_view>

namespace nurturer::understanding {

enum class Intent : std::uint8_t {
  // Safety: outranks all else. The order is the order of precedence at equal level.
  medical_emergency,
  crisis_suicide,
  crisis_self_harm,
  crisis_harm_others,
  crisis_abuse,
  // Requests: win over the feeling that goes with them.
  stop,
  privacy,
  reminder_cancel,
  reminder_list,
  reminder_set,
  checkin_off,
  checkin_on,
  nurturer_setup,
  breathing,
  safe_place,
  heart_scan,
  little_me,
  inner_parts,
  pattern_reflection,
  nature_grounding,
  team_us,
  affirmation,
  bot_identity,
  help,
  // Feelings: the most acute first.
  panic,
  shutdown,
  protest_urge,
  rejection_fear,
  conflict,
  anger,
  heartbreak,
  boundary_doubt,
  invalidation,
  engulfment,
  self_criticism,
  chemistry_confusion,
  support_other,
  loneliness,
  sadness,
  feeling_better,
  // Nothing to work with.
  thanks,
  greeting,
  none,
};
inline constexpr std::size_t intent_count = static_cast<std::size_t>(Intent::none) + 1;

enum class Kind : std::uint8_t { safety, request, feeling, courtesy, none };

[[nodiscard]] std::string_view name(Intent intent) noexcept;
[[nodiscard]] std::optional<Intent> intent_named(std::string_view name) noexcept;
[[nodiscard]] Kind kind(Intent intent) noexcept;

enum class Level : std::uint8_t { none, concern, crisis, emergency };
[[nodiscard]] std::string_view name(Level level) noexcept;
[[nodiscard]] std::optional<Level> level_named(std::string_view name) noexcept;

enum class Subject : std::uint8_t { self, other };
[[nodiscard]] std::string_view name(Subject subject) noexcept;

/// Facts that a message tells besides its intent (labels.md, "Flags"); a person's cards are chosen by them.
enum class Flag : std::uint32_t {
  heart = 1,
  first_attack = 2,
  minor = 4,
  sexual_violence = 8,
  eating_disorder = 16,
  psychosis = 32,
  drugs = 64,
  pregnant = 128,
  intrusive = 256,
  // Known from the talk or the set-up, never the reading of one message:
  asthma = 512,
  dissociation = 1024,
  driving = 2048,
  danger = 4096,
  punished_no = 8192,
  fresh_loss = 16384,
  dizzy = 32768,
  // Worked out by the companion, never told by an author's choice: see Stage::flags().
  recent_crisis = 65536,  // within the last seven days
  very_loud = 131072,     // the last rating of this talk was 7 or more
};

/// A set of flags.
struct Flags {
  std::uint32_t bits = 0;
  [[nodiscard]] bool has(Flag flag) const noexcept { return (bits & static_cast<std::uint32_t>(flag)) != 0; }
  void add(Flag flag) noexcept { bits |= static_cast<std::uint32_t>(flag); }
  void remove(Flag flag) noexcept { bits &= ~static_cast<std::uint32_t>(flag); }
  void add(Flags other) noexcept { bits |= other.bits; }
  [[nodiscard]] bool any(Flags other) const noexcept { return (bits & other.bits) != 0; }
  [[nodiscard]] bool empty() const noexcept { return bits == 0; }
  friend bool operator==(Flags, Flags) = default;
};
/// True for the flags of labels.md, which `classify` and `chat --json` tell; the others are the companion's own.
[[nodiscard]] bool is_label(Flag flag) noexcept;
[[nodiscard]] std::string_view name(Flag flag) noexcept;
[[nodiscard]] std::optional<Flag> flag_named(std::string_view name) noexcept;
/// Every flag, in the order of their bits.
[[nodiscard]] const Flag* begin_flags() noexcept;
[[nodiscard]] const Flag* end_flags() noexcept;

}  // namespace nurturer::understanding
