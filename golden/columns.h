// SPDX-License-Identifier: Apache-2.0
// A vector of a batch as the recurrent engine sees it: the list of columns that are not zero in
// every stream.
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna::golden {

/// Columns in ascending order of index; values[k * batch + b] is the value of column index[k] in
/// stream b.
struct Columns {
  int batch = 0;
  std::vector<std::uint16_t> index;
  std::vector<std::int8_t> values;

  std::size_t size() const { return index.size(); }
  const std::int8_t* value(std::size_t k) const {
    return values.data() + k * static_cast<std::size_t>(batch);
  }
};

/// Columns of a dense matrix, index [position * batch + stream]. With `skip_zeros` = false every
/// position is kept.
Columns encode_columns(const std::vector<std::int8_t>& dense, int batch, bool skip_zeros = true);

/// Columns of one symbol a stream, one-hot with the value kOneHot; equal symbols share a column. A
/// symbol of -1 is a stream without input.
Columns encode_symbols(const std::vector<int>& symbols);

}  // namespace lacuna::golden
