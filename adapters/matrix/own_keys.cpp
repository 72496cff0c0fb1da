#include "adapters/matrix/own_keys.hpp"

#include <utility>

#include "adapters/matrix/ask.hpp"
#include "adapters/net/backoff.hpp"

namespace nurturer::matrix {
namespace {

using channel::Failure;

constexpr std::string_view default_key = "m.secret_storage.default_key";
const std::vector<std::string> kept_secrets{"m.cross_signing.master", "m.cross_signing.self_signing", "m.cross_signing.user_signing"};

}  // namespace

void OwnKeys::start(Done done, Failed failed) {
  done_ = std::move(done);
  failed_ = std::move(failed);
  const Session& session = wire_.session();
  if (session.spent) return refuse("the keys of device " + session.device + " were found lost before");
  wire_.crypt("open", {{"user", session.user}, {"device", session.device}}, [this](const Crypted& outcome) {
    if (outcome.fault == "mismatch") return refuse("the encryption store belongs to another device");
    if (!outcome.fault.empty()) {
      return failed_({Failure::Kind::internal,
                      "the encryption store of " + settings_.user + " cannot be opened (" + outcome.what +
                          "). Is the disk full, or did key_file change? If the store is lost, log in anew: nurturer matrix login"},
                     false);
    }
    identify();
  });
}

// A server without encryption: what is said in clear can still be answered.
void OwnKeys::give_up(const std::string& why, const Answer& answer) {
  wire_.log("encrypted rooms cannot be read: the server " + why + " (" + std::to_string(answer.status) + " " + error_code(answer) + ")");
  usable_ = false;
  finish(false);
}

void OwnKeys::refuse(std::string sentence) {
  done_ = nullptr;
  const std::string remedy = settings_.access_token.empty() ? "Log in as a new device: nurturer matrix login --config FILE"
                                                            : "Log in as a new device, and put its token into access_token_file.";
  const std::string recovery = settings_.recovery_key.empty() ? " Put the account's recovery key into " + settings_.recovery_key_file +
                                                                    " first: without it the new device stays unverified."
                                                              : "";
  failed_({Failure::Kind::credentials, "encryption of " + settings_.user + ": " + std::move(sentence) +
                                           ", so that nobody could be read or answered. " + remedy + recovery},
          true);
}

void OwnKeys::refuse_copy() {
  refuse("the encryption store is an old copy: the server has newer keys of device " + wire_.session().device);
}

void OwnKeys::identify() {
  wire_.crypt("identity", Json::object(), [this](const Crypted& outcome) {
    ed25519_ = text_at(outcome.value, {"ed25519"});
    curve25519_ = text_at(outcome.value, {"curve25519"});
    uploaded_ = flag_at(outcome.value, {"uploaded"});
    if (!ed25519_.empty()) return compare();
    failed_({Failure::Kind::internal, "the encryption store of " + settings_.user + " cannot be read (" + outcome.what + ")"}, false);
  });
}

void OwnKeys::compare() {
  wire_.crypt("query", {{"users", {settings_.user}}}, [this](const Crypted& outcome) {
    wire_.ask_until_served(KeyTraffic::request_of(outcome.value),
                           [this, request = outcome.value](const Answer& answer) { compared(request, answer); });
  });
}

void OwnKeys::compared(const Json& request, const Answer& answer) {
  const auto body = read_good(answer);
  if (!body) return give_up("does not tell the keys of devices", answer);
  const std::string& device = wire_.session().device;
  const Json* there = object_at(*body, {"device_keys", settings_.user, device});
  if (there != nullptr &&
      (text_at(*there, {"keys", "ed25519:" + device}) != ed25519_ || text_at(*there, {"keys", "curve25519:" + device}) != curve25519_)) {
    return refuse("the server knows device " + device +
                  " by other keys than those in the encryption store: the store was lost or replaced");
  }
  if (there == nullptr && uploaded_)
    wire_.log("the server has forgotten our keys: nobody can write to us encrypted; nurturer doctor tells more");
  const Json sent{{"id", text_at(request, {"id"})}, {"type", "query"}, {"answer", *body}};
  wire_.crypt("sent", sent, [this, body = *body](const Crypted&) {
    wire_.crypt("track", {{"users", {settings_.user}}}, [](const Crypted&) {});
    traffic_.drain([this, body](const Answer& drained) {
      if (!done_) return;  // refused meanwhile
      if (is_done(drained)) return sign_by_owner(body);
      if (!is_outage(drained) && drained.status != 429) return give_up("refuses our keys", drained);
      wire_.wake(std::max(wire_.try_at(), wire_.now() + std::chrono::seconds{5}), [this] { compare(); });
    });
  });
}

// --- cross-signing ---

void OwnKeys::sign_by_owner(const Json& answer) {
  const bool has_owner = object_at(answer, {"master_keys", settings_.user}) != nullptr;
  wire_.crypt("identity", Json::object(), [this, has_owner](const Crypted& outcome) {
    signs_ = flag_at(outcome.value, {"signs"});
    if (!has_owner) return bootstrap();
    if (!signs_) return restore();
    if (!flag_at(outcome.value, {"signed"})) return sign_device();
    look_for_secrets();
  });
}

void OwnKeys::bootstrap() {
  wire_.crypt("bootstrap", Json::object(), [this](const Crypted& outcome) {
    if (!outcome.fault.empty()) return unsigned_because(outcome.what);
    Json requests = outcome.value;
    traffic_.send_all(requests, [this, requests](const Answer& answer) {
      if (answer.status == 401) return approve(requests, answer);
      bootstrapped(answer);
    });
  });
}

// A server that wants to be shown again who we are (user-interactive authentication). A first time most of them do not ask.
void OwnKeys::approve(const Json& requests, const Answer& refusal) {
  const auto body = parse(refusal.body);
  if (!body || settings_.password.empty()) {
    return unsigned_because("the server wants the password for it: name password_file in [matrix] for one start, beside the token");
  }
  const Json auth{{"type", "m.login.password"},
                  {"identifier", {{"type", "m.id.user"}, {"user", settings_.user}}},
                  {"password", settings_.password},
                  {"session", text_at(*body, {"session"})}};
  Json again = Json::array();
  for (const Json& request : requests) {
    if (text_at(request, {"type"}) == "upload") continue;  // was taken before
    again.push_back(request);
    if (text_at(request, {"type"}) == "signing_keys") again.back()["body"]["auth"] = auth;
  }
  traffic_.send_all(again, [this](const Answer& answer) { bootstrapped(answer); });
}

void OwnKeys::bootstrapped(const Answer& answer) {
  if (!is_done(answer))
    return unsigned_because("the server refuses the account's keys: " + std::to_string(answer.status) + " " + error_code(answer));
  signs_ = true;
  wire_.log("this device is signed by its account from now on (cross-signing)");
  look_for_secrets();
}

void OwnKeys::sign_device() {
  wire_.crypt("sign_device", Json::object(), [this](const Crypted& outcome) {
    if (!outcome.fault.empty()) return unsigned_because(outcome.what);
    traffic_.send(outcome.value, [this](const Answer& answer) {
      if (!is_done(answer)) return unsigned_because("the server refuses the signature: " + std::to_string(answer.status));
      look_for_secrets();
    });
  });
}

// --- secret storage ---

// None may be there yet, as after a first start that was cut off, whatever lies in our file.
void OwnKeys::look_for_secrets() {
  wire_.ask_until_served(ask::account_data(settings_.user, std::string(default_key)), [this](const Answer& answer) {
    const auto body = read_good(answer);
    if (answer.status == 404 || (body && text_at(*body, {"key"}).empty())) return keep_secrets();
    finish(true);
  });
}

// First to the operator's file, then to the server: a secret storage that nobody can open would be worse than none.
void OwnKeys::keep_secrets() {
  wire_.crypt("make_secrets", Json::object(), [this](const Crypted& outcome) {
    const Json* data = at(outcome.value, {"account_data"});
    if (!outcome.fault.empty() || data == nullptr) return not_kept("none could be made: " + outcome.what);
    wire_.keep_recovery(text_at(outcome.value, {"recovery_key"}), [this, data = std::make_shared<Json>(*data)](const Crypted& kept) {
      if (!kept.fault.empty()) return not_kept(kept.what);
      put_secrets(data, 0);
    });
  });
}

// People are served meanwhile; doctor tells of it, and it is tried again until it is mended.
void OwnKeys::not_kept(const std::string& why) {
  constexpr net::Backoff pauses{std::chrono::seconds{10}, std::chrono::minutes{5}};
  if (why != std::exchange(recovery_fault_, why)) wire_.log("the account has no recovery key yet, " + why + "; it is tried again");
  wire_.wake(wire_.now() + net::wait_before_retry(pauses, not_kept_++, wire_.dice()), [this] { look_for_secrets(); });
  finish(true);
}

// In order; the name of the default key last, since what it names must be there.
void OwnKeys::put_secrets(const std::shared_ptr<Json>& data, std::size_t index) {
  if (index >= data->size()) {
    recovery_fault_.clear();
    return finish(true);
  }
  const Json& one = (*data)[index];
  const Request put = ask::set_account_data(settings_.user, text_at(one, {"type"}), one.value("content", Json::object()));
  wire_.ask_until_served(put, [this, data, index](const Answer& answer) {
    if (is_done(answer)) return put_secrets(data, index + 1);
    not_kept("the server refuses the secret storage: " + std::to_string(answer.status) + " " + error_code(answer));
  });
}

void OwnKeys::restore() {
  if (settings_.recovery_key.empty()) {
    return unsigned_because("the account was set up by another device. Put the account's recovery key into " + settings_.recovery_key_file +
                            " (only its owner may read it) and start again");
  }
  fetch({std::string(default_key)}, std::make_shared<Json>(Json::object()));
}

void OwnKeys::fetch(std::vector<std::string> types, const std::shared_ptr<Json>& found) {
  if (types.empty()) {
    const Json arguments{{"recovery_key", settings_.recovery_key}, {"account_data", *found}};
    return wire_.crypt("restore_secrets", arguments, [this](const Crypted& outcome) { restored(outcome); });
  }
  const std::string type = types.back();
  types.pop_back();
  wire_.ask_until_served(ask::account_data(settings_.user, type), [this, types, type, found](const Answer& answer) mutable {
    (*found)[type] = read_good(answer).value_or(Json::object());
    if (type == default_key) {
      types = kept_secrets;
      types.push_back("m.secret_storage.key." + text_at((*found)[type], {"key"}));
    }
    fetch(std::move(types), found);
  });
}

void OwnKeys::restored(const Crypted& outcome) {
  if (!outcome.fault.empty()) return unsigned_because(outcome.what + "; look at " + settings_.recovery_key_file);
  wire_.log("the account's keys were restored with the recovery key");
  sign_device();
}

void OwnKeys::unsigned_because(const std::string& why) {
  wire_.log("this device is not signed by its account, and some clients will not speak to it: " + why);
  finish(false);
}

void OwnKeys::finish(bool is_signed) {
  signed_ = is_signed;
  if (const Done done = std::exchange(done_, nullptr)) done();
}

}  // namespace nurturer::matrix
