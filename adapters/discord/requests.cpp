#include "adapters/discord/requests.hpp"

#include <openssl/evp.h>

#include <array>
#include <utility>

#include "adapters/discord/split.hpp"
#include "adapters/net/url.hpp"

namespace nurturer::discord {
namespace {

// Answers to interactions come within seconds or not at all.
constexpr std::chrono::seconds callback_patience{10};
constexpr std::chrono::seconds message_patience{8};  // then the service decides what is tried next
constexpr std::chrono::seconds answer_patience{60};

Json message_json(const Body& body) {
  Json json{{"content", body.content}, {"allowed_mentions", {{"parse", Json::array()}, {"replied_user", false}}}};
  if (!body.components.empty()) json["components"] = body.components;
  if (!body.file_name.empty()) json["attachments"] = Json::array({{{"id", "0"}, {"filename", body.file_name}}});
  return json;
}

// The boundary must not stand in the file. It is drawn from the content, so that a repeated request is the same byte for byte.
std::string boundary_for(const std::string& json, const std::string& file) {
  for (std::size_t n = 0;; ++n) {
    std::string boundary = "nurturer-" + nonce(json, n);
    if (file.find(boundary) == std::string::npos && json.find(boundary) == std::string::npos) return boundary;
  }
}

std::string quoted(std::string name) {
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7F) c = '_';
  }
  return name;
}

/// `json` with the file of `body`, if there is one.
void set_body(Request& request, const Json& json, const Body& body) {
  request.type = "application/json";
  request.body = dump(json);
  if (body.file_name.empty()) return;
  const std::string boundary = boundary_for(request.body, body.file);
  request.type = "multipart/form-data; boundary=" + boundary;
  request.body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n" +
                 request.body + "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"" +
                 quoted(body.file_name) + "\"\r\nContent-Type: " + body.file_type + "\r\n\r\n" + body.file + "\r\n--" + boundary + "--\r\n";
}

Request make(std::string method, std::string path, std::string route, std::string major) {
  Request request;
  request.route = method + " " + std::move(route);
  request.method = std::move(method);
  request.path = std::move(path);
  request.major = std::move(major);
  return request;
}

Request callback(const Answerable& to, const Json& json, const Body& body = {}) {
  Request request = make("POST", "/interactions/" + to.id + "/" + to.token + "/callback", "/interactions/:id/:token/callback", to.id);
  request.interaction = true;
  request.patience = callback_patience;
  set_body(request, json, body);
  return request;
}

Request answer(std::string method, const Answerable& to, const std::string& tail) {
  Request request = make(std::move(method), "/webhooks/" + to.application + "/" + to.token + tail, "/webhooks/:id/:token" + tail, to.id);
  request.interaction = true;
  request.patience = answer_patience;
  return request;
}

}  // namespace

std::vector<Body> bodies(const channel::Outgoing& outgoing) {
  std::vector<Body> all;
  for (std::string& piece : split(plain(outgoing.text))) all.push_back({std::move(piece), Json::array(), {}, {}, {}});
  if (!all.empty() && !outgoing.choices.empty()) all.back().components = components(outgoing.choices, outgoing.to);
  return all;
}

std::string nonce(const std::string& outbox_id, std::size_t piece) {
  const std::string whole = outbox_id + "/" + std::to_string(piece);
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int size = 0;
  EVP_Digest(whole.data(), whole.size(), hash.data(), &size, EVP_sha256(), nullptr);
  constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz234567";
  std::string written;
  for (std::size_t at = 0; at < 15; at += 5) {  // 40 bits are 8 digits
    std::uint64_t five = 0;
    for (std::size_t n = 0; n < 5; ++n) five = five << 8U | hash[at + n];
    for (int shift = 35; shift >= 0; shift -= 5) written += digits[five >> static_cast<unsigned>(shift) & 31U];
  }
  return written;
}

Request create_message(const std::string& channel, const Body& body, const std::string& once, const std::string& replies_to) {
  Request request = make("POST", "/channels/" + channel + "/messages", "/channels/:id/messages", channel);
  request.patience = message_patience;
  Json json = message_json(body);
  json["nonce"] = once;
  json["enforce_nonce"] = true;
  if (!replies_to.empty()) json["message_reference"] = {{"message_id", replies_to}, {"fail_if_not_exists", false}};
  set_body(request, json, body);
  return request;
}

Request set_reaction(const std::string& channel, const std::string& message, const std::string& emoji) {
  Request request = make("PUT", "/channels/" + channel + "/messages/" + message + "/reactions/" + net::encode(emoji) + "/@me",
                         "/channels/:id/messages/:id/reactions/:emoji/@me", channel);
  request.patience = message_patience;
  return request;
}

Request delete_message(const std::string& channel, const std::string& message) {
  return make("DELETE", "/channels/" + channel + "/messages/" + message, "/channels/:id/messages/:id", channel);
}

Request open_private_channel(const std::string& user) {
  Request request = make("POST", "/users/@me/channels", "/users/@me/channels", "");
  set_body(request, {{"recipient_id", user}}, {});
  return request;
}

Request messages_after(const std::string& channel, const std::string& message, int most) {
  return make("GET", "/channels/" + channel + "/messages?after=" + message + "&limit=" + std::to_string(most), "/channels/:id/messages",
              channel);
}

Request callback_message(const Answerable& to, const Body& body, bool hidden) {
  Json data = message_json(body);
  if (hidden) data["flags"] = ephemeral;
  return callback(to, {{"type", 4}, {"data", std::move(data)}}, body);
}

Request callback_deferred(const Answerable& to, bool hidden) {
  Json json{{"type", 5}};
  if (hidden) json["data"] = {{"flags", ephemeral}};
  return callback(to, json);
}

Request callback_noted(const Answerable& to) { return callback(to, {{"type", 6}}); }

Request callback_modal(const Answerable& to, Json modal) { return callback(to, {{"type", 9}, {"data", std::move(modal)}}); }

Request callback_proposals(const Answerable& to, const std::vector<channel::Choice>& proposals) {
  Json choices = Json::array();
  for (const auto& [value, name] : proposals) choices.push_back({{"name", name}, {"value", value}});
  return callback(to, {{"type", 8}, {"data", {{"choices", std::move(choices)}}}});
}

Request edit_answer(const Answerable& to, const Body& body) {
  Request request = answer("PATCH", to, "/messages/@original");
  Json json = message_json(body);
  json["components"] = body.components;  // also none: those of before go
  set_body(request, json, body);
  return request;
}

Request get_answer(const Answerable& to) { return answer("GET", to, "/messages/@original"); }

Request delete_answer(const Answerable& to) { return answer("DELETE", to, "/messages/@original"); }

Request follow_up(const Answerable& to, const Body& body, bool hidden) {
  Request request = answer("POST", to, "");
  Json json = message_json(body);
  if (hidden) json["flags"] = ephemeral;
  set_body(request, json, body);
  return request;
}

Request get(const std::string& path) {
  Request request = make("GET", path, path, "");
  return request;
}

Request put_commands(const std::string& application, const Json& commands) {
  Request request = make("PUT", "/applications/" + application + "/commands", "/applications/:id/commands", application);
  request.type = "application/json";
  request.body = dump(commands);
  return request;
}

}  // namespace nurturer::discord
