#include "client.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <optional>

namespace nurturer::net::test {

File::File(const std::string& text) : path("/tmp/nurturer_net_XXXXXX") {
  ::close(::mkstemp(path.data()));
  std::ofstream(path) << text;
}
File::~File() { ::unlink(path.c_str()); }

Result Asker::ask(Request request) {
  std::optional<Result> answer;
  const Call call = client.send(std::move(request), [&](Result result) {
    answer = std::move(result);
    loop.stop();
  });
  const Timer limit = loop.after(std::chrono::seconds{20}, [this] { loop.stop(); });
  loop.run();
  if (!answer) throw std::runtime_error("no result was told");
  return std::move(*answer);
}

}  // namespace nurturer::net::test
