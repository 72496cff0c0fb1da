#pragma once
// What the operator reads on standard error: kinds, counts, marks. Never what people write, never names of people or rooms; secrets that
// were made known are struck out, should one ever get in.

#include <memory>
#include <string>
#include <vector>

namespace spdlog {
class logger;
}

namespace nurturer::app {

class Log {
 public:
  Log();
  ~Log();

  void info(const std::string& line);
  void warn(const std::string& line);
  void error(const std::string& line);

  /// A secret that must not be seen.
  void hide(const std::string& secret);

  /// Eight letters that stand for a name, the same as long as this process runs and no longer: lines can be matched, nobody can be found.
  [[nodiscard]] std::string mark(const std::string& name) const;

 private:
  [[nodiscard]] std::string cleaned(std::string line) const;

  std::shared_ptr<spdlog::logger> logger_;
  std::string key_;
  std::vector<std::string> secrets_;
};

}  // namespace nurturer::app
