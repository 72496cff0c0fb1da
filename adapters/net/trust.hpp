#pragma once
// Whom we believe to be who they say: the system's certificate authorities, and one file more for private servers.

#include <memory>
#include <string>
#include <tl/expected.hpp>

namespace nurturer::net {

class Trust {
 public:
  /// `ca_file` (PEM) is added to the system's; empty: the system's alone. Else a sentence that names the file.
  [[nodiscard]] static tl::expected<Trust, std::string> load(const std::string& ca_file = {});

  struct Context;  // dial.hpp
  [[nodiscard]] Context& context() const { return *context_; }

 private:
  explicit Trust(std::shared_ptr<Context> context) : context_(std::move(context)) {}
  std::shared_ptr<Context> context_;  // copies share it
};

}  // namespace nurturer::net
