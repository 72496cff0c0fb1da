#include "adapters/matrix/status.hpp"

namespace nurturer::matrix {

std::string write_status(const Status& status) {
  return write(Json{{"last_sync", status.last_sync.time_since_epoch().count()},
                    {"rooms", status.rooms},
                    {"encrypted", status.encrypted},
                    {"limited", status.limited},
                    {"sending", status.sending},
                    {"encryption", status.encryption},
                    {"fingerprint", status.fingerprint},
                    {"signed", status.is_signed},
                    {"recovery_fault", status.recovery_fault},
                    {"unreadable", status.unreadable},
                    {"why_unreadable", status.why_unreadable}}) +
         "\n";
}

std::optional<Status> read_status(std::string_view bytes) {
  const auto json = parse(bytes);
  const auto last = json ? number_at(*json, {"last_sync"}) : std::nullopt;
  if (!last) return std::nullopt;
  const auto count = [&json](std::string_view key) { return number_at(*json, {key}).value_or(0); };
  Status status;
  status.last_sync = Time{std::chrono::milliseconds{*last}};
  status.rooms = count("rooms");
  status.encrypted = count("encrypted");
  status.limited = count("limited");
  status.sending = count("sending");
  status.encryption = flag_at(*json, {"encryption"});
  status.fingerprint = text_at(*json, {"fingerprint"});
  status.is_signed = flag_at(*json, {"signed"});
  status.recovery_fault = text_at(*json, {"recovery_fault"});
  status.unreadable = count("unreadable");
  status.why_unreadable = text_at(*json, {"why_unreadable"});
  return status;
}

}  // namespace nurturer::matrix
