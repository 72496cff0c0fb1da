#pragma once
// Reads what happens: a first look at all rooms, then batch after batch. What a batch leaves out is fetched before anything of it is
// handed over: older events of a gap, and events that a reply or a reaction refers to.
//
// Encrypted events are opened in between. One whose key is not there yet is held, and read when the key comes; as long as one is held no
// cursor goes out, so that it is not lost either when the process ends.
//
// The cursor is the token behind a batch. It goes out with the batch's last message, so that whoever stores it together with the answer
// loses nothing and, by the ids of the messages, does nothing twice.

#include <memory>

#include "adapters/matrix/invites.hpp"
#include "adapters/matrix/keys.hpp"
#include "adapters/matrix/reading.hpp"

namespace nurturer::matrix {

class Sync {
 public:
  /// All must outlive it.
  Sync(const Settings& settings, Wire& wire, Rooms& rooms, Lines& lines, Invites& invites, Keys& keys)
      : settings_(settings), wire_(wire), rooms_(rooms), lines_(lines), invites_(invites), keys_(keys), limit_(settings.timeline_limit) {}

  /// Called after each good answer of the server.
  std::function<void()> on_news;
  /// Called when a message could not be opened and will not be: its key did not come.
  std::function<void(const std::string& room)> on_unreadable;
  /// `ready` is called once, when all rooms are known. `cannot_read`: somebody wrote in an encrypted room, and there is no engine for it.
  void start(std::string since, std::function<void()> ready, std::function<void(const std::string& room)> cannot_read);
  void stop();
  [[nodiscard]] Time last() const { return last_; }
  /// Messages that could not be opened since the start, and why the last of them.
  [[nodiscard]] std::int64_t unreadable() const { return unreadable_; }
  [[nodiscard]] const std::string& why_unreadable() const { return why_unreadable_; }

 private:
  // One batch, while it is completed.
  struct Work {
    Batch batch;
    std::string since;        // what it was asked with
    std::vector<bool> fresh;  // of batch.joined: we were not in there before
    std::size_t open = 1;     // requests of its step under way; at first also the one who starts them
    std::vector<channel::Incoming> heard;
  };
  using WorkPtr = std::shared_ptr<Work>;
  // An event whose key has not come.
  struct Held {
    std::string room, session;
    Event event;
    Time until{};
  };
  void looked_around(const Batch& batch);
  void fill_all(const WorkPtr& work);
  void begin(Batch batch, const std::set<std::string>& sessions);
  void bring_held(Work& work, const std::set<std::string>& sessions);
  void open_all(const WorkPtr& work);
  void opened(const WorkPtr& work, std::size_t room, std::size_t event, Keys::Opened opened);
  void give_up(const std::string& room, const std::string& why);
  void let_go();
  /// Where in a timeline begins what concerns us.
  [[nodiscard]] static std::size_t first_heard(const std::vector<Event>& timeline, const Room& room, const std::string& self);
  void look_around();
  void poll();
  void polled(const Answer& answer);
  void later(const Answer& answer, std::function<void()> task);
  [[nodiscard]] bool knows_rooms_of(const Batch& batch);
  void take(Batch batch);
  void enter_rooms(Work& work);
  void fill(const WorkPtr& work, std::size_t room, const std::string& from, int pages);
  void look_up(const WorkPtr& work);
  void looked_up(const std::string& room, const std::string& id, const Answer& answer);
  void close(const WorkPtr& work);
  void hand_over(Work& work);
  void read_room(Work& work, const JoinedRoom& batch, bool fresh);
  void tidy(const Work& work);
  void leave_if_alone(const std::string& room);

  const Settings& settings_;
  Wire& wire_;
  Rooms& rooms_;
  Lines& lines_;
  Invites& invites_;
  Keys& keys_;
  int limit_;
  std::string since_;
  std::function<void()> ready_;
  std::function<void(const std::string&)> cannot_read_;
  std::uint64_t asked_ = 0;
  bool over_ = false;
  std::vector<Held> held_;
  std::set<std::string> late_;  // sessions of held events whose key was found between batches
  std::int64_t unreadable_ = 0;
  std::string why_unreadable_;
  Time down_since_{};
  Time looked_around_{};
  Time last_{};
};

}  // namespace nurturer::matrix
