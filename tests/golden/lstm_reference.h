// SPDX-License-Identifier: Apache-2.0
// The recurrent layer once more, as docs/lstm.md writes it and as slowly as that is: what the
// golden model is tested against. Shares no code with it.
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"

namespace lacuna::golden {

/// One stream, dense vectors of 64-bit integers.
class LstmReference {
 public:
  explicit LstmReference(const LstmLayer& layer);

  void start(const std::vector<std::int64_t>& h, const std::vector<std::int64_t>& c);
  /// One step; `over` when the stream's length has been reached.
  void step(const std::vector<std::int64_t>& x, bool over);

  std::vector<std::int64_t> acc_x, acc_h, pre,
      gate;                                 ///< of the last step, row = gate * units + unit
  std::vector<std::int64_t> h_dense, h, c;  ///< h_dense: before the threshold

 private:
  const LstmLayer& layer_;
};

}  // namespace lacuna::golden
