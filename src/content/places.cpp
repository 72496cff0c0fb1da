#include "content/places.hpp"

#include <algorithm>
#include <map>

#include "engine/text/text.hpp"

namespace nurturer::content {
namespace {

/// A place's name as the words of a message, so that it is found in one.
std::string as_read(std::string_view name, const text::Lexicon& lexicon, text::Text& text) {
  text::read(name, lexicon, text);
  std::string words;
  for (const text::Token& token : text.tokens) {
    if (!words.empty()) words += ' ';
    words.append(text.folded, token.folded.begin, token.folded.end - token.folded.begin);
  }
  return words;
}

void check_region(const std::optional<Words>& region, Mistakes& mistakes) {
  if (!region || known_region(region->text)) return;
  mistakes.add(region->line, "there is no country " + in_quotes(region->text),
               did_you_mean(region->text, known_regions(), "use the two capital letters of ISO 3166, such as GB"), region->text);
}

void check_zone(const std::optional<Words>& zone, Mistakes& mistakes) {
  if (!zone || known_zone(zone->text)) return;
  mistakes.add(zone->line, "there is no time zone " + in_quotes(zone->text),
               did_you_mean(zone->text, known_zones(), "write it as in the tz database, such as Europe/London"), zone->text);
}

class Places {
 public:
  Places(const text::Lexicon& lexicon, dialogue::Library& into, Mistakes& mistakes) : lexicon_(lexicon), into_(into), mistakes_(mistakes) {}

  void read(const Value& entry) {
    Table table(entry, "place", mistakes_);
    const auto names = table.texts("names", "names = [\"uk\", \"england\"]");
    const auto region = table.text("region", "region = \"GB\"");
    const auto zone = table.text("zone");
    table.finish({{"likely", "at the top of the file, before the first [[place]]"}});
    check_region(region, mistakes_);
    check_zone(zone, mistakes_);
    if (!region) return;
    for (const Words& name : names) add(name, region->text, zone ? zone->text : std::string{});
  }

 private:
  void add(const Words& name, const std::string& region, const std::string& zone) {
    std::string words = as_read(name.text, lexicon_, text_);
    const auto [first, is_new] = first_.emplace(words, First{name.line, region, zone});
    if (is_new) {
      into_.towns.push_back({std::move(words), region, zone});
    } else if (first->second.region != region || first->second.zone != zone) {
      // "san josé" and "san jose" may be read as the same words: no harm where they are the same place.
      mistakes_.add(name.line, in_quotes(name.text) + " stands for two places; the first is in line " + std::to_string(first->second.line),
                    "keep the one that people mean by it", name.text);
    }
  }

  struct First {
    std::uint32_t line;
    std::string region, zone;
  };

  const text::Lexicon& lexicon_;
  dialogue::Library& into_;
  Mistakes& mistakes_;
  text::Text text_;
  std::map<std::string, First> first_;
};

}  // namespace

void read_places(const Value& file, const std::set<std::string, std::less<>>& regions, const text::Lexicon& lexicon,
                 dialogue::Library& into, Mistakes& mistakes) {
  Table table(file, "file", mistakes);
  for (const Words& region : table.texts("likely", "likely = [\"GB\", \"IE\"]")) {
    if (!regions.contains(region.text)) {
      mistakes.add(region.line, "there are no help lines of the country " + in_quotes(region.text),
                   did_you_mean(region.text, Names(regions.begin(), regions.end()),
                                "add responses/help_lines/" + region.text + ".toml, or take it away"),
                   region.text);
    }
    into.likely_regions.push_back(region.text);
  }
  Places places(lexicon, into, mistakes);
  for (const Value* const entry : table.tables("place")) places.read(*entry);
  table.finish();
  std::ranges::sort(into.towns, {}, &dialogue::Town::name);
}

}  // namespace nurturer::content
