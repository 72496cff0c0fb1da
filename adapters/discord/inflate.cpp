#include "adapters/discord/inflate.hpp"

#include <zlib.h>

#include <array>

namespace nurturer::discord {

struct Inflate::Stream {
  z_stream z{};
  bool good = false;
  Stream() : good(inflateInit(&z) == Z_OK) {}
  ~Stream() { inflateEnd(&z); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  Stream(Stream&&) = delete;
  Stream& operator=(Stream&&) = delete;
};

Inflate::Inflate(std::size_t longest) : stream_(std::make_unique<Stream>()), longest_(longest) {}
Inflate::~Inflate() = default;
Inflate::Inflate(Inflate&&) noexcept = default;
Inflate& Inflate::operator=(Inflate&&) noexcept = default;

Inflate::Result Inflate::receive(std::string_view frame, std::string& into) {
  if (!stream_->good || waiting_.size() + frame.size() > longest_) return Result::broken;
  waiting_ += frame;
  constexpr std::string_view end("\x00\x00\xFF\xFF", 4);
  if (!waiting_.ends_with(end)) return Result::incomplete;
  into.clear();
  const bool whole = inflate_all(into);
  waiting_.clear();
  if (whole) return Result::message;
  stream_->good = false;
  return Result::broken;
}

bool Inflate::inflate_all(std::string& into) {
  z_stream& z = stream_->z;
  z.next_in = reinterpret_cast<Bytef*>(waiting_.data());  // zlib does not write there
  z.avail_in = static_cast<uInt>(waiting_.size());
  std::array<char, 16384> piece;
  do {
    z.next_out = reinterpret_cast<Bytef*>(piece.data());
    z.avail_out = static_cast<uInt>(piece.size());
    const int result = inflate(&z, Z_SYNC_FLUSH);
    if (result != Z_OK && result != Z_BUF_ERROR) return false;  // the end of the stream is an error here: it has none
    const std::size_t made = piece.size() - z.avail_out;
    if (into.size() + made > longest_) return false;
    into.append(piece.data(), made);
    if (result == Z_BUF_ERROR && made == 0) break;
  } while (z.avail_in > 0 || z.avail_out == 0);
  return z.avail_in == 0;
}

}  // namespace nurturer::discord
