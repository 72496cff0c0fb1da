#pragma once
// The Store on a folder. A session that a full or read-only disk spoiled is opened again by the next call that needs it.

#include <optional>
#include <string>

#include "store/session.hpp"
#include "store/store.hpp"

namespace nurturer::store {

class SqliteStore final : public Store {
 public:
  SqliteStore(const std::string& folder, const std::string& key_file);

  [[nodiscard]] bool seen(const std::string& channel, const std::string& inbox_id) override;
  [[nodiscard]] std::optional<std::string> find(const PersonId& person, const std::string& record) override;
  [[nodiscard]] bool knows(const PersonId& person) override;
  void commit(const Change& change) override;
  void forget(const PersonId& person) override;
  [[nodiscard]] std::vector<OutboxEntry> outbox(const std::string& channel, Time now, std::size_t most) override;
  void delivered(const std::string& outbox_id) override;
  void retry(const std::string& outbox_id, Time at) override;
  [[nodiscard]] std::vector<Timer> due(Time now, std::size_t most) override;
  [[nodiscard]] std::optional<Time> next_due(Time after) override;
  [[nodiscard]] std::vector<Timer> timers_of(const PersonId& person) override;
  [[nodiscard]] std::optional<std::string> cursor(const std::string& channel) override;
  void sweep(Time now, Time idle_since) override;

 private:
  Session& reading();
  Session& writing();

  std::string folder_, key_file_;
  std::optional<Session> session_;
};

}  // namespace nurturer::store
