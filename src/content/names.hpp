#pragma once
// Names that an author may have meant.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nurturer::content {

using Names = std::vector<std::string_view>;

/// The known name that differs least from `written`, if it is near enough to be meant: a third of its letters at most; of those
/// equally near the one that begins most alike. Linear in `known`; called only when something is wrong.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view written, const Names& known);

/// `did you mean "say"?`; without a near one the known ones if they are few, else `otherwise`.
[[nodiscard]] std::string did_you_mean(std::string_view written, const Names& known, std::string_view otherwise);

/// `"a", "b" or "c"`.
[[nodiscard]] std::string one_of(const Names& names);

/// The name between double quotes, shortened if it is long.
[[nodiscard]] std::string in_quotes(std::string_view words);

}  // namespace nurturer::content
