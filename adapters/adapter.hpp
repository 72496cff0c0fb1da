#pragma once
// What a platform's adapter is to the service, and what the service is to it. Values are in channel.hpp.
//
// Life: the service constructs the adapter, gives it the cursor of the last start, and calls start(). From then on the adapter hands over
// what people do (Shell::receive), and the service hands over what is to be said (Adapter::send), one at a time for each room: the next of
// a room follows only after the acknowledgement of the one before. stop() lets the running requests end; then the adapter calls
// Shell::stopped and calls nothing more.
// Threads: all calls, both ways, come on the shell's one thread. Neither side throws.

#include <optional>
#include <string>
#include <vector>

#include "adapters/channel.hpp"

namespace nurturer::channel {

/// Why a platform is over for this process. The service maps it to an exit code (design.md, "Contracts of the program").
struct Failure {
  enum class Kind { credentials, configuration, unavailable, internal, locked };
  Kind kind = Kind::internal;
  std::string sentence;  // for the operator: what, which account or setting, what to do. Never a token, never what people wrote
};

/// What an adapter may call.
class Shell {
 public:
  virtual ~Shell() = default;

  /// Something that a person did. Its cursor, if any, is stored in the transaction of the answer.
  virtual void receive(Incoming incoming) = 0;
  /// Exactly once for each send().
  virtual void acknowledge(Acknowledgement acknowledgement) = 0;
  /// The platform takes messages; `account` is who the companion is there ("@nurturer:example.org"). Told once.
  virtual void ready(const std::string& account) = 0;
  /// The platform is over. Nothing follows but stopped().
  virtual void failed(Failure failure) = 0;
  virtual void stopped() = 0;
};

/// A line of `nurturer doctor`.
struct Finding {
  enum class How { good, note, fault };
  How how = How::good;
  std::string what;      // "account", "clock"
  std::string sentence;  // how it stands; for a fault with its remedy
  Failure::Kind kind = Failure::Kind::configuration;  // of a fault
};

class Adapter {
 public:
  virtual ~Adapter() = default;

  [[nodiscard]] virtual const std::string& name() const = 0;  // "matrix", "discord"
  [[nodiscard]] virtual Capabilities capabilities() const = 0;
  /// `shell` must outlive the adapter.
  virtual void start(Shell& shell, std::optional<Cursor> cursor) = 0;
  /// Something to say, remove or hand out. The same id may come again after a restart or a retry: the platform's own
  /// idempotency (transaction id, nonce), derived from the id, keeps it one message.
  virtual void send(const Outgoing& outgoing) = 0;
  virtual void stop() = 0;
};

}  // namespace nurturer::channel
