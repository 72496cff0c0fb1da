// What the doctor says of encryption: the keys of this device on the server, held against what the service wrote down of its store.
#include <utility>

#include "adapters/matrix/doctor.hpp"

namespace nurturer::matrix {
namespace {

using channel::Failure;

constexpr std::int64_t few_keys = 10;

// The device's keys carry a signature of the account's self-signing key. Whether it is a true one is for the clients to say.
bool is_signed(const Json& answer, const Json& device, const std::string& user) {
  const Json* owner = object_at(answer, {"self_signing_keys", user, "keys"});
  if (owner == nullptr) return false;
  for (const auto& [id, key] : owner->items()) {
    if (!text_at(device, {"signatures", user, id}).empty()) return true;
  }
  return false;
}

}  // namespace

void Doctor::look_at_keys() {
  if (!encryption_) {
    add(How::note, "encryption", "this program was built without it: people in encrypted rooms are told once that they cannot be read");
    return finish();
  }
  const Json body{{"device_keys", {{settings_.user, Json::array()}}}};
  wire_.ask({.method = "POST", .target = "/_matrix/client/v3/keys/query", .body = write(body)}, [this](const Answer& answer) {
    compare_keys(answer);
    count_keys();
  });
}

void Doctor::compare_keys(const Answer& answer) {
  const auto body = read_good(answer);
  const std::string& device = wire_.session().device;
  if (!body)
    return add(How::note, "encryption", "the server does not tell our keys: " + std::to_string(answer.status) + " " + error_code(answer));
  const std::string ours = status_ ? status_->fingerprint : "";
  const Json* keys = object_at(*body, {"device_keys", settings_.user, device});
  if (keys == nullptr) {
    if (ours.empty()) return add(How::note, "encryption", "no keys yet: the first start of the service makes them");
    return add(
        How::fault, "encryption",
        "the server has no keys of device " + device + ", so that nobody can write to it. Log in as a new device: nurturer matrix login",
        Failure::Kind::credentials);
  }
  const std::string theirs = text_at(*keys, {"keys", "ed25519:" + device});
  if (!ours.empty() && ours != theirs) {
    return add(How::fault, "encryption",
               "the server knows device " + device + " by other keys than the store here. Log in as a new device: nurturer matrix login",
               Failure::Kind::credentials);
  }
  add(How::good, "encryption", "device " + device + " has the key " + theirs + ", here and on the server");
  if (is_signed(*body, *keys, settings_.user)) return add(How::good, "verified", "the account has signed this device");
  add(How::fault, "verified",
      "the account has not signed this device, and some clients will not speak to it. Put the account's recovery key into " +
          settings_.recovery_key_file + ", or name password_file in [matrix], and start the service again",
      Failure::Kind::configuration);
}

// An upload of nothing tells how many there are.
void Doctor::count_keys() {
  wire_.ask({.method = "POST", .target = "/_matrix/client/v3/keys/upload", .body = "{}"}, [this](const Answer& answer) {
    const auto body = read_good(answer);
    const auto count = body ? number_at(*body, {"one_time_key_counts", "signed_curve25519"}) : std::nullopt;
    if (count && *count >= few_keys)
      add(How::good, "one-time keys", std::to_string(*count) + " on the server");
    else
      add(How::note, "one-time keys", std::to_string(count.value_or(0)) + " on the server: the running service fills them up");
    look_at_recovery();
    look_at_unreadable();
    finish();
  });
}

void Doctor::look_at_recovery() {
  if (!status_ || status_->recovery_fault.empty()) return;
  add(How::fault, "recovery key",
      "the account's recovery key is kept nowhere, so that a lost store could not be replaced by a verified one: " +
          status_->recovery_fault + ". Mend that; the running service tries again by itself",
      Failure::Kind::configuration);
}

void Doctor::look_at_unreadable() {
  if (!status_) return;
  if (status_->unreadable == 0) return add(How::good, "undecrypted", "no message since the service was started");
  add(How::note, "undecrypted",
      std::to_string(status_->unreadable) + " messages since the service was started; the last one: " + status_->why_unreadable);
}

}  // namespace nurturer::matrix
