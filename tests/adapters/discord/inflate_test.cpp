// zlib-stream: one stream, any cut.
#include <catch2/catch.hpp>

#include <zlib.h>

#include <string>
#include <vector>

#include "adapters/discord/inflate.hpp"

using nurturer::discord::Inflate;

namespace {

class Deflate {
 public:
  Deflate() { deflateInit(&z_, Z_DEFAULT_COMPRESSION); }
  ~Deflate() { deflateEnd(&z_); }
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;
  Deflate(Deflate&&) = delete;
  Deflate& operator=(Deflate&&) = delete;

  std::string operator()(std::string text) {
    std::string packed(text.size() + 1'024, '\0');
    z_.next_in = reinterpret_cast<Bytef*>(text.data());
    z_.avail_in = static_cast<uInt>(text.size());
    z_.next_out = reinterpret_cast<Bytef*>(packed.data());
    z_.avail_out = static_cast<uInt>(packed.size());
    deflate(&z_, Z_SYNC_FLUSH);
    packed.resize(packed.size() - z_.avail_out);
    return packed;
  }

 private:
  z_stream z_{};
};

}  // namespace

TEST_CASE("messages come out as they went in, over one stream") {
  Deflate deflate;
  Inflate inflate;
  std::string out;
  for (const std::string& text : {std::string("{\"op\":10}"), std::string(100'000, 'x'), std::string("{\"op\":10}"), std::string("ä€😭")}) {
    REQUIRE(inflate.receive(deflate(text), out) == Inflate::Result::message);
    CHECK(out == text);
  }
}

TEST_CASE("a message may be cut at every byte") {
  const std::string text = "{\"t\":\"MESSAGE_CREATE\",\"d\":{\"content\":\"hello hello hello\"}}";
  const std::size_t size = Deflate()(text).size();
  for (std::size_t cut = 1; cut < size; ++cut) {
    Deflate deflate;
    Inflate inflate;
    std::string out;
    (void)inflate.receive(deflate("first"), out);
    const std::string packed = deflate(text);
    if (cut >= packed.size()) break;
    INFO(cut);
    REQUIRE(inflate.receive(packed.substr(0, cut), out) == Inflate::Result::incomplete);
    REQUIRE(inflate.receive(packed.substr(cut), out) == Inflate::Result::message);
    CHECK(out == text);
  }
}

TEST_CASE("byte by byte") {
  Deflate deflate;
  Inflate inflate;
  std::string out;
  const std::string packed = deflate("{\"op\":11}");
  for (std::size_t at = 0; at + 1 < packed.size(); ++at) {
    REQUIRE(inflate.receive(packed.substr(at, 1), out) == Inflate::Result::incomplete);
  }
  REQUIRE(inflate.receive(packed.substr(packed.size() - 1), out) == Inflate::Result::message);
  CHECK(out == "{\"op\":11}");
}

TEST_CASE("several messages in one frame come out together") {
  Deflate deflate;
  Inflate inflate;
  std::string out;
  std::string packed = deflate("one");
  packed += deflate("two");
  REQUIRE(inflate.receive(packed, out) == Inflate::Result::message);
  CHECK(out == "onetwo");
}

TEST_CASE("a bomb is refused before it is large") {
  Deflate deflate;
  Inflate inflate(std::size_t{1} << 16U);
  std::string out;
  CHECK(inflate.receive(deflate(std::string(std::size_t{32} << 20U, '0')), out) == Inflate::Result::broken);
  CHECK(out.size() <= std::size_t{1} << 16U);
  CHECK(inflate.receive(deflate("x"), out) == Inflate::Result::broken);  // and for good
}

TEST_CASE("bytes without an end are not gathered for ever") {
  Inflate inflate(1'000);
  std::string out;
  int frames = 0;
  while (frames < 100 && inflate.receive(std::string(100, 'x'), out) == Inflate::Result::incomplete) ++frames;
  CHECK(frames <= 10);
}

TEST_CASE("what was never packed is broken") {
  Inflate inflate;
  std::string out;
  CHECK(inflate.receive(std::string("nonsense\x00\x00\xFF\xFF", 12), out) == Inflate::Result::broken);
}
