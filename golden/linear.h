// SPDX-License-Identifier: Apache-2.0
// Bit-exact integer output projection (docs/bundle.md): logit = rs(scale * sum, logit_shift) +
// bias.
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/columns.h"
#include "golden/row_sums.h"

namespace lacuna::golden {

class Linear {
 public:
  /// Keeps a reference to `layer`.
  explicit Linear(const LinearLayer& layer);

  int outputs() const { return static_cast<int>(layer_->weight.rows()); }
  const LinearLayer& layer() const { return *layer_; }

  /// Logits with logit_frac fraction bits, index [stream * outputs + output].
  std::vector<std::int64_t> logits(const Columns& states) const;

 private:
  const LinearLayer* layer_;
  RowTiles weights_;
};

}  // namespace lacuna::golden
