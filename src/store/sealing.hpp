#pragma once
// The cryptography of the store, and all of it: AES-256-GCM for what is kept, HMAC-SHA-256 for what is only compared,
// HKDF-SHA-256 for subkeys, the operating system's randomness by way of OpenSSL. It knows nothing of tables.
//
// A nonce is 96 random bits for every sealing. A person's key seals a few thousand records in a life, far below the 2^32
// sealings at which random nonces become doubtful.
// Failure of OpenSSL itself throws Unavailable(other): going on without randomness is never an answer.

#include <array>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct evp_mac_ctx_st;

namespace nurturer::store {

/// 256 secret bits. Moves, never copies; wiped when it goes and when it is moved from.
class Key {
 public:
  static constexpr std::size_t size = 32;

  [[nodiscard]] static Key random();
  /// Empty unless `bytes` is exactly `size` long. The caller wipes its own copy.
  [[nodiscard]] static std::optional<Key> from(std::string_view bytes);

  Key(Key&& other) noexcept;
  Key& operator=(Key&& other) noexcept;
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key();

  [[nodiscard]] const unsigned char* data() const noexcept { return bytes_.data(); }
  [[nodiscard]] std::string_view view() const noexcept;

 private:
  Key() = default;
  friend Key derive(const Key& from, std::string_view purpose);
  std::array<unsigned char, size> bytes_{};
};

/// Wipes the bytes that a key was read from.
void wipe(std::string& secret) noexcept;

/// Bytes that may lie on a disk: format (1 byte), nonce (12), ciphertext, tag (16).
struct Sealed {
  std::string bytes;
};

/// What an id is kept as.
struct Digest {
  std::string bytes;
  friend bool operator==(const Digest&, const Digest&) = default;
};

/// A subkey; different purposes give unrelated keys.
[[nodiscard]] Key derive(const Key& from, std::string_view purpose);

/// `place` says where the sealed bytes will stand; they open nowhere else.
[[nodiscard]] Sealed seal(const Key& key, std::string_view place, std::string_view plain);
[[nodiscard]] std::optional<std::string> unseal(const Key& key, std::string_view place, const Sealed& sealed);

[[nodiscard]] Digest digest(const Key& key, std::string_view bytes);

/// digest() with one key again and again, at a quarter of the price. Threads: one.
class Digester {
 public:
  explicit Digester(const Key& key);
  [[nodiscard]] Digest of(std::string_view bytes) const;

 private:
  struct Free {
    void operator()(evp_mac_ctx_st* context) const noexcept;
  };
  std::unique_ptr<evp_mac_ctx_st, Free> context_;  // OpenSSL wipes the key in it
};

/// Fields with their lengths, so that ("ab", "c") and ("a", "bc") are different bytes.
[[nodiscard]] std::string pack(std::initializer_list<std::string_view> fields);
/// Empty unless `packed` holds exactly `count` fields.
[[nodiscard]] std::optional<std::vector<std::string>> unpack(std::string_view packed, std::size_t count);

}  // namespace nurturer::store
