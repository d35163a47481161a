// SPDX-License-Identifier: Apache-2.0
#include "golden/embedding.h"

#include <fmt/format.h>

#include "golden/error.h"

namespace lacuna::golden {

Columns embed(const EmbeddingLayer& layer, const std::vector<int>& symbols) {
  const std::size_t batch = symbols.size();
  const auto features = static_cast<std::size_t>(layer.weight.cols());
  std::vector<std::int8_t> dense(features * batch, 0);
  for (std::size_t b = 0; b < batch; ++b) {
    if (symbols[b] < 0) continue;
    if (symbols[b] >= layer.weight.rows()) {
      throw Error(layer.name, fmt::format("symbol {} of {}", symbols[b], layer.weight.rows()));
    }
    const std::int8_t* row = layer.weight.data() + static_cast<std::size_t>(symbols[b]) * features;
    for (std::size_t feature = 0; feature < features; ++feature) {
      dense[feature * batch + b] = row[feature];
    }
  }
  return encode_columns(dense, static_cast<int>(batch));
}

}  // namespace lacuna::golden
