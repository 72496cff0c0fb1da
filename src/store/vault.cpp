#include "store/vault.hpp"

namespace nurturer::store {

Vault::Vault(const Key& deployment)
    : names_(derive(deployment, "nurturer store 1: names")),
      wrap_(derive(deployment, "nurturer store 1: wrap")),
      cursor_(derive(deployment, "nurturer store 1: cursor")),
      check_(digest(derive(deployment, "nurturer store 1: check"), "check")) {}

Digest Vault::person(const PersonId& person) const { return names_.of(pack({"person", person.value})); }

Digest Vault::room(const std::string& channel, const std::string& room) const { return names_.of(pack({"room", channel, room})); }

Digest Vault::inbox(const std::string& channel, const std::string& id) const { return names_.of(pack({"inbox", channel, id})); }

Digest Vault::record(const Digest& person, const std::string& name) const { return names_.of(pack({"record", person.bytes, name})); }

Sealed Vault::wrap(const Key& key, std::string_view place) const { return seal(wrap_, place, key.view()); }

std::optional<Key> Vault::unwrap(const Sealed& wrapped, std::string_view place) const {
  auto bytes = unseal(wrap_, place, wrapped);
  if (!bytes) return std::nullopt;
  auto key = Key::from(*bytes);
  wipe(*bytes);
  return key;
}

Sealed Vault::seal_cursor(const std::string& channel, const std::string& bytes) const {
  return seal(cursor_, pack({"cursors", channel}), bytes);
}

std::optional<std::string> Vault::unseal_cursor(const std::string& channel, const Sealed& sealed) const {
  return unseal(cursor_, pack({"cursors", channel}), sealed);
}

}  // namespace nurturer::store
