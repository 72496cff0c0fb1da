#pragma once
// An encryption engine in memory that answers as the real one does, without a cipher: what goes in and comes out is what is looked at.

#include <map>

#include "home.hpp"

namespace nurturer::matrix::test {

inline Settings sealed_settings() {
  Settings made = settings();
  made.encryption = true;
  made.recovery_key_file = "data/matrix-recovery-key";
  return made;
}

/// Whose keys the server tells: those of this device, and whether the account has keys.
inline Json told_keys(const std::string& ed25519 = "E", bool has_owner = true) {
  Json answer{{"device_keys", {{self, {{"D", {{"keys", {{"ed25519:D", ed25519}, {"curve25519:D", "C"}}}}}}}}}};
  if (has_owner) answer["master_keys"] = {{self, {{"keys", {{"ed25519:M", "M"}}}}}};
  return answer;
}

struct Engine {
  bool signs = true, is_signed = true, uploaded = true;
  std::vector<Json> outgoing;               // given once each, until "sent" was told
  std::map<std::string, Crypted> outcomes;  // of operations, instead of the usual ones

  std::vector<Json> steps;  // of verifications, given once each

  Crypted operator()(const Crypt& wanted) {
    if (wanted.operation == "verify" && !steps.empty()) {
      const Json step = steps.front();
      steps.erase(steps.begin());
      return {step};
    }
    if (const auto found = outcomes.find(wanted.operation); found != outcomes.end()) return found->second;
    if (wanted.operation == "identity")
      return {{{"ed25519", "E"}, {"curve25519", "C"}, {"uploaded", uploaded}, {"signs", signs}, {"signed", is_signed}}};
    if (wanted.operation == "query") return {request("q", "query", "keys/query")};
    if (wanted.operation == "outgoing") return {Json(outgoing)};
    if (wanted.operation == "sent") std::erase_if(outgoing, [&](const Json& one) { return one["id"] == wanted.arguments["id"]; });
    if (wanted.operation == "bootstrap")
      return {Json(std::vector<Json>{request("u", "upload", "keys/upload"), request("k", "signing_keys", "keys/device_signing/upload"),
                                     request("s", "signatures", "keys/signatures/upload")})};
    if (wanted.operation == "sign_device") return {request("s", "signatures", "keys/signatures/upload")};
    if (wanted.operation == "make_secrets") {
      Json data = Json::array();
      for (const char* type : {"m.secret_storage.key.x", "m.cross_signing.master", "m.secret_storage.default_key"})
        data.push_back({{"type", type}, {"content", {{"key", "x"}}}});
      return {{{"recovery_key", "Es Tz"}, {"account_data", data}}};
    }
    if (wanted.operation == "sync") return {{{"sessions", Json::array()}}};
    if (wanted.operation == "rooms" || wanted.operation == "share") return {Json::array()};
    if (wanted.operation == "encrypt") return {{{"algorithm", "m.megolm.v1.aes-sha2"}, {"ciphertext", "sealed"}}};
    return {};
  }
  static Json request(const std::string& id, const std::string& type, const std::string& path) {
    return {{"id", id}, {"type", type}, {"method", "POST"}, {"path", "/_matrix/client/v3/" + path}, {"body", {{"of", id}}}};
  }
};

/// A machine with that engine, on a server that knows its device.
class SealedHome : public Home {
 public:
  explicit SealedHome(Engine& engine_, Settings wished = sealed_settings(), Session before = session())
      : Home(std::move(wished), std::move(before)) {
    engine = [&engine_](const Crypt& wanted) { return engine_(wanted); };
    on("/keys/query", 200, told_keys());
    on("/account_data/m.secret_storage.default_key", 200, {{"key", "x"}});
  }
  [[nodiscard]] std::size_t operations(const std::string& name) const {
    return static_cast<std::size_t>(std::count_if(crypted.begin(), crypted.end(), [&](const Crypt& one) { return one.operation == name; }));
  }
};

}  // namespace nurturer::matrix::test
