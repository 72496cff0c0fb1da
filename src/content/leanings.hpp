#pragma once
// Reads intents/<language>/leanings.tsv: a table that a spreadsheet opens, made by `./dev fit`. The first line names the columns (feature,
// rarity, then intents and "other"), "#" begins a remark, the row "#start" holds what each column starts with; an empty cell is 0.

#include "content/page.hpp"
#include "engine/understanding/rules.hpp"

namespace nurturer::content {

void read_leanings(const Page& page, understanding::LeaningTable& into, Diagnostics& diagnostics);

}  // namespace nurturer::content
