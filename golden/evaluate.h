// SPDX-License-Identifier: Apache-2.0
// Runs a bundle over a data set and measures it: bits per symbol, perplexity, accuracy, sparsity of
// the states, events.
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/events.h"
#include "golden/progress.h"
#include "golden/state_statistics.h"

namespace lacuna::golden {

struct LayerEvaluation {
  std::string name;
  StateStatistics states;
  LstmEvents events;
};

struct Evaluation {
  std::uint64_t predictions = 0;
  std::uint64_t correct =
      0;            ///< predictions whose largest logit is the target's (the first of equal ones)
  double bits = 0;  ///< sum of -log2 of the targets' probabilities
  std::vector<LayerEvaluation> layers;  ///< of the bundle's LSTM layers

  double bits_per_symbol() const { return bits / static_cast<double>(predictions); }
  double perplexity() const;
  double accuracy() const {
    return static_cast<double>(correct) / static_cast<double>(predictions);
  }
};

/// Streams of a text that run as one batch, as on the reference engine: events are those of this
/// batch. Batches run in parallel; results do not depend on the number of threads.
inline constexpr int kTextBatch = 8;

/// Predicts every symbol of a text from those before it. The text is cut into `streams`
/// neighbouring pieces, each from the initial state; lengths differ by at most one symbol, and no
/// prediction is left out.
/// @param progress advanced by the predictions made, with the running result as its note; may be
/// null
/// @throws Error when the text has fewer than streams + 1 symbols, or symbols that the network has
/// not.
Evaluation evaluate_text(const Bundle& bundle, const std::vector<int>& symbols, int streams,
                         Progress* progress = nullptr);

/// A sequence to classify.
struct LabelledSequence {
  std::vector<std::int8_t>
      values;  ///< index [step * inputs + position], in the first LSTM layer's input format
  int label = 0;
};

/// Classifies each sequence by the logits after its last step, `batch` sequences as one batch.
/// @param progress advanced by the sequences done, with the running accuracy as its note; may be
/// null
/// @throws Error for empty sequences, sequences that are not whole steps, or labels beyond the
/// outputs.
Evaluation evaluate_sequences(const Bundle& bundle, const std::vector<LabelledSequence>& sequences,
                              int batch, Progress* progress = nullptr);

}  // namespace lacuna::golden
