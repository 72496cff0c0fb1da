#pragma once
// The encryption engine behind its C interface, off the thread that serves sockets: operations are done in order by one worker, which
// hands the outcome back through the loop. Built without the engine (crypto_none.cpp) `built` is false, and each operation fails.

#include <memory>

#include "adapters/matrix/wire.hpp"
#include "adapters/net/loop.hpp"

namespace nurturer::matrix {

class Crypto {
 public:
  /// The engine is part of this program.
  static const bool built;
  /// A device's keys lie in the folder.
  [[nodiscard]] static bool has_store(const std::string& folder, const std::string& user, const std::string& device);

  /// `folder` holds the stores, one for each device, sealed with `key` (64 hexadecimal digits). `told` is called from the loop, and not
  /// any more when the object is gone. `loop` must outlive it.
  Crypto(net::Loop& loop, std::string folder, std::string key, std::function<void(std::uint64_t, const Crypted&)> told);
  /// Waits for the operation that runs; those behind it are dropped.
  ~Crypto();
  Crypto(const Crypto&) = delete;
  Crypto& operator=(const Crypto&) = delete;

  /// "open" {user, device} is the first; the others are the engine's (crypto/src/engine.rs).
  void perform(Crypt operation);

 private:
  struct Worker;
  std::unique_ptr<Worker> worker_;
};

}  // namespace nurturer::matrix
