// SPDX-License-Identifier: Apache-2.0
#include "golden/columns.h"

#include <algorithm>

#include "golden/fixed_point.h"

namespace lacuna::golden {

Columns encode_columns(const std::vector<std::int8_t>& dense, int batch, bool skip_zeros) {
  const std::size_t positions = dense.size() / static_cast<std::size_t>(batch);
  Columns columns;
  columns.batch = batch;
  columns.index.reserve(positions);
  columns.values.reserve(dense.size());
  const std::int8_t* value = dense.data();
  for (std::size_t position = 0; position < positions; ++position, value += batch) {
    int any = 0;
    for (int b = 0; b < batch; ++b) any |= value[b];
    if (any == 0 && skip_zeros) continue;
    columns.index.push_back(static_cast<std::uint16_t>(position));
    columns.values.insert(columns.values.end(), value, value + batch);
  }
  return columns;
}

Columns encode_symbols(const std::vector<int>& symbols) {
  Columns columns;
  columns.batch = static_cast<int>(symbols.size());
  std::vector<int> distinct = symbols;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  for (const int symbol : distinct) {
    if (symbol < 0) continue;
    columns.index.push_back(static_cast<std::uint16_t>(symbol));
    for (const int own : symbols) {
      columns.values.push_back(static_cast<std::int8_t>(own == symbol ? kOneHot : 0));
    }
  }
  return columns;
}

}  // namespace lacuna::golden
