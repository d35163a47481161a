// SPDX-License-Identifier: Apache-2.0
#include "sim/report/table.h"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <stdexcept>

#include "sim/report/text.h"

namespace lacuna::sim {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 8;  ///< a text column is not wrapped below this

int longest_word(const std::string& text) {
  std::istringstream words(text);
  int longest = 0;
  for (std::string word; words >> word;) longest = std::max(longest, text_width(word));
  return longest;
}

}  // namespace

void Table::add_row(std::vector<std::string> cells) {
  if (cells.size() != columns_.size()) {
    throw std::invalid_argument("a table row needs one cell a column");
  }
  rows_.push_back(std::move(cells));
}

std::vector<int> Table::widths(int width) const {
  std::vector<int> widths;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    int widest = longest_word(columns_[column].title);
    for (const auto& row : rows_) widest = std::max(widest, text_width(row[column]));
    widths.push_back(widest);
  }
  const int gaps = kGap * (static_cast<int>(columns_.size()) - 1);
  int excess = std::accumulate(widths.begin(), widths.end(), gaps) - width;
  while (excess-- > 0) {
    int* widest = nullptr;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const bool shrinks = columns_[column].align == Align::kLeft && widths[column] > kNarrowest;
      if (shrinks && (widest == nullptr || widths[column] > *widest)) widest = &widths[column];
    }
    if (widest == nullptr) break;
    --*widest;
  }
  return widths;
}

void Table::append_row(std::string& out, const std::vector<std::string>& cells,
                       const std::vector<int>& widths) const {
  std::vector<std::vector<std::string>> wrapped;
  std::size_t height = 0;
  for (std::size_t column = 0; column < cells.size(); ++column) {
    wrapped.push_back(wrap(cells[column], widths[column]));
    height = std::max(height, wrapped.back().size());
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::string text;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const std::string cell = line < wrapped[column].size() ? wrapped[column][line] : "";
      const std::string pad(static_cast<std::size_t>(widths[column] - text_width(cell)), ' ');
      if (column > 0) text.append(kGap, ' ');
      text += columns_[column].align == Align::kRight ? pad + cell : cell + pad;
    }
    out += text.substr(0, text.find_last_not_of(' ') + 1) + '\n';
  }
}

std::string Table::str(int width) const {
  const std::vector<int> column_widths = widths(width);
  std::vector<std::string> titles;
  std::vector<std::string> rule;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    titles.push_back(columns_[column].title);
    rule.emplace_back(static_cast<std::size_t>(column_widths[column]), '-');
  }
  std::string out;
  append_row(out, titles, column_widths);
  append_row(out, rule, column_widths);
  for (const auto& row : rows_) append_row(out, row, column_widths);
  return out;
}

}  // namespace lacuna::sim
