// The main function of every test binary. Tests read content and fixtures by paths from the top of the checkout ("intents/en"),
// so the program goes there first, from wherever it was started: it climbs from its own place to the folder with CMakePresets.json.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <cstdio>
#include <filesystem>

namespace {

bool enter_checkout() {
  namespace fs = std::filesystem;
  for (fs::path folder = fs::read_symlink("/proc/self/exe").parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
    if (!fs::exists(folder / "CMakePresets.json")) continue;
    fs::current_path(folder);
    return true;
  }
  return false;
}

}  // namespace

int main(int argc, char* argv[]) {
  if (!enter_checkout()) {
    std::fputs("no folder above this test binary holds CMakePresets.json: run it from where the build put it\n", stderr);
    return 70;
  }
  return Catch::Session().run(argc, argv);
}
