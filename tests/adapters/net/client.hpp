#pragma once
// A loop with a client, as most tests of requests need them.

#include <stdexcept>

#include "adapters/net/https.hpp"
#include "server.hpp"

namespace nurturer::net::test {

inline Url url_of(const std::string& text) {
  auto url = read_url(text);
  if (!url) throw std::invalid_argument(text + ": " + url.error());
  return *url;
}

/// A file that is gone with the test.
class File {
 public:
  explicit File(const std::string& text);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::string path;
};

struct Asker {
  explicit Asker(const std::string& ca_file = {}, Client::Options options = {.agent = "test"})
      : client(loop, Trust::load(ca_file).value(), options) {}

  /// Sends one request and runs the loop until its result is there, at most 20 s.
  Result ask(Request request);
  Result get(const std::string& url) { return ask({.url = url_of(url)}); }

  Loop loop;
  Client client;
};

}  // namespace nurturer::net::test
