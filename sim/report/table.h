// SPDX-License-Identifier: Apache-2.0
// A table of results as plain text for a terminal of 80 columns.
#pragma once

#include <string>
#include <vector>

namespace lacuna::sim {

enum class Align { kLeft, kRight };

struct Column {
  std::string title;
  Align align = Align::kRight;  ///< right for numbers, left for names
};

///     Table table({{"bundle", Align::kLeft}, {"cycles"}, {"speed-up"}});
///     table.add_row({"ptb.safetensors", "1234567", "5.21"});
///     fmt::print("{}", table.str());
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell a column. @throws std::invalid_argument if their numbers differ.
  void add_row(std::vector<std::string> cells);

  /// Title, rule and rows, each line ended by a newline. Titles wrap to the width of their cells;
  /// while the table is wider than `width` columns the widest left-aligned column wraps too.
  /// Numbers never wrap, so a table of many numbers can be wider.
  std::string str(int width = 80) const;

 private:
  std::vector<int> widths(int width) const;
  void append_row(std::string& out, const std::vector<std::string>& cells,
                  const std::vector<int>& widths) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace lacuna::sim
