// SPDX-License-Identifier: Apache-2.0
#include "sim/report/text.h"

#include <algorithm>

namespace lacuna::sim {
namespace {

bool starts_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

/// Bytes of the longest prefix that takes at most `width` columns.
std::size_t prefix_bytes(std::string_view text, int width) {
  int columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (starts_code_point(text[i]) && ++columns > width) return i;
  }
  return text.size();
}

void wrap_line(std::string_view line, int width, std::vector<std::string>& lines) {
  while (text_width(line) > width) {
    const std::size_t fits = prefix_bytes(line, width);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    // A blank right behind the prefix is as good a place as one inside it.
    const std::size_t blank = line.rfind(' ', fits);
    const bool at_blank = blank != std::string_view::npos && blank > indent;
    const std::string_view head = line.substr(0, at_blank ? blank : fits);
    lines.emplace_back(head.substr(0, head.find_last_not_of(' ') + 1));
    line.remove_prefix(head.size());
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  }
  lines.emplace_back(line);
}

}  // namespace

int text_width(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), starts_code_point));
}

std::vector<std::string> wrap(std::string_view text, int width) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    wrap_line(text.substr(0, end), std::max(width, 1), lines);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

}  // namespace lacuna::sim
