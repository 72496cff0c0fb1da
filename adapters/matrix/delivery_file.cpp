// Files: sealed with a key of their own and kept by the server, which cannot read them; the key goes with the message, sealed as all are.
// https://spec.matrix.org/v1.16/client-server-api/#sending-encrypted-attachments
#include <utility>

#include "adapters/matrix/ask.hpp"
#include "adapters/matrix/delivery.hpp"
#include "adapters/matrix/writing.hpp"

namespace nurturer::matrix {
namespace {

const std::string not_sealed =
    "I can't hand out a file safely here: this chat is not encrypted. Ask me \"what do you know\": that shows all I keep about you, as "
    "text.";
const std::string not_taken =
    "The file didn't get through to you. Please ask for it once more later, or ask me \"what do you know\": that shows all I keep about "
    "you, as text.";

int digit(char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; }

std::string from_hex(const std::string& hex) {
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
  return bytes;
}

}  // namespace

void Delivery::say_instead(const JobPtr& job, const std::string& text) {
  job->out.kind = channel::Outgoing::Kind::say;
  job->out.text = text;
  write_to(job);
}

void Delivery::write_file(const JobPtr& job) {
  if (!keys_.must_seal(job->place.room)) return say_instead(job, not_sealed);
  wire_.crypt("seal_file", {{"path", job->out.path}}, [this, job](const Crypted& outcome) {
    std::string sealed = from_hex(text_at(outcome.value, {"sealed"}));
    if (!outcome.fault.empty() || sealed.empty()) {
      wire_.log("a file could not be sealed: " + outcome.what);
      return say_instead(job, not_taken);
    }
    Json file = outcome.value;
    file.erase("sealed");
    wire_.ask(ask::upload(std::move(sealed)), [this, job, file = std::move(file)](const Answer& answer) { uploaded(job, file, answer); });
  });
}

void Delivery::uploaded(const JobPtr& job, Json file, const Answer& answer) {
  const auto body = read_good(answer);
  const std::string url = body ? text_at(*body, {"content_uri"}) : std::string{};
  if (is_outage(answer) || answer.status == 429) return fail(job, answer);
  if (!url.starts_with("mxc://")) {
    wire_.log("a file was refused by the server: " + std::to_string(answer.status) + " " + error_code(answer));
    return say_instead(job, not_taken);
  }
  Json opened_by = file["file"];
  opened_by["url"] = url;
  job->contents.assign(1, write_attachment(job->out, job->place, job->direct, std::move(opened_by), file.value("size", std::int64_t{0})));
  job->events.clear();
  put(job);
}

}  // namespace nurturer::matrix
