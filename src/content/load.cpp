#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "content/content.hpp"
#include "content/documents.hpp"
#include "content/files.hpp"
#include "content/intents.hpp"
#include "content/leanings.hpp"
#include "content/link.hpp"
#include "content/places.hpp"
#include "content/scripts.hpp"

namespace nurturer::content {
namespace {

class Loading {
 public:
  Loading(const std::vector<Page>& pages, const std::string& language, Diagnostics diagnostics)
      : pages_(pages), language_(language), diagnostics_(std::move(diagnostics)), documents_(pages, language) {}

  [[nodiscard]] Loaded load() {
    Diagnostics told;  // by the engine
    end_ = documents_.end_of_intents();
    const auto words = read_language();
    content_ = std::make_unique<Content>(words, read_rules(), told);
    end_ = documents_.end();
    for (const Document* document = documents_.begin(); document != end_; ++document) tell(document->diagnostics);
    needed_files();
    read_responses(told);
    settle_all(told);
    in_order();
    return {std::move(content_), std::move(diagnostics_)};
  }

 private:
  void tell(const Diagnostics& mistakes) { diagnostics_.insert(diagnostics_.end(), mistakes.begin(), mistakes.end()); }

  /// What is read so far.
  [[nodiscard]] std::span<const Document> documents() const noexcept { return {documents_.begin(), end_}; }

  void needed_files() {
    for (const auto& [part, path] : {std::pair{Part::scopes, "intents/" + language_ + "/scopes.toml"},
                                     std::pair{Part::words, "responses/" + language_ + "/words.toml"},
                                     std::pair{Part::places, std::string("responses/places.toml")}}) {
      if (std::ranges::find(documents(), part, &Document::part) != documents().end()) continue;
      diagnostics_.push_back(
          {{path, 0}, "", "this file is missing", "every content needs one; docs/content-format.md says what stands in it"});
    }
  }

  /// `each(value, mistakes)` for every readable file of this part.
  template <typename Each>
  void for_each(Part part, Each&& each) {
    for (const Document& document : documents()) {
      if (document.part != part || !document.value) continue;
      Mistakes mistakes(*document.page, diagnostics_);
      each(*document.value, mistakes);
    }
  }

  [[nodiscard]] understanding::LanguageSource read_language() {
    understanding::LanguageSource source;
    Taken taken;
    for_each(Part::lists, [&](const Value& file, Mistakes& mistakes) { read_lists(file, taken, source, mistakes); });
    for (const Document& document : documents()) {
      if (document.part != Part::lists || document.value) continue;
      Mistakes mistakes(*document.page, diagnostics_);
      guess_lists(*document.page, taken, source, mistakes);
    }
    return source;
  }

  [[nodiscard]] understanding::Rules read_rules() {
    Scopes scopes;
    understanding::Rules rules;
    for_each(Part::scopes, [&](const Value& file, Mistakes& mistakes) { read_scopes(file, scopes, mistakes); });
    for_each(Part::intent, [&](const Value& file, Mistakes& mistakes) { read_intent(file, scopes, rules.cues, mistakes); });
    for_each(Part::flag, [&](const Value& file, Mistakes& mistakes) { read_flag(file, scopes, rules.cues, mistakes); });
    rules.scopes = std::move(scopes.all);
    for (const Page& page : pages_) {
      if (part_of(page.path(), language_) == Part::leanings) read_leanings(page, rules.leanings, diagnostics_);
    }
    return rules;
  }

  void read_responses(Diagnostics& told) {
    dialogue::Library& library = content_->library;
    Outline outline;
    std::set<std::string, std::less<>> regions;
    for (const Document& document : documents()) {
      if (document.part == Part::script) outline.add(document.page->name(), document.value ? &*document.value : nullptr);
      if (document.part == Part::help_lines) regions.emplace(document.page->name());
    }
    Phrases phrases(library.phrases, content_->language, told);
    Drafting drafting{outline, library, phrases};
    for_each(Part::script, [&](const Value& file, Mistakes& mistakes) { read_script(file, drafting, mistakes); });
    library.words.resize(dialogue::word_count);
    for_each(Part::words, [&](const Value& file, Mistakes& mistakes) { read_words(file, drafting, mistakes); });
    library.phrases.seal(content_->language);
    for_each(Part::help_lines, [&](const Value& file, Mistakes& mistakes) { read_help_lines(file, library, mistakes); });
    for_each(Part::places,
             [&](const Value& file, Mistakes& mistakes) { read_places(file, regions, content_->language.lexicon(), library, mistakes); });
    for_each(Part::forbidden, [&](const Value& file, Mistakes& mistakes) { read_forbidden(file, content_->forbidden, mistakes); });
    link(library, outline, pages_, language_, diagnostics_);
  }

  void settle_all(Diagnostics& told) {
    for (Diagnostic& diagnostic : told) {
      if (const Page* const page = find_page(pages_, diagnostic.source.file)) settle(*page, diagnostic);
      diagnostics_.push_back(std::move(diagnostic));
    }
  }

  /// By file and line, each once.
  void in_order() {
    const auto key = [](const Diagnostic& d) { return std::tie(d.source.file, d.source.line, d.problem, d.words, d.remedy); };
    std::ranges::stable_sort(diagnostics_, [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.source.file, a.source.line) < std::tie(b.source.file, b.source.line);
    });
    const auto rest = std::ranges::unique(diagnostics_, {}, key);
    diagnostics_.erase(rest.begin(), rest.end());
  }

  const std::vector<Page>& pages_;
  const std::string& language_;
  Diagnostics diagnostics_;
  Documents documents_;
  const Document* end_ = nullptr;
  std::unique_ptr<Content> content_;
};

Loaded load_files(std::vector<File> files, const std::string& language, Diagnostics diagnostics) {
  std::ranges::sort(files, {}, &File::path);
  std::vector<Page> pages;
  pages.reserve(files.size());
  for (File& file : files) pages.emplace_back(std::move(file));
  Loaded loaded = Loading(pages, language, std::move(diagnostics)).load();
  loaded.content->pages = std::move(pages);
  return loaded;
}

}  // namespace

Content::Content(const understanding::LanguageSource& words, understanding::Rules rules, Diagnostics& diagnostics)
    : language(understanding::Language::compile(words, diagnostics)),
      model(understanding::Model::compile(std::move(rules), language, diagnostics)) {}

Loaded load(const std::filesystem::path& folder, const std::string& language) {
  Diagnostics diagnostics;
  Folder read = read_folder(folder, language, diagnostics);
  if (read.found) return load_files(std::move(read.files), language, std::move(diagnostics));
  diagnostics.push_back({{folder.generic_string(), 0},
                         "",
                         "this folder holds no intents/" + language + " and no responses/" + language,
                         "name the folder in which both lie, with --content"});
  return {nullptr, std::move(diagnostics)};
}

Loaded load(std::vector<File> files, const std::string& language) { return load_files(std::move(files), language, {}); }

std::string print(const Diagnostic& diagnostic) {
  std::string text = diagnostic.source.file;
  if (diagnostic.source.line > 0) text += ":" + std::to_string(diagnostic.source.line);
  text += ": " + diagnostic.problem + "\n";
  if (!diagnostic.words.empty()) text += "    " + diagnostic.words + "\n";
  if (!diagnostic.remedy.empty()) text += "    -> " + diagnostic.remedy + "\n";
  return text;
}

}  // namespace nurturer::content
