#pragma once
// Reads what happens: a first look at all rooms, then batch after batch. What a batch leaves out is fetched before anything of it is
// handed over: older events of a gap, and events that a reply or a reaction refers to.
//
// The cursor is the token behind a batch. It goes out with the batch's last message, so that whoever stores it together with the answer
// loses nothing and, by the ids of the messages, does nothing twice.

#include <memory>

#include "adapters/matrix/invites.hpp"
#include "adapters/matrix/reading.hpp"

namespace nurturer::matrix {

class Sync {
 public:
  /// All must outlive it.
  Sync(const Settings& settings, Wire& wire, Rooms& rooms, Lines& lines, Invites& invites)
      : settings_(settings), wire_(wire), rooms_(rooms), lines_(lines), invites_(invites), limit_(settings.timeline_limit) {}

  /// Called after each good answer of the server.
  std::function<void()> on_news;
  /// `ready` is called once, when all rooms are known. `cannot_read`: somebody wrote in a room whose encryption we cannot read.
  void start(std::string since, std::function<void()> ready, std::function<void(const std::string& room)> cannot_read);
  void stop();
  [[nodiscard]] Time last() const { return last_; }

 private:
  // One batch, while it is completed.
  struct Work {
    Batch batch;
    std::string since;        // what it was asked with
    std::vector<bool> fresh;  // of batch.joined: we were not in there before
    std::size_t open = 1;     // requests of its step under way; at first also the one who starts them
    std::vector<channel::Incoming> heard;
  };
  void look_around();
  void poll();
  void polled(const Answer& answer);
  void later(const Answer& answer, std::function<void()> task);
  [[nodiscard]] bool knows_rooms_of(const Batch& batch);
  void take(Batch batch);
  void enter_rooms(Work& work);
  void fill(const std::shared_ptr<Work>& work, std::size_t room, const std::string& from, int pages);
  void look_up(const std::shared_ptr<Work>& work);
  void looked_up(const std::string& room, const std::string& id, const Answer& answer);
  void close(const std::shared_ptr<Work>& work);
  void hand_over(Work& work);
  void read_room(Work& work, const JoinedRoom& batch, bool fresh);
  void tidy(const Work& work);

  const Settings& settings_;
  Wire& wire_;
  Rooms& rooms_;
  Lines& lines_;
  Invites& invites_;
  int limit_;
  std::string since_;
  std::function<void()> ready_;
  std::function<void(const std::string&)> cannot_read_;
  std::uint64_t asked_ = 0;
  bool over_ = false;
  Time down_since_{};
  Time looked_around_{};
  Time last_{};
};

}  // namespace nurturer::matrix
