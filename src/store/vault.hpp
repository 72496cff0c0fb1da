#pragma once
// How the deployment's key is used: the names that ids are kept under, and the wrapping of everybody's keys.
//
//   deployment's key --HKDF--> "names"   HMAC of persons, rooms, inbox ids, names of records
//                              "wrap"    wraps the key of each person, and the own key of entries of persons without a row
//                              "cursor"  seals the adapters' cursors, which are of nobody
//                              "check"   its digest stands in the database and tells a wrong key at once
// The deployment's key itself is dropped after that.

#include <optional>
#include <string>

#include "store/sealing.hpp"
#include "store/store.hpp"

namespace nurturer::store {

class Vault {
 public:
  explicit Vault(const Key& deployment);

  [[nodiscard]] const Digest& check() const noexcept { return check_; }

  [[nodiscard]] Digest person(const PersonId& person) const;
  [[nodiscard]] Digest room(const std::string& channel, const std::string& room) const;
  [[nodiscard]] Digest inbox(const std::string& channel, const std::string& id) const;
  /// The name is bound to the person: "talk:ROOM" of two members of a room look unrelated.
  [[nodiscard]] Digest record(const Digest& person, const std::string& name) const;

  [[nodiscard]] Sealed wrap(const Key& key, std::string_view place) const;
  [[nodiscard]] std::optional<Key> unwrap(const Sealed& wrapped, std::string_view place) const;

  [[nodiscard]] Sealed seal_cursor(const std::string& channel, const std::string& bytes) const;
  [[nodiscard]] std::optional<std::string> unseal_cursor(const std::string& channel, const Sealed& sealed) const;

 private:
  Digester names_;
  Key wrap_, cursor_;
  Digest check_;
};

}  // namespace nurturer::store
