#include <catch2/catch.hpp>

#include <set>

#include "store/vault.hpp"

namespace nurturer::store::test {
namespace {

Key counting_key() {
  std::string bytes;
  for (std::size_t i = 0; i < Key::size; ++i) bytes += static_cast<char>(i);
  return std::move(*Key::from(bytes));
}

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

}  // namespace

// The values come from another implementation: what older programs sealed must open for ever.
TEST_CASE("the formats on the disk do not change") {
  const Key key = counting_key();
  CHECK(digest(key, "abc").bytes == from_hex("f0133729c4163dede81e21cd47839256da58171238c8a0d874397c73b14e1e47"));
  CHECK(derive(key, "purpose").view() == from_hex("c938f7c9c926b1456b39fd3811e7b2d8beccd709fed368d133553b438fb89d0b"));
  const Sealed sealed{from_hex("016465666768696a6b6c6d6e6f207eb20a16ecb785108c91edffd898f4752a36ee6e")};
  CHECK(unseal(key, "place", sealed) == "hello");
}

TEST_CASE("what is sealed opens with its key at its place, and nowhere else") {
  const Key key = Key::random();
  const std::string plain = GENERATE(std::string(), std::string("text"), std::string(100000, 'x'), std::string("\0\xff", 2));
  const Sealed sealed = seal(key, "place", plain);
  CHECK(unseal(key, "place", sealed) == plain);
  CHECK_FALSE(unseal(key, "plac", sealed));
  CHECK_FALSE(unseal(key, "", sealed));
  CHECK_FALSE(unseal(Key::random(), "place", sealed));
}

TEST_CASE("one changed bit, or one missing byte, and it does not open") {
  const Key key = Key::random();
  const Sealed sealed = seal(key, "place", "a few words");
  for (std::size_t bit = 0; bit < sealed.bytes.size() * 8; ++bit) {
    Sealed changed = sealed;
    changed.bytes[bit / 8] = static_cast<char>(changed.bytes[bit / 8] ^ (1 << bit % 8));
    REQUIRE_FALSE(unseal(key, "place", changed));
  }
  for (std::size_t size = 0; size < sealed.bytes.size(); ++size) REQUIRE_FALSE(unseal(key, "place", {sealed.bytes.substr(0, size)}));
}

TEST_CASE("no two sealings share a nonce or look alike") {
  const Key key = Key::random();
  std::set<std::string> nonces;
  for (int i = 0; i < 2000; ++i) nonces.insert(seal(key, "place", "same").bytes.substr(1, 12));
  CHECK(nonces.size() == 2000);
}

TEST_CASE("a moved key leaves nothing behind") {
  Key from = Key::random();
  const std::string bytes(from.view());
  const Key& left_behind = from;
  const Key to = std::move(from);
  CHECK(to.view() == bytes);
  CHECK(left_behind.view() == std::string(Key::size, '\0'));  // NOLINT(clang-analyzer-cplusplus.Move): tested here
  std::string secret = bytes;
  wipe(secret);
  CHECK(secret.empty());
}

TEST_CASE("packed fields keep their borders") {
  CHECK(pack({"ab", "c"}) != pack({"a", "bc"}));
  CHECK(pack({"ab"}) != pack({"ab", ""}));
  const std::string packed = pack({"one", "", std::string("\0", 1)});
  CHECK(unpack(packed, 3) == std::vector<std::string>{"one", "", std::string("\0", 1)});
  CHECK_FALSE(unpack(packed, 2));
  CHECK_FALSE(unpack(packed + "x", 3));
  for (std::size_t size = 0; size < packed.size(); ++size) REQUIRE_FALSE(unpack(packed.substr(0, size), 3));
  CHECK_FALSE(unpack(std::string(8, '\xff') + "x", 1));
}

TEST_CASE("names of different kinds, and of different deployments, are unrelated") {
  const Vault vault(counting_key());
  const Vault same(counting_key());
  const Vault other(Key::random());
  const Digest ann = vault.person({"ann"});
  const Digest ben = vault.person({"ben"});
  const std::set<std::string> all = {ann.bytes,
                                     ben.bytes,
                                     vault.room("matrix", "ann").bytes,
                                     vault.inbox("matrix", "ann").bytes,
                                     vault.room("discord", "ann").bytes,
                                     vault.record(ann, "talk:room").bytes,
                                     vault.record(ben, "talk:room").bytes,
                                     other.person({"ann"}).bytes,
                                     vault.check().bytes,
                                     other.check().bytes};
  CHECK(all.size() == 10);
  CHECK(same.person({"ann"}) == ann);
  CHECK(same.check() == vault.check());
}

TEST_CASE("a wrapped key opens at its place with its deployment's key") {
  const Vault vault(counting_key());
  const Key key = Key::random();
  const Sealed wrapped = vault.wrap(key, "persons/ann");
  CHECK(vault.unwrap(wrapped, "persons/ann")->view() == key.view());
  CHECK_FALSE(vault.unwrap(wrapped, "persons/ben"));
  CHECK_FALSE(Vault(Key::random()).unwrap(wrapped, "persons/ann"));
  // Each subkey has one purpose: a cursor cannot pass for a wrapped key.
  CHECK_FALSE(vault.unwrap(vault.seal_cursor("matrix", std::string(key.view())), pack({"cursors", "matrix"})));
}

}  // namespace nurturer::store::test
