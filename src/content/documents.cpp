#include "content/documents.hpp"

#include <algorithm>
#include <system_error>

namespace nurturer::content {
namespace {

std::size_t count_intents(const std::vector<Page>& pages) {
  return static_cast<std::size_t>(std::ranges::count_if(pages, [](const Page& page) { return page.path().starts_with("intents/"); }));
}

std::vector<Document> unread(const std::vector<Page>& pages, const std::string& language) {
  std::vector<Document> documents;
  documents.reserve(pages.size());
  for (const Page& page : pages) documents.push_back({&page, part_of(page.path(), language), std::nullopt, {}});
  std::ranges::stable_partition(documents, [](const Document& document) { return document.page->path().starts_with("intents/"); });
  return documents;
}

}  // namespace

Documents::Documents(const std::vector<Page>& pages, const std::string& language)
    : documents_(unread(pages, language)), intents_(count_intents(pages)), intents_left_(static_cast<std::ptrdiff_t>(intents_)) {
  try {
    background_ = std::async(std::launch::async, [this] {
      while (read_next(documents_.size())) {
      }
    });
  } catch (const std::system_error&) {
    // No thread to be had: end_of_intents() and end() read everything themselves.
  }
}

void Documents::read(std::size_t index) {
  // Counted also when memory runs out in here: whoever waits for the intents must not wait for ever.
  struct Counted {
    std::latch* left;
    ~Counted() {
      if (left != nullptr) left->count_down();
    }
  };
  const Counted counted{index < intents_ ? &intents_left_ : nullptr};
  Document& document = documents_[index];
  if (document.part == Part::leanings) return;  // no TOML: read_leanings() has its own way
  document.value = read_toml(*document.page, document.diagnostics);
}

bool Documents::read_next(std::size_t end) {
  std::size_t index = next_.load();
  do {
    if (index >= end) return false;
  } while (!next_.compare_exchange_weak(index, index + 1));
  read(index);
  return true;
}

const Document* Documents::end_of_intents() {
  while (read_next(intents_)) {
  }
  intents_left_.wait();
  return begin() + intents_;
}

const Document* Documents::end() {
  while (read_next(documents_.size())) {
  }
  if (background_.valid()) background_.get();
  return begin() + documents_.size();
}

}  // namespace nurturer::content
