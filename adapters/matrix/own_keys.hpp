#pragma once
// The keys of this device and of the account, before anything is read: the store is held against the server, what is new is uploaded, the
// device is signed by its owner (cross-signing), and what signs is kept in the account's secret storage.
// https://spec.matrix.org/v1.16/client-server-api/#cross-signing
//
// A store that is not the one whose keys the server knows is refused before the first upload: whoever used it would be deaf, and would
// make others believe that they are spied upon. Nothing that others trust is ever replaced without the recovery key.

#include "adapters/matrix/key_traffic.hpp"

namespace nurturer::matrix {

class OwnKeys {
 public:
  using Done = std::function<void()>;
  using Failed = std::function<void(channel::Failure, bool spent)>;

  /// All must outlive it.
  OwnKeys(const Settings& settings, Wire& wire, KeyTraffic& traffic) : settings_(settings), wire_(wire), traffic_(traffic) {}

  /// `done` when people can be read and written to, signed or not; `failed` when this store must not be used (`spent`: nor this device).
  void start(Done done, Failed failed);
  /// The store turned out to be an old copy.
  void refuse_copy();

  /// After `done`: the server takes part in it.
  [[nodiscard]] bool usable() const { return usable_; }
  /// For doctor.
  [[nodiscard]] const std::string& fingerprint() const { return ed25519_; }
  [[nodiscard]] bool is_signed() const { return signed_; }
  /// Why the account's recovery key could not be kept so far; empty: it is, or is not ours to keep.
  [[nodiscard]] const std::string& recovery_fault() const { return recovery_fault_; }

 private:
  void identify();
  void compare();
  void compared(const Json& request, const Answer& answer);
  void give_up(const std::string& why, const Answer& answer);
  void refuse(std::string sentence);
  void sign_by_owner(const Json& answer);
  void bootstrap();
  void approve(const Json& requests, const Answer& refusal);
  void bootstrapped(const Answer& answer);
  void look_for_secrets();
  void keep_secrets();
  void not_kept(const std::string& why);
  void put_secrets(const std::shared_ptr<Json>& data, std::size_t index);
  void restore();
  void fetch(std::vector<std::string> types, const std::shared_ptr<Json>& found);
  void restored(const Crypted& outcome);
  void sign_device();
  void finish(bool is_signed);
  void unsigned_because(const std::string& why);

  const Settings& settings_;
  Wire& wire_;
  KeyTraffic& traffic_;
  Done done_;
  Failed failed_;
  std::string ed25519_, curve25519_, recovery_fault_;
  unsigned not_kept_ = 0;  // times
  bool usable_ = true, uploaded_ = false, signs_ = false, signed_ = false;
};

}  // namespace nurturer::matrix
