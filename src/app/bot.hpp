#pragma once
// The shell around the companion: finds the state of a talk, lets the companion respond, saves in one transaction, hands out what is to be sent.
//
// Delivery: an Outgoing is in the store's outbox, under its final id, before it is handed out; it leaves the outbox by acknowledge(). A restart
// hands out again what was not acknowledged (take_up). The store failing never stops an answer: the talk then lives in memory alone,
// and the person is told once that nothing can be kept.
// Threads: one.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "app/out_id.hpp"
#include "app/rooms.hpp"
#include "app/sessions.hpp"
#include "content/content.hpp"
#include "engine/dialogue/companion.hpp"
#include "store/store.hpp"

namespace nurturer::app {

class Bot {
 public:
  struct Options {
    std::string region;         // the deployment's default; empty: unknown
    bool remembers = true;      // false with chat --memory
    bool store_broken = false;  // the store could not be opened: memory serves, and people are told
    std::string export_folder;  // where "export my data" writes, 0600; empty: nowhere
    std::chrono::minutes answer_within{30};
    std::chrono::hours idle{24 * 180};  // what people agreed to keep goes after so long without a word
    std::function<std::uint64_t()> dice;
  };

  /// How a message stands to the limits of its person and room. Whatever it is, the net reads it, and answers what it hears.
  enum class Pace { within, first_above, above };

  /// `content` and `store` must outlive the bot.
  Bot(const content::Content& content, store::Store& store, Options options);
  ~Bot();

  /// What follows from something that a person did, in the order in which it is to be sent. Answers a known id with nothing.
  [[nodiscard]] std::vector<channel::Outgoing> receive(const std::string& channel_name, const channel::Capabilities& can,
                                                       const channel::Incoming& incoming, channel::Time now, Pace pace = Pace::within);

  /// What falls due on a channel until `now`, in order of its due time.
  [[nodiscard]] std::vector<channel::Outgoing> advance(const std::string& channel_name, channel::Time now);

  /// When something will fall due on any channel, later than `after`.
  [[nodiscard]] std::optional<channel::Time> next_due(channel::Time after = channel::Time{});

  void acknowledge(const std::string& channel_name, const channel::Acknowledgement& acknowledgement, channel::Time now);

  /// What was prepared and never acknowledged, in the order of each lane (lane.hpp), at most `most`. Without `all` only what may be tried now.
  [[nodiscard]] std::vector<channel::Outgoing> take_up(const std::string& channel_name, channel::Time now, bool all = false,
                                                       std::size_t most = 1000);

 private:
  struct Here;  // one message: who, where, what is known, what follows
  struct Due {  // what falls due together: one transaction, which memory follows
    store::Change change;
    std::vector<dialogue::Room> rooms;
  };
  struct Turn {  // of two at one phone; memory only, as their names are
    channel::Time due{};
    dialogue::Place at;
    std::string room;
  };
  struct Private {  // a crisis answered in private that a room waits for
    std::string room;
    bool at_once = false;
  };

  [[nodiscard]] bool to_be_heard(Here& here);
  void pass_over(const std::string& channel_name, const channel::Incoming& incoming);
  [[nodiscard]] bool kept_back(Here& here, Pace pace);
  void slow_down(Here& here);
  void find_state(Here& here);
  void respond(Here& here);
  void tell_shut_out(Here& here) const;
  [[nodiscard]] channel::Outgoing answer_to(const Here& here);
  [[nodiscard]] channel::Outgoing line_of(const dialogue::Say& say, const std::string& room, channel::Time at);
  void add(Here& here, const dialogue::Say& say);
  void add_whisper(Here& here, const dialogue::Whisper& whisper);
  void add_reaction(Here& here);
  void find_room(Here& here);
  [[nodiscard]] bool is_pressed_in_private(const Here& here);
  [[nodiscard]] dialogue::Surroundings around(const channel::Capabilities* can, bool broken) const;
  [[nodiscard]] std::vector<channel::Outgoing> reacted(const std::string& channel_name, const channel::Capabilities& can,
                                                       channel::Incoming reaction, channel::Time now, Pace pace);
  [[nodiscard]] std::vector<channel::Outgoing> joined_or_left(const std::string& channel_name, const channel::Incoming& incoming,
                                                              channel::Time now);
  [[nodiscard]] std::vector<channel::Outgoing> room_lines(const std::string& channel_name, dialogue::RoomTurn turn, channel::Time at,
                                                          channel::Time now, Due& due);
  void add_removals(Here& here);
  void add_export(Here& here);
  void add_file(Here& here, const std::string& ending, const std::string& media_type, const std::string& bytes);
  [[nodiscard]] bool save(Here& here);
  [[nodiscard]] store::Change change_of(Here& here);
  void add_reminders(const Here& here, store::Change& change) const;
  void keep_in_memory(Here& here);
  [[nodiscard]] std::optional<channel::Outgoing> fire_room_line(const std::string& channel_name, const store::Timer& timer,
                                                                store::Change& change);
  [[nodiscard]] std::optional<channel::Outgoing> fire_reminder(const std::string& channel_name, const store::Timer& timer,
                                                               channel::Time now, store::Change& change);
  [[nodiscard]] std::vector<channel::Outgoing> fire_room(const std::string& channel_name, const store::Timer& timer,
                                                         const std::string& room, channel::Time now, Due& due);
  void keep_turn(const Here& here);
  void fire_turns(const std::string& channel_name, channel::Time now, Due& due, std::vector<channel::Outgoing>& out);
  void wait_for(const channel::Outgoing& out);
  [[nodiscard]] bool is_discreet(const store::PersonId& person);
  void sweep(channel::Time now);
  [[nodiscard]] std::vector<store::Timer> due_on(const std::string& channel_name, channel::Time now);

  const content::Content& content_;
  store::Store& store_;
  Options options_;
  dialogue::Companion companion_;
  dialogue::Companion::Memory memory_;
  Sessions sessions_;
  Rooms rooms_;
  OutIds ids_;
  channel::Time swept_{};
  std::set<std::string> seen_;              // inbox ids that the store could not take: they count until it can
  std::map<std::string, Private> private_;  // by outbox id
  std::map<std::string, Turn> turns_;       // by person
  std::set<std::string> rooms_waiting_;     // rooms that get the one line soon
};

}  // namespace nurturer::app
