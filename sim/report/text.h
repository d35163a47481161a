// SPDX-License-Identifier: Apache-2.0
// Plain text measured in terminal columns: a UTF-8 code point counts as one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacuna::sim {

/// Columns that the text takes.
int text_width(std::string_view text);

/// Breaks at blanks (and at every newline) into lines of at most `width` columns; a longer word is
/// cut. At least one line. Blanks at the start of a line are kept, for lists and code.
std::vector<std::string> wrap(std::string_view text, int width);

}  // namespace lacuna::sim
