#include "app/log.hpp"

#include <fmt/core.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>

namespace nurturer::app {

Log::Log() : logger_(std::make_shared<spdlog::logger>("nurturer", std::make_shared<spdlog::sinks::stderr_sink_mt>())), key_(32, '\0') {
  logger_->set_formatter(std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%SZ %l %v", spdlog::pattern_time_type::utc));
  logger_->flush_on(spdlog::level::info);
  RAND_bytes(reinterpret_cast<unsigned char*>(key_.data()), static_cast<int>(key_.size()));
}
Log::~Log() = default;

void Log::info(const std::string& line) { logger_->info(cleaned(line)); }
void Log::warn(const std::string& line) { logger_->warn(cleaned(line)); }
void Log::error(const std::string& line) { logger_->error(cleaned(line)); }

void Log::hide(const std::string& secret) {
  constexpr std::size_t shortest = 4;  // a shorter one would strike out half of what is said
  if (secret.size() >= shortest) secrets_.push_back(secret);
}

std::string Log::cleaned(std::string line) const {
  for (const std::string& secret : secrets_) {
    for (auto at = line.find(secret); at != std::string::npos; at = line.find(secret, at)) line.replace(at, secret.size(), "***");
  }
  // A line is a line: what a server sends must not look like one of ours.
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return line;
}

std::string Log::mark(const std::string& name) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), reinterpret_cast<const unsigned char*>(name.data()), name.size(), digest.data(),
       &size);
  return fmt::format("{:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3]);
}

}  // namespace nurturer::app
