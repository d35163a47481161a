// SPDX-License-Identifier: Apache-2.0
#include "golden/linear.h"

#include <algorithm>
#include <numeric>

#include "golden/fixed_point.h"
#include "golden/parallel.h"

namespace lacuna::golden {
namespace {

std::vector<int> natural_order(Eigen::Index rows) {
  std::vector<int> order(static_cast<std::size_t>(rows));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

}  // namespace

Linear::Linear(const LinearLayer& layer)
    : layer_(&layer), weights_(layer.weight, natural_order(layer.weight.rows())) {}

std::vector<std::int64_t> Linear::logits(const Columns& states) const {
  constexpr int kRows = RowTiles::kTileRows;
  const GroupedColumns columns(states);
  const int batch = states.batch;
  std::vector<std::int64_t> logits(static_cast<std::size_t>(outputs()) *
                                   static_cast<std::size_t>(batch));
#pragma omp parallel for schedule(dynamic) \
    num_threads(worker_threads()) if (logits.size() * states.size() > kMinParallelWork)
  for (int tile = 0; tile < weights_.tiles(); ++tile) {
    thread_local std::vector<std::int32_t> sums;
    sums.resize(static_cast<std::size_t>(kRows * batch));
    weights_.sum(tile, columns, sums.data());
    const int rows = std::min(kRows, outputs() - tile * kRows);
    for (int b = 0; b < batch; ++b) {
      for (int r = 0; r < rows; ++r) {
        const auto row = static_cast<std::size_t>(tile * kRows + r);
        const std::int64_t scaled =
            std::int64_t{layer_->scale[row]} * sums[static_cast<std::size_t>(b * kRows + r)];
        logits[static_cast<std::size_t>(b) * static_cast<std::size_t>(outputs()) + row] =
            round_shift(scaled, layer_->logit_shift) + layer_->bias[row];
      }
    }
  }
  return logits;
}

}  // namespace lacuna::golden
