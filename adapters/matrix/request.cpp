#include "adapters/matrix/request.hpp"

#include <algorithm>

namespace nurturer::matrix {

std::string error_code(const Answer& answer) {
  if (answer.status < 300) return {};
  const auto body = parse(answer.body);
  return body ? text_at(*body, {"errcode"}) : std::string{};
}

std::optional<std::chrono::milliseconds> asked_to_wait(const Answer& answer) {
  constexpr std::chrono::milliseconds most = std::chrono::hours{1};
  if (answer.retry_after) return std::clamp(*answer.retry_after, std::chrono::milliseconds{0}, most);
  const auto body = parse(answer.body);
  const auto wait = body ? number_at(*body, {"retry_after_ms"}) : std::nullopt;
  if (!wait || *wait < 0) return std::nullopt;
  return std::chrono::milliseconds{std::min<std::int64_t>(*wait, most.count())};
}

bool is_outage(const Answer& answer) {
  if (answer.status == 0 || answer.status >= 500) return true;
  if (answer.status == 429) return false;
  if (answer.status >= 300) return error_code(answer).empty();
  return !parse(answer.body);
}

std::optional<Json> read_good(const Answer& answer) {
  if (!is_done(answer)) return std::nullopt;
  return parse(answer.body);
}

}  // namespace nurturer::matrix
