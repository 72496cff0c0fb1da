#pragma once
// End-to-end encryption as the rest of the machine sees it: keys of a batch are taken before anything else of it, events are opened,
// contents are sealed for everybody who is in the room at that moment. The work is the engine's (Crypt actions); this says when.
// https://spec.matrix.org/v1.16/client-server-api/#end-to-end-encryption

#include <set>

#include "adapters/matrix/own_keys.hpp"
#include "adapters/matrix/rooms.hpp"
#include "adapters/matrix/verifying.hpp"

namespace nurturer::matrix {

class Keys {
 public:
  /// All must outlive it.
  Keys(const Settings& settings, Wire& wire, Rooms& rooms)
      : settings_(settings),
        wire_(wire),
        rooms_(rooms),
        traffic_(wire),
        own_(settings, wire, traffic_),
        verifying_(settings, wire, traffic_) {
    verifying_.send_into_room = [this](const std::string& room, const std::string& type, const std::string& transaction,
                                       const Json& content,
                                       const KeyTraffic::Done& done) { send_own(room, type, transaction, content, done); };
  }

  /// After a login, before the first batch. Without the engine it is done at once.
  void start(OwnKeys::Done done, OwnKeys::Failed failed);
  /// Encrypted rooms can be read and written to.
  [[nodiscard]] bool usable() const { return usable_; }
  [[nodiscard]] const OwnKeys& own() const { return own_; }

  /// What a batch says of keys. `done` with the rooms and sessions for which some came; only then may the batch's token be stored.
  void take(const KeyNews& news, const std::string& next, std::function<void(const std::set<std::string>& sessions)> done);
  /// Who comes and goes.
  void observe(const JoinedRoom& batch);
  /// Rooms that are encrypted are remembered as such for good; of `fresh` ones it is asked whether they once were.
  void remember(const std::vector<std::string>& fresh, std::function<void()> done);

  struct Opened {
    std::optional<Event> event;
    std::string session;
    std::string why;        // it could not be opened: the engine's reason, and the code with which the key was withheld
    bool may_come = false;  // its key may still come
  };
  void open(const std::string& room, const Event& event, std::function<void(Opened)> done);

  /// A room into which nothing goes in clear.
  [[nodiscard]] bool must_seal(const std::string& room);
  /// A private chat that we opened encrypted, of which no batch has come yet.
  void expect(const std::string& room, const std::string& user);
  using Sealed = std::function<void(std::optional<Json> content, const Answer& failure)>;
  /// Sends the room's key to everybody who lacks it, then gives the content of an m.room.encrypted.
  void seal(const std::string& room, const std::string& type, const Json& content, Sealed done);
  /// An event of a room, opened: one of a verification goes on with it.
  void hear(const std::string& room, const Event& event);
  /// Whether a person has a device that could read what is encrypted.
  void reaches(const std::string& user, std::function<void(bool)> done);

  /// What goes into m.room.encryption of a room that we open.
  [[nodiscard]] static Json usual_encryption() { return {{"algorithm", "m.megolm.v1.aes-sha2"}}; }
  /// A session of a room as one word.
  [[nodiscard]] static std::string session_name(const std::string& room, const std::string& session) { return room + " " + session; }

 private:
  struct Members {
    std::set<std::string> joined, invited;
    bool complete = false, changed = false;
  };
  struct Job {
    std::string room, type;
    Json content;
    Sealed done;
  };
  using JobPtr = std::shared_ptr<Job>;
  void next_job(const std::string& room);
  void end(const JobPtr& job, std::optional<Json> content, const Answer& failure);
  void find_members(const JobPtr& job);
  void found_members(const JobPtr& job, const Answer& answer);
  void meet(const JobPtr& job);
  void share(const JobPtr& job, const std::vector<std::string>& users);
  void encrypt(const JobPtr& job);
  [[nodiscard]] Json encryption_of(const std::string& room) const;
  [[nodiscard]] std::vector<std::string> readers(const std::string& room) const;
  void send_own(const std::string& room, const std::string& type, const std::string& transaction, const Json& content,
                const KeyTraffic::Done& done);
  [[nodiscard]] static Json json_of(const std::string& room, const Event& event);
  static void apply_member(Members& members, const std::string& user, const std::string& membership);

  const Settings& settings_;
  Wire& wire_;
  Rooms& rooms_;
  KeyTraffic traffic_;
  OwnKeys own_;
  Verifying verifying_;
  bool usable_ = false;
  std::map<std::string, Members> members_;
  std::map<std::string, std::string> expected_;  // room -> whom it was opened for
  std::map<std::string, std::deque<JobPtr>> jobs_;
  std::set<std::string> remembered_;
};

}  // namespace nurturer::matrix
