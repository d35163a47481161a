// SPDX-License-Identifier: Apache-2.0
// A whole bundle as integers: optional embedding, LSTM layers, optional output projection, for a
// batch of streams.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "golden/bundle.h"
#include "golden/columns.h"
#include "golden/linear.h"
#include "golden/lstm.h"

namespace lacuna::golden {

class Network {
 public:
  /// Keeps references into `bundle`, which must be valid (golden/bundle.h, validate).
  Network(const Bundle& bundle, int batch);

  /// Begins a sequence in every stream, of `lengths[b]` steps.
  void start(const std::vector<int>& lengths);

  /// One step on a symbol a stream, -1 for a stream without input.
  /// @throws Error when the network takes no symbols or has not that one.
  void step_symbols(const std::vector<int>& symbols);
  /// One step on the columns of the first LSTM layer's input.
  void step(const Columns& x);

  /// Output of the step, index [stream * outputs + output], logit_frac fraction bits.
  /// @throws Error when the network has no output projection.
  std::vector<std::int64_t> logits() const;

  bool takes_symbols() const;
  int batch() const { return lstm_.front().batch(); }
  const std::vector<Lstm>& lstm() const { return lstm_; }
  const std::optional<Linear>& linear() const { return linear_; }

 private:
  const EmbeddingLayer* embedding_ = nullptr;
  std::vector<Lstm> lstm_;
  std::optional<Linear> linear_;
};

}  // namespace lacuna::golden
