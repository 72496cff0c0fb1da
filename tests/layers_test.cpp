// Holds the directions of ARCHITECTURE.md: reads the #include lines of the whole tree and says which of them point the wrong way,
// and that the engine takes neither time, nor chance, nor input from the machine.
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string_view>;

/// What the files below `folder` may include. The longest folder that fits a file decides.
struct Layer {
  std::string_view folder;
  Names ours;               // beginnings of "..." includes
  Names libraries;          // beginnings of <...> includes beside the standard library; one empty entry: any but Boost
  Names not_standard = {};  // standard headers that are out of bounds
};

const std::vector<Layer>& layers() {
  static const std::vector<Layer> all = {
      {"src/engine/",
       {"engine/"},
       {"unicode/", "re2/", "date/", "libical/", "tl/"},
       {"iostream", "fstream", "filesystem", "thread", "mutex", "future", "ctime", "cstdio", "random"}},
      {"src/content/", {"content/", "engine/"}, {"toml++/", "unicode/", "date/", "tl/"}},
      {"src/store/", {"store/", "engine/"}, {""}},
      {"src/app/", {"app/", "content/", "store/", "engine/", "adapters/"}, {""}},
      {"adapters/", {"adapters/channel.hpp"}, {""}},
      {"adapters/console/", {"adapters/channel.hpp", "adapters/keycap.hpp", "adapters/console/"}, {""}},
      {"adapters/discord/",
       {"adapters/channel.hpp", "adapters/adapter.hpp", "adapters/keycap.hpp", "adapters/net/", "adapters/discord/"},
       {""}},
      {"adapters/matrix/",
       {"adapters/channel.hpp", "adapters/adapter.hpp", "adapters/keycap.hpp", "adapters/net/", "adapters/matrix/"},
       {""}},
      {"adapters/net/", {"adapters/net/"}, {""}},
      {"tests/engine/", {"engine/", "tests/"}, {"catch2/", "unicode/", "re2/", "date/", "tl/"}},
  };
  return all;
}

const Layer* layer_of(std::string_view file) {
  const Layer* best = nullptr;
  for (const Layer& layer : layers()) {
    if (file.starts_with(layer.folder) && (best == nullptr || layer.folder.size() > best->folder.size())) best = &layer;
  }
  return best;
}

bool begins_with_one_of(std::string_view text, const Names& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [text](std::string_view b) { return text.starts_with(b); });
}

/// The file is one of the few that carry bytes over the network.
bool may_see_boost(std::string_view file) {
  const std::string_view name = file.substr(file.rfind('/') + 1);
  return file.starts_with("adapters/net/") || (file.starts_with("adapters/") && name.starts_with("link."));
}

std::string_view without_comment(std::string_view line) { return line.substr(0, line.find("//")); }

/// The name in an #include line with its first mark, `"engine/x.hpp` or `<vector`; empty for any other line.
std::string_view included(std::string_view line) {
  const auto skip_blanks = [&line] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip_blanks();
  if (!line.starts_with('#')) return {};
  line.remove_prefix(1);
  skip_blanks();
  if (!line.starts_with("include")) return {};
  line.remove_prefix(std::string_view("include").size());
  skip_blanks();
  const std::size_t end = line.find_first_of("\">", 1);
  return end == std::string_view::npos ? std::string_view{} : line.substr(0, end);
}

bool allows(const Layer& layer, std::string_view file, std::string_view include) {
  const bool ours = include.front() == '"';
  const std::string_view name = include.substr(1);
  const bool beside = name.find('/') == std::string_view::npos;
  if (ours && beside) return file.starts_with("tests/");  // what a few tests share lies beside them
  if (ours) return begins_with_one_of(name, layer.ours);
  if (name.starts_with("boost/")) return may_see_boost(file);
  const bool standard = beside && !name.ends_with(".h");
  if (standard) return std::find(layer.not_standard.begin(), layer.not_standard.end(), name) == layer.not_standard.end();
  return begins_with_one_of(name, layer.libraries);
}

constexpr std::array impure = {"::now(", "random_device", "getenv(", "std::rand(", "std::time(", "std::cin", "std::cout", "std::cerr"};

/// What is wrong with a line of a file, or nothing.
std::optional<std::string> fault(std::string_view file, std::string_view line) {
  const Layer* layer = layer_of(file);
  if (layer == nullptr) return std::nullopt;
  const std::string_view code = without_comment(line);
  if (const auto include = included(code); !include.empty()) {
    if (allows(*layer, file, include)) return std::nullopt;
    return std::string(file) + " may not include " + std::string(include.substr(1));
  }
  if (layer->folder != "src/engine/") return std::nullopt;
  for (const std::string_view word : impure) {
    if (code.find(word) == std::string_view::npos) continue;
    return std::string(file) + " uses " + std::string(word) + ": time, chance and input come in as values";
  }
  return std::nullopt;
}

std::vector<std::string> sources() {
  std::vector<std::string> files;
  for (const char* top : {"src", "adapters", "tests"}) {
    if (!fs::exists(top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(top)) {
      const auto extension = entry.path().extension();
      if (extension == ".cpp" || extension == ".hpp") files.push_back(entry.path().generic_string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> lines(const std::string& file) {
  std::ifstream in(file);
  std::vector<std::string> all;
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

}  // namespace

TEST_CASE("an include that points the wrong way is found") {
  CHECK(fault("src/engine/text/text.cpp", "#include \"content/content.hpp\""));
  CHECK(fault("src/engine/text/text.cpp", "#include \"text.hpp\""));
  CHECK(fault("src/engine/text/text.cpp", "#include <toml++/toml.h>"));
  CHECK(fault("src/engine/text/text.cpp", "  #  include <fstream>"));
  CHECK(fault("src/engine/text/text.cpp", "#include <unistd.h>"));
  CHECK(fault("src/content/load.cpp", "#include \"store/store.hpp\""));
  CHECK(fault("src/store/sqlite.cpp", "#include \"adapters/channel.hpp\""));
  CHECK(fault("src/app/bot.cpp", "#include <boost/asio.hpp>"));
  CHECK(fault("adapters/console/console.cpp", "#include \"engine/text/text.hpp\""));
  CHECK(fault("adapters/discord/gateway.cpp", "#include <boost/beast.hpp>"));
  CHECK(fault("adapters/discord/gateway.cpp", "#include \"adapters/matrix/sync.hpp\""));
  CHECK(fault("tests/engine/text/text_test.cpp", "#include \"content/content.hpp\""));
}

TEST_CASE("an include that points the right way is left alone") {
  CHECK_FALSE(fault("src/engine/text/text.cpp", "#include \"engine/text/text.hpp\"  // not \"content/x.hpp\""));
  CHECK_FALSE(fault("src/engine/text/text.cpp", "#include <unicode/normalizer2.h>"));
  CHECK_FALSE(fault("src/engine/text/text.cpp", "// #include <fstream>"));
  CHECK_FALSE(fault("src/content/load.cpp", "#include <toml++/toml.h>"));
  CHECK_FALSE(fault("tests/engine/text/read_test.cpp", "#include \"reading.hpp\""));
  CHECK_FALSE(fault("src/app/bot.cpp", "#include \"adapters/channel.hpp\""));
  CHECK_FALSE(fault("adapters/discord/link.cpp", "#include <boost/asio.hpp>"));
  CHECK_FALSE(fault("adapters/net/https.cpp", "#include <boost/beast.hpp>"));
}

TEST_CASE("an engine that looks at the clock is found") {
  CHECK(fault("src/engine/schedule/due.cpp", "  const auto t = std::chrono::system_clock::now();"));
  CHECK(fault("src/engine/dialogue/companion.cpp", "  std::random_device device;"));
  CHECK_FALSE(fault("src/engine/schedule/due.cpp", "  const auto t = moment.now;  // never system_clock::now()"));
  CHECK_FALSE(fault("src/app/bot.cpp", "  const auto t = std::chrono::system_clock::now();"));
}

TEST_CASE("every file keeps to its layer") {
  const auto files = sources();
  REQUIRE(std::count_if(files.begin(), files.end(), [](const auto& f) { return f.starts_with("src/engine/"); }) > 0);
  std::vector<std::string> faults;
  for (const std::string& file : files) {
    int number = 0;
    for (const std::string& line : lines(file)) {
      ++number;
      if (const auto found = fault(file, line)) faults.push_back("line " + std::to_string(number) + ": " + *found);
    }
  }
  CHECK(faults == std::vector<std::string>{});
}

// ctest runs the files that end in _test.cpp; a test elsewhere would stand there and never run.
TEST_CASE("tests stand only in files that ctest knows") {
  std::vector<std::string> strays;
  for (const std::string& file : sources()) {
    if (!file.starts_with("tests/") || file.ends_with("_test.cpp")) continue;
    for (const std::string& line : lines(file)) {
      if (line.starts_with("TEST_CASE") || line.starts_with("SCENARIO")) strays.push_back(file);
    }
  }
  CHECK(strays == std::vector<std::string>{});
}
