#pragma once
// The commands of the program, one file each. Each prints to standard output and returns the exit code; what went wrong goes to standard
// error: what, where, what to do.

#include <optional>
#include <string>
#include <vector>

#include "app/exit_code.hpp"

namespace nurturer::app {

struct ChatOptions {
  bool json = false;
  bool memory = false;
  std::string data;     // folder; empty: the user's data folder
  std::string content;  // folder; empty: beside the checkout or installed
  std::string config;   // file; empty: none
  std::string now;      // RFC 3339; empty: the real clock
  std::string zone;
  std::string region;
  bool plain = false;  // for screen readers
};
ExitCode chat(const ChatOptions& options);

ExitCode classify(const std::string& content);

struct EvalOptions {
  std::vector<std::string> files;
  bool json = false;
  bool misses = false;
  std::string content;
};
ExitCode eval(const EvalOptions& options);

ExitCode explain(const std::string& text, bool group, const std::string& content);

struct CheckOptions {
  std::string folder;
  bool rows = false;
};
ExitCode check(const CheckOptions& options);

ExitCode run(const std::string& config);
ExitCode doctor(const std::string& config);
/// `nurturer matrix login`
ExitCode matrix_login(const std::string& config);

}  // namespace nurturer::app
