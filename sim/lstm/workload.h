// SPDX-License-Identifier: Apache-2.0
// Everything that one layer's simulation needs, prepared once and shared by SystemC platform, bare
// loop and Icarus: memory image, constants, input lists, and what golden and the cycle model
// expect.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "golden/columns.h"
#include "golden/events.h"
#include "golden/lstm.h"
#include "golden/lstm_cycles.h"
#include "sim/lstm/beats.h"
#include "sim/lstm/engine_model.h"

namespace lacuna::sim {

/// Byte address of the weights: a multiple of every port's width, not of a page, so that bursts
/// cross pages.
inline constexpr std::uint32_t kWeightBase = 0x2F00;

/// Inputs of one sequence; one entry a stream that is used, at most the engine's batch.
struct SequenceInput {
  std::vector<int> lengths;
  std::vector<std::vector<int>> symbols;        ///< [stream][step], for one-hot layers
  std::vector<std::vector<std::int8_t>> dense;  ///< [step], index [position * streams + stream]
  std::optional<golden::LstmState> initial;     ///< index [unit * streams + stream]
  std::uint64_t reset_after =
      0;  ///< busy cycles after which the engine is reset in mid-sequence; 0: never
};

/// One sequence as the engine sees it, and what must come out.
struct LstmSequence {
  std::vector<int> lengths;  ///< of all the engine's streams; unused ones have length 0
  std::optional<golden::LstmState> initial;
  std::vector<golden::Columns> x;           ///< one a step
  std::vector<golden::LstmState> expected;  ///< after each step; index [unit * batch + stream]
  golden::CycleCounts cycles;               ///< by the cycle model
  golden::LstmEvents events;                ///< of golden, over the engine's batch
  std::uint64_t kept_columns = 0;           ///< that this engine walks: of x and of h_{t-1}
  std::uint64_t state_columns = 0;          ///< of these, of h_{t-1}
  std::uint64_t zero_states = 0;            ///< zeros in h_t of streams that still run
  std::uint64_t states = 0;                 ///< all such states
  std::uint64_t reset_after = 0;
};

struct LstmWorkload {
  golden::LstmEngine engine;
  golden::LstmLayout layout;
  LstmSettings settings;
  int streams = 0;  ///< used streams of the widest sequence
  int latency = 1;
  std::vector<Beat> parameters;       ///< one a unit
  std::vector<std::uint8_t> weights;  ///< the memory from kWeightBase on
  std::vector<LstmSequence> sequences;

  std::uint64_t steps() const;
  double roofline() const;  ///< cycles that no engine of this width can do without (docs/lstm.md)
};

/// @throws Error when the layer does not fit the engine.
LstmWorkload make_workload(const golden::LstmLayer& layer, const golden::LstmEngine& engine,
                           int latency);

/// Runs golden and the cycle model over the sequence and appends it. Returns h of each step, index
/// [unit * streams + stream], which is the dense input of the next layer.
/// @throws Error when lengths, streams or symbols do not fit.
std::vector<std::vector<std::int8_t>> add_sequence(LstmWorkload& workload,
                                                   const golden::LstmLayer& layer,
                                                   const SequenceInput& input);

}  // namespace lacuna::sim
