#include "app/secret.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace nurturer::app {
namespace {

std::string trimmed(const std::string& line) {
  const auto begin = line.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

tl::expected<std::string, std::string> read_secret_file(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return tl::unexpected(path + ": " + std::strerror(errno) + ". Put the secret there, in one line.");
  if (!S_ISREG(status.st_mode)) return tl::unexpected(path + ": this is no file. Put the secret there, in one line.");
  if ((status.st_mode & (S_IROTH | S_IWOTH)) != 0) {
    return tl::unexpected(path + ": everybody on this machine may read it. Keep others out: chmod 600 " + path);
  }
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  std::string secret = trimmed(line);
  if (secret.empty()) return tl::unexpected(path + ": it is empty or cannot be read. Put the secret there, in one line.");
  return secret;
}

tl::expected<std::string, std::string> read_secret_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  std::string secret = value == nullptr ? std::string{} : trimmed(value);
  if (secret.empty()) return tl::unexpected("the environment variable " + name + " is not set; put the secret there, or name a file with token_file");
  return secret;
}

}  // namespace nurturer::app
