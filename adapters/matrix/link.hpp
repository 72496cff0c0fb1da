#pragma once
// Carries the machine's requests over the network, keeps its session in a file, and is the adapter that the service knows.

#include <functional>
#include <map>
#include <memory>

#include "adapters/adapter.hpp"
#include "adapters/matrix/crypto.hpp"
#include "adapters/matrix/doctor.hpp"
#include "adapters/matrix/machine.hpp"
#include "adapters/net/https.hpp"

namespace nurturer::matrix {

/// What the carrier may use of the world.
struct World {
  net::Loop& loop;
  net::Trust trust;
  std::string agent;          // as it names itself to servers
  std::string session_file;   // 0600; holds the token
  std::string status_file;    // what doctor reads
  std::string crypto_folder;  // the stores of the encryption engine
  std::string crypto_key;     // 64 hexadecimal digits that seal them
  std::string recovery_file;  // 0600; where the account's recovery key is written once
  std::function<Time()> now;
  std::function<std::uint64_t()> dice;
  std::function<void(const std::string&)> log;
  std::function<void(const std::string&)> hide;  // a secret that no line may show
};

/// The session of the last login; nothing if there is none that can be read.
[[nodiscard]] std::optional<Session> load_session(const std::string& file);
/// False if it cannot be written; the old one is then still there.
[[nodiscard]] bool save_session(const std::string& file, const Session& session);

/// Does what a Wire names: the bytes' side of Link and of the commands.
class Carrier {
 public:
  Carrier(World& world, std::function<void(std::uint64_t, const Answer&)> answered);
  void carry(const Send& send);
  void cancel(std::uint64_t id);

 private:
  World& world_;
  net::Client client_;
  std::function<void(std::uint64_t, const Answer&)> answered_;
  std::map<std::uint64_t, net::Call> calls_;
};

class Link final : public channel::Adapter {
 public:
  Link(Settings settings, World world);

  [[nodiscard]] const std::string& name() const override;
  [[nodiscard]] channel::Capabilities capabilities() const override;
  void start(channel::Shell& shell, std::optional<channel::Cursor> cursor) override;
  void send(const channel::Outgoing& outgoing) override;
  void stop() override;

 private:
  void pump();
  void perform(Action& action);
  void tell(std::uint64_t id, Crypted outcome);
  void arm();

  World world_;
  Machine machine_;
  Carrier carrier_;
  Crypto crypto_;
  channel::Shell* shell_ = nullptr;
  bool pumping_ = false;
  net::Timer timer_;
};

/// A login or an examination, without a service around it: carries what a Wire names until the object is dropped.
class Errand {
 public:
  explicit Errand(World world);
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;
  [[nodiscard]] Wire& wire() { return wire_; }
  [[nodiscard]] World& world() { return world_; }
  /// After something was asked of the wire from outside.
  void pump();

 private:
  World world_;
  Wire wire_;
  Carrier carrier_;
  bool pumping_ = false;
  net::Timer timer_;
};

/// `nurturer matrix login`: by password, with the device of the login before. `done` is called from the loop, once; the server is waited for as
/// long as the object lives.
class FirstLogin {
 public:
  FirstLogin(Settings settings, World world, Login::Done done);

 private:
  Settings settings_;
  Errand errand_;
  Login login_;
};

/// `nurturer doctor`. `done` is called from the loop, once.
class Examination {
 public:
  Examination(Settings settings, World world, std::function<void(Doctor::Findings)> done);

 private:
  Errand errand_;
  Doctor doctor_;
};

}  // namespace nurturer::matrix
