#include "store/sealing.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <algorithm>
#include <climits>
#include <cstdint>
#include <memory>

#include "store/store.hpp"

namespace nurturer::store {
namespace {

constexpr char format = 1;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t frame_size = 1 + nonce_size + tag_size;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
using Kdf = std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)>;
using KdfContext = std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)>;

void need(bool done) {
  if (!done)
    throw Unavailable(Unavailable::Why::other,
                      "the cryptography of OpenSSL failed, nothing was saved: check the installation of libssl and start again.");
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

int length_of(std::string_view text) {
  need(text.size() <= static_cast<std::size_t>(INT_MAX) - frame_size);
  return static_cast<int>(text.size());
}

// Looked up by name once: that costs more than to seal a line. It never changes.
const EVP_CIPHER* aes_gcm() {
  static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr),
                                                                              &EVP_CIPHER_free);
  need(cipher != nullptr);
  return cipher.get();
}

}  // namespace

Key Key::random() {
  Key key;
  need(RAND_priv_bytes(key.bytes_.data(), static_cast<int>(size)) == 1);
  return key;
}

std::optional<Key> Key::from(std::string_view bytes) {
  if (bytes.size() != size) return std::nullopt;
  Key key;
  std::copy_n(bytes_of(bytes), size, key.bytes_.begin());
  return key;
}

Key::Key(Key&& other) noexcept : bytes_(other.bytes_) { OPENSSL_cleanse(other.bytes_.data(), size); }

Key& Key::operator=(Key&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    OPENSSL_cleanse(other.bytes_.data(), size);
  }
  return *this;
}

Key::~Key() { OPENSSL_cleanse(bytes_.data(), size); }

std::string_view Key::view() const noexcept { return {reinterpret_cast<const char*>(bytes_.data()), size}; }

void wipe(std::string& secret) noexcept {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

void Digester::Free::operator()(evp_mac_ctx_st* context) const noexcept { EVP_MAC_CTX_free(context); }

Digester::Digester(const Key& key) {
  const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr), &EVP_MAC_free);
  need(mac != nullptr);
  context_.reset(EVP_MAC_CTX_new(mac.get()));
  need(context_ != nullptr);
  char hash[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, hash, 0), OSSL_PARAM_construct_end()};
  need(EVP_MAC_init(context_.get(), key.data(), Key::size, parameters) == 1);
}

Digest Digester::of(std::string_view bytes) const {
  Digest result{std::string(32, '\0')};
  std::size_t length = 0;
  // Without a key: begins anew with the one that is there.
  need(EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1);
  need(EVP_MAC_update(context_.get(), bytes_of(bytes), bytes.size()) == 1);
  need(EVP_MAC_final(context_.get(), bytes_of(result.bytes), &length, result.bytes.size()) == 1);
  need(length == result.bytes.size());
  return result;
}

Key derive(const Key& from, std::string_view purpose) {
  const Kdf kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
  need(kdf != nullptr);
  const KdfContext context(EVP_KDF_CTX_new(kdf.get()), &EVP_KDF_CTX_free);
  need(context != nullptr);
  char hash[] = "SHA256";
  // The parameters are not written to; OpenSSL only lacks the const.
  auto* secret = const_cast<unsigned char*>(from.data());
  auto* info = const_cast<char*>(purpose.data());
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, hash, 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret, Key::size),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info, purpose.size()),
      OSSL_PARAM_construct_end(),
  };
  Key key;
  need(EVP_KDF_derive(context.get(), key.bytes_.data(), Key::size, parameters) == 1);
  return key;
}

Sealed seal(const Key& key, std::string_view place, std::string_view plain) {
  const int length = length_of(plain);
  Sealed sealed{std::string(frame_size + plain.size(), format)};
  unsigned char* nonce = bytes_of(sealed.bytes) + 1;
  unsigned char* text = nonce + nonce_size;
  need(RAND_bytes(nonce, static_cast<int>(nonce_size)) == 1);

  const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  need(cipher != nullptr);
  int written = 0;
  need(EVP_EncryptInit_ex(cipher.get(), aes_gcm(), nullptr, key.data(), nonce) == 1);
  need(EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytes_of(place), length_of(place)) == 1);
  need(EVP_EncryptUpdate(cipher.get(), text, &written, bytes_of(plain), length) == 1);
  need(EVP_EncryptFinal_ex(cipher.get(), text + written, &written) == 1);
  need(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_size), text + length) == 1);
  return sealed;
}

std::optional<std::string> unseal(const Key& key, std::string_view place, const Sealed& sealed) {
  if (sealed.bytes.size() < frame_size || sealed.bytes.front() != format) return std::nullopt;
  const unsigned char* nonce = bytes_of(std::string_view(sealed.bytes)) + 1;
  const unsigned char* text = nonce + nonce_size;
  std::string plain(sealed.bytes.size() - frame_size, '\0');
  const int length = length_of(plain);
  std::array<unsigned char, tag_size> tag{};
  std::copy_n(text + length, tag_size, tag.begin());

  const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  need(cipher != nullptr);
  int written = 0;
  need(EVP_DecryptInit_ex(cipher.get(), aes_gcm(), nullptr, key.data(), nonce) == 1);
  need(EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytes_of(place), length_of(place)) == 1);
  need(EVP_DecryptUpdate(cipher.get(), bytes_of(plain), &written, text, length) == 1);
  need(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_size), tag.data()) == 1);
  if (EVP_DecryptFinal_ex(cipher.get(), bytes_of(plain) + written, &written) != 1) return std::nullopt;
  return plain;
}

Digest digest(const Key& key, std::string_view bytes) {
  Digest result{std::string(32, '\0')};
  std::size_t length = 0;
  const auto* done = EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.data(), Key::size, bytes_of(bytes), bytes.size(),
                               bytes_of(result.bytes), result.bytes.size(), &length);
  need(done != nullptr && length == result.bytes.size());
  return result;
}

std::string pack(std::initializer_list<std::string_view> fields) {
  std::string packed;
  for (const auto field : fields) {
    const auto size = static_cast<std::uint64_t>(field.size());
    for (int shift = 56; shift >= 0; shift -= 8) packed += static_cast<char>((size >> shift) & 0xff);
    packed += field;
  }
  return packed;
}

std::optional<std::vector<std::string>> unpack(std::string_view packed, std::size_t count) {
  std::vector<std::string> fields;
  while (packed.size() >= 8) {
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < 8; ++i) size = size << 8 | static_cast<unsigned char>(packed[i]);
    packed.remove_prefix(8);
    if (size > packed.size()) return std::nullopt;
    fields.emplace_back(packed.substr(0, size));
    packed.remove_prefix(size);
  }
  if (!packed.empty() || fields.size() != count) return std::nullopt;
  return fields;
}

}  // namespace nurturer::store
