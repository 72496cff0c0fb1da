#include "adapters/matrix/session.hpp"

namespace nurturer::matrix {

std::string write_session(const Session& session) {
  Json json{{"homeserver", session.base}, {"user", session.user}, {"device", session.device}, {"token", session.token}};
  if (!session.refresh_token.empty()) json["refresh_token"] = session.refresh_token;
  if (session.spent) json["spent"] = true;
  if (session.expires) json["expires"] = session.expires->time_since_epoch().count();
  return write(json) + "\n";
}

std::optional<Session> read_session(std::string_view bytes) {
  const auto json = parse(bytes);
  if (!json) return std::nullopt;
  Session session{text_at(*json, {"homeserver"}), text_at(*json, {"user"}),          text_at(*json, {"device"}),
                  text_at(*json, {"token"}),      text_at(*json, {"refresh_token"}), std::nullopt};
  if (const auto expires = number_at(*json, {"expires"})) session.expires = Time{std::chrono::milliseconds{*expires}};
  session.spent = flag_at(*json, {"spent"});
  if (session.base.empty() || session.user.empty() || session.device.empty() || session.token.empty()) return std::nullopt;
  return session;
}

}  // namespace nurturer::matrix
