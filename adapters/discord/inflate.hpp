#pragma once
// The gateway's zlib-stream: one stream for the life of a connection; a message ends where the bytes end with 00 00 FF FF, and may
// come in several frames. https://discord.com/developers/docs/events/gateway#zlibstream

#include <memory>
#include <string>
#include <string_view>

namespace nurturer::discord {

class Inflate {
 public:
  enum class Result { message, incomplete, broken };

  /// Neither the compressed nor the inflated form of a message may be longer.
  explicit Inflate(std::size_t longest = std::size_t{8} << 20U);
  ~Inflate();
  Inflate(Inflate&&) noexcept;
  Inflate& operator=(Inflate&&) noexcept;
  Inflate(const Inflate&) = delete;
  Inflate& operator=(const Inflate&) = delete;

  /// With `message`, `into` holds a whole one. After `broken` the stream is of no use any more.
  [[nodiscard]] Result receive(std::string_view frame, std::string& into);

 private:
  struct Stream;
  [[nodiscard]] bool inflate_all(std::string& into);

  std::unique_ptr<Stream> stream_;
  std::string waiting_;
  std::size_t longest_;
};

}  // namespace nurturer::discord
