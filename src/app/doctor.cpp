// `nurturer doctor`: what is wrong with the set-up, and the remedy.
#include <fmt/core.h>

#include <chrono>

#include "app/clock.hpp"
#include "app/commands.hpp"
#include "app/folders.hpp"
#include "app/loading.hpp"
#include "app/opening.hpp"
#include "app/platforms.hpp"
#include "app/service.hpp"

namespace nurturer::app {
namespace {

// A line a check: what was looked at, how it stands, and what to do when it does not.
class Report {
 public:
  void good(const std::string& what, const std::string& how) { fmt::print("ok    {:10} {}\n", what, how); }
  void note(const std::string& what, const std::string& how) { fmt::print("note  {:10} {}\n", what, how); }
  void bad(const std::string& what, const std::string& how, ExitCode code) {
    fmt::print("FAULT {:10} {}\n", what, how);
    if (code_ == ExitCode::done) code_ = code;
  }
  [[nodiscard]] ExitCode code() const { return code_; }

 private:
  ExitCode code_ = ExitCode::done;
};

void look_at_content(const Config& config, Report& report) {
  const auto folder = find_content(config.content);
  if (!folder) return report.bad("content", "none found; name its folder with content = \"...\" in the configuration", ExitCode::configuration);
  const content::Loaded loaded = content::load(*folder);
  if (!loaded.diagnostics.empty()) {
    return report.bad("content", fmt::format("{} mistakes in {}; `nurturer check {}` tells them", loaded.diagnostics.size(),
                                             folder->string(), folder->string()), ExitCode::configuration);
  }
  report.good("content", folder->string());
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const auto aged = content::check(*loaded.content, today);
  if (!aged.empty()) report.bad("content", fmt::format("{} things to mend; `nurturer check` tells them", aged.size()), ExitCode::faults_found);
  if (config.region.empty()) {
    report.note("region", "not set: people whose country is unknown see the lines of several countries. region = \"GB\" changes that");
  } else if (loaded.content->library.find_region(config.region) == nullptr) {
    report.bad("region", config.region + ": no help lines are shipped for it; people are shown findahelpline.com", ExitCode::configuration);
  } else {
    report.good("region", config.region);
  }
}

void look_at_store(const Config& config, Report& report) {
  try {
    const auto store = store::open_sqlite(config.store_path, config.key_file);
    report.good("store", config.store_path + " (key: " + config.key_file + "; keep a copy of the key apart from the data)");
  } catch (const store::Unavailable& error) {
    // The service itself holds it, as it should.
    if (error.why() == store::Unavailable::Why::locked) report.note("store", error.what());
    else report.bad("store", error.what(), code_of(error));
  }
}

void tell(const std::string& platform, const Findings& findings, Report& report) {
  for (const channel::Finding& finding : findings) {
    const std::string what = finding.what == platform ? platform : platform + " " + finding.what;
    switch (finding.how) {
      case channel::Finding::How::good: report.good(what, finding.sentence); break;
      case channel::Finding::How::note: report.note(what, finding.sentence); break;
      case channel::Finding::How::fault: report.bad(what, finding.sentence, code_of(finding.kind)); break;
    }
  }
}

void look_at_platforms(const Config& config, Report& report) {
  constexpr std::chrono::seconds patience{60};
  const auto all = platforms(config);
  if (all.empty()) report.note("platforms", "none; `nurturer run` needs a table [matrix] or [discord], `nurturer chat` does not");
  for (const Platform& platform : all) {
    Log log;
    net::Loop loop;
    const Surroundings around{
        loop, wall_now, real_dice(), [](const std::string&) {}, [&log](const std::string& secret) { log.hide(secret); }};
    bool told = false;
    platform.examine(around, [&](const Findings& findings) {
      told = true;
      tell(platform.name, findings, report);
      loop.stop();
    });
    const net::Timer limit = loop.after(patience, [&loop] { loop.stop(); });
    loop.run();
    if (!told) report.bad(platform.name, "did not answer within a minute; look at the network and at the server", ExitCode::unavailable);
  }
}

}  // namespace

ExitCode doctor(const std::string& file) {
  const auto config = open_config(file);
  if (!config) return ExitCode::configuration;
  Report report;
  report.good("config", file);
  look_at_content(*config, report);
  look_at_store(*config, report);
  look_at_platforms(*config, report);
  return report.code();
}

}  // namespace nurturer::app
