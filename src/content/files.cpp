#include "content/files.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <system_error>

namespace nurturer::content {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error || size > largest_file) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!stream.is_open() || stream.bad()) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(stream.gcount()));  // it may have shrunk meanwhile
  return bytes;
}

/// "panic.toml.txt", "panic.TOML": what editors and systems make of a name whose ending they hide.
bool almost_toml(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name.ends_with(".toml") || name.ends_with(".toml.txt") || name.ends_with(".tml");
}

class Reader {
 public:
  Reader(const fs::path& folder, const std::string& language, Diagnostics& diagnostics)
      : folder_(folder), language_(language), diagnostics_(diagnostics) {}

  /// Reads all files below `below`, or only those directly in it.
  void read(const std::string& below, bool deep) {
    std::error_code error;
    const fs::path start = folder_ / below;
    if (!fs::is_directory(start, error)) return;
    found_ = true;
    for (fs::recursive_directory_iterator at(start, error), end; !error && at != end; at.increment(error)) {
      if (!deep) at.disable_recursion_pending();
      std::error_code ignored;
      if (at->is_regular_file(ignored)) read_one(at->path());
    }
    if (error)
      diagnostics_.push_back({{below, 0}, "", "this folder cannot be read", "see whether it may be opened by you: " + error.message()});
  }

  [[nodiscard]] Folder done() {
    std::ranges::sort(files_, {}, &File::path);
    return {std::move(files_), found_};
  }

 private:
  void read_one(const fs::path& path) {
    const std::string name = path.filename().string();
    const std::string relative = path.lexically_relative(folder_).generic_string();
    const bool table = part_of(relative, language_) == Part::leanings;
    if (name.starts_with('.') || (!almost_toml(name) && !table)) return;
    if (!name.ends_with(".toml") && !table) {
      diagnostics_.push_back({{relative, 0},
                              name,
                              "this file is not read, because its name does not end in .toml",
                              "rename it to " + path.stem().stem().string() + ".toml"});
      return;
    }
    if (part_of(relative, language_) == Part::nothing) {
      diagnostics_.push_back(
          {{relative, 0},
           name,
           "nobody looks for a file in this folder",
           "move it to intents/" + language_ + "/, its lists/ or flags/, to responses/" + language_ + "/, or to responses/help_lines/"});
      return;
    }
    if (auto bytes = read_file(path)) {
      files_.push_back({relative, std::move(*bytes)});
    } else {
      diagnostics_.push_back(
          {{relative, 0}, name, "this file cannot be read", "see whether it may be opened by you, and is smaller than 4 MB"});
    }
  }

  const fs::path& folder_;
  const std::string& language_;
  Diagnostics& diagnostics_;
  std::vector<File> files_;
  bool found_ = false;
};

}  // namespace

Part part_of(std::string_view path, std::string_view language) {
  if (path == "intents/" + std::string(language) + "/leanings.tsv") return Part::leanings;
  if (!path.ends_with(".toml")) return Part::nothing;
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return Part::nothing;
  const std::string_view folder = path.substr(0, slash);
  const std::string_view name = path.substr(slash + 1);
  if (path == "responses/places.toml") return Part::places;
  if (folder == "responses/help_lines") return Part::help_lines;
  const auto in = [&](std::string_view above, std::string_view below) {
    return folder.size() == above.size() + language.size() + below.size() && folder.starts_with(above) && folder.ends_with(below) &&
           folder.substr(above.size(), language.size()) == language;
  };
  if (in("intents/", "")) return name == "scopes.toml" ? Part::scopes : Part::intent;
  if (in("intents/", "/lists")) return Part::lists;
  if (in("intents/", "/flags")) return Part::flag;
  if (!in("responses/", "")) return Part::nothing;
  return name == "words.toml" ? Part::words : name == "forbidden.toml" ? Part::forbidden : Part::script;
}

Folder read_folder(const fs::path& folder, const std::string& language, Diagnostics& diagnostics) {
  Reader reader(folder, language, diagnostics);
  reader.read("intents/" + language, true);
  reader.read("responses/" + language, true);
  reader.read("responses/help_lines", true);
  reader.read("responses", false);
  return reader.done();
}

}  // namespace nurturer::content
