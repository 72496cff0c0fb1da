// Any bytes as one file of an otherwise valid content. The first byte says which file. Loading and checking must end, and whatever is told
// must point into a file and be text. The other files are those of tests/fixtures/content_small.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "content/content.hpp"
#include "content/utf8.hpp"

using namespace nurturer;
using content::File;

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 12> paths{"intents/en/panic.toml",        "intents/en/crisis_suicide.toml",
                                                 "intents/en/flags/heart.toml",  "intents/en/scopes.toml",
                                                 "intents/en/lists/words.toml",  "intents/en/lists/more.toml",
                                                 "responses/en/breathing.toml",  "responses/en/safety.crisis_suicide.toml",
                                                 "responses/en/words.toml",      "responses/en/forbidden.toml",
                                                 "responses/help_lines/GB.toml", "responses/places.toml"};

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// The small content, found from wherever the program lies in the checkout.
std::vector<File> read_small() {
  for (fs::path folder = fs::read_symlink("/proc/self/exe").parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
    const fs::path small = folder / "tests/fixtures/content_small";
    if (!fs::exists(small)) continue;
    std::vector<File> files;
    for (const auto& entry : fs::recursive_directory_iterator(small)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      files.push_back({entry.path().lexically_relative(small).generic_string(),
                       std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>())});
    }
    return files;
  }
  std::fputs("no folder above this program holds tests/fixtures/content_small\n", stderr);
  std::abort();
}

std::vector<File> with(std::string_view path, std::string_view bytes) {
  static const std::vector<File> small = read_small();
  std::vector<File> files = small;
  const auto found = std::ranges::find(files, path, &File::path);
  File& file = found == files.end() ? files.emplace_back() : *found;
  file = {std::string(path), std::string(bytes)};
  return files;
}

void require_sense(const Diagnostics& diagnostics, const std::vector<File>& files) {
  for (const Diagnostic& told : diagnostics) {
    require(!told.problem.empty() && !told.source.file.empty(), "something is told about nothing");
    require(content::first_not_utf8(content::print(told)) == std::string_view::npos, "what is told is no text");
    const auto file = std::ranges::find(files, told.source.file, &File::path);
    const auto lines = file == files.end() ? 0 : std::ranges::count(file->bytes, '\n') + 1;
    require(told.source.line <= static_cast<std::uint64_t>(lines), "the line is not in the file");
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto files = with(paths[data[0] % paths.size()], bytes);
  const auto loaded = content::load(files);
  require(loaded.content != nullptr, "no content, though there are files");
  require_sense(loaded.diagnostics, files);
  require_sense(content::check(*loaded.content), files);
  return 0;
}
