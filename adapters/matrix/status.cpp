#include "adapters/matrix/status.hpp"

namespace nurturer::matrix {

std::string write_status(const Status& status) {
  return write(Json{{"last_sync", status.last_sync.time_since_epoch().count()},
                    {"rooms", status.rooms},
                    {"encrypted", status.encrypted},
                    {"limited", status.limited},
                    {"sending", status.sending}}) +
         "\n";
}

std::optional<Status> read_status(std::string_view bytes) {
  const auto json = parse(bytes);
  const auto last = json ? number_at(*json, {"last_sync"}) : std::nullopt;
  if (!last) return std::nullopt;
  const auto count = [&json](std::string_view key) { return number_at(*json, {key}).value_or(0); };
  return Status{Time{std::chrono::milliseconds{*last}}, count("rooms"), count("encrypted"), count("limited"), count("sending")};
}

}  // namespace nurturer::matrix
