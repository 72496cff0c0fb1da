#include "content/check.hpp"

#include <algorithm>
#include <tuple>

#include "content/link.hpp"

namespace nurturer::content {
namespace {

void samples(const Content& content, Diagnostics& diagnostics) {
  for (Diagnostic& told : content.model.check_samples()) {
    if (const Page* const page = find_page(content.pages, told.source.file)) settle(*page, told);
    diagnostics.push_back(std::move(told));
  }
}

void in_order(Diagnostics& diagnostics) {
  std::ranges::stable_sort(diagnostics, [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.source.file, a.source.line) < std::tie(b.source.file, b.source.line);
  });
}

}  // namespace

Diagnostics check(const Content& content) {
  Diagnostics diagnostics;
  samples(content, diagnostics);
  in_order(diagnostics);
  return diagnostics;
}

Diagnostics check(const Content& content, std::chrono::sys_days today) {
  Diagnostics diagnostics = check(content);
  check_dates(content, today, diagnostics);
  in_order(diagnostics);
  return diagnostics;
}

}  // namespace nurturer::content
