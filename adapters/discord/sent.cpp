#include "adapters/discord/sent.hpp"

#include <utility>

namespace nurturer::discord {
namespace {

constexpr std::chrono::hours kept{24};
constexpr std::size_t most = 5'000;

}  // namespace

void Sent::add(const std::string& outbox_id, Message message, Instant now) {
  while (!age_.empty() && (age_.size() >= most || now - age_.front().first > kept)) {
    const std::string oldest = age_.front().second;
    age_.pop_front();
    (void)take(oldest);
  }
  if (!message.id.empty()) by_message_[message.id] = outbox_id;
  by_outbox_id_[outbox_id].push_back(std::move(message));
  age_.emplace_back(now, outbox_id);
}

std::vector<Sent::Message> Sent::take(const std::string& outbox_id) {
  const auto found = by_outbox_id_.find(outbox_id);
  if (found == by_outbox_id_.end()) return {};
  std::vector<Message> messages = std::move(found->second);
  by_outbox_id_.erase(found);
  for (const Message& message : messages) by_message_.erase(message.id);
  return messages;
}

std::string Sent::outbox_id(const std::string& message) const {
  const auto found = by_message_.find(message);
  return found == by_message_.end() ? std::string{} : found->second;
}

}  // namespace nurturer::discord
