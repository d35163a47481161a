// SPDX-License-Identifier: Apache-2.0
#include "sim/lstm/workload.h"

#include <algorithm>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

/// Spreads values of `streams` streams over the engine's batch; streams that are not used are zero.
template <typename Value>
std::vector<Value> widen(const std::vector<Value>& values, int streams, int batch) {
  const auto from = static_cast<std::size_t>(streams);
  const auto to = static_cast<std::size_t>(batch);
  const std::size_t positions = values.size() / from;
  std::vector<Value> wide(positions * to, 0);
  for (std::size_t position = 0; position < positions; ++position) {
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(position * from), from,
                wide.begin() + static_cast<std::ptrdiff_t>(position * to));
  }
  return wide;
}

std::vector<std::int8_t> narrow(const std::vector<std::int8_t>& values, int streams, int batch) {
  const auto from = static_cast<std::size_t>(batch);
  const auto to = static_cast<std::size_t>(streams);
  std::vector<std::int8_t> slim;
  slim.reserve(values.size() / from * to);
  for (std::size_t at = 0; at < values.size(); at += from) {
    slim.insert(slim.end(), values.begin() + static_cast<std::ptrdiff_t>(at),
                values.begin() + static_cast<std::ptrdiff_t>(at + to));
  }
  return slim;
}

golden::Columns input_columns(const golden::LstmLayer& layer, const LstmWorkload& workload,
                              const SequenceInput& input, int streams, int step) {
  const auto& engine = workload.engine;
  if (layer.input == golden::InputKind::kOneHot) {
    std::vector<int> symbols(static_cast<std::size_t>(engine.batch), -1);
    for (std::size_t stream = 0; stream < static_cast<std::size_t>(streams); ++stream) {
      if (step < input.lengths[stream])
        symbols[stream] = input.symbols[stream][static_cast<std::size_t>(step)];
      if (symbols[stream] >= layer.inputs) {
        throw Error(
            "input of layer " + layer.name,
            "symbol " + std::to_string(symbols[stream]) + " of " + std::to_string(layer.inputs),
            "use text in the bundle's vocabulary");
      }
    }
    return golden::encode_symbols(symbols);
  }
  const auto& dense = input.dense[static_cast<std::size_t>(step)];
  return golden::encode_columns(widen(dense, streams, engine.batch), engine.batch,
                                engine.skip_zeros);
}

void check(const golden::LstmLayer& layer, const golden::LstmEngine& engine,
           const SequenceInput& input) {
  const auto fail = [&](const std::string& what) {
    throw Error("input of layer " + layer.name, what);
  };
  const std::size_t streams = input.lengths.size();
  if (streams < 1 || streams > static_cast<std::size_t>(engine.batch)) {
    throw Error("batch of " + std::to_string(streams), "does not fit the engine",
                "use 1 to " + std::to_string(engine.batch) + " streams");
  }
  const int steps = *std::max_element(input.lengths.begin(), input.lengths.end());
  if (steps < 1 || steps > 0xFFFF) fail("has " + std::to_string(steps) + " steps, not 1 to 65535");
  if (layer.input == golden::InputKind::kOneHot) {
    if (input.symbols.size() != streams) fail("has no symbols for every stream");
    for (std::size_t stream = 0; stream < streams; ++stream) {
      if (input.symbols[stream].size() < static_cast<std::size_t>(input.lengths[stream]))
        fail("is shorter than its length");
    }
    return;
  }
  if (input.dense.size() < static_cast<std::size_t>(steps)) fail("is shorter than its length");
  for (const auto& vector : input.dense) {
    if (vector.size() != streams * static_cast<std::size_t>(layer.inputs)) {
      fail("is not " + std::to_string(layer.inputs) + " values a step");
    }
  }
}

}  // namespace

std::uint64_t LstmWorkload::steps() const {
  std::uint64_t steps = 0;
  for (const auto& sequence : sequences) steps += sequence.x.size();
  return steps;
}

double LstmWorkload::roofline() const {
  std::uint64_t columns = 0;
  for (const auto& sequence : sequences) columns += sequence.kept_columns;
  return golden::lstm_roofline(columns, static_cast<int>(settings.units), engine.lanes);
}

LstmWorkload make_workload(const golden::LstmLayer& layer, const golden::LstmEngine& engine,
                           int latency) {
  LstmWorkload workload;
  workload.engine = engine;
  workload.latency = latency;
  workload.layout = golden::plan_layout(layer, engine);
  workload.weights = golden::weight_image(layer, engine, workload.layout);
  const auto natural = [](int value) { return static_cast<std::uint32_t>(value); };
  workload.settings.units = natural(layer.units);
  workload.settings.inputs = natural(layer.inputs);
  workload.settings.words = natural(workload.layout.words);
  workload.settings.block_words = natural(workload.layout.block_words);
  workload.settings.base = kWeightBase;
  workload.settings.stride = workload.layout.stride;
  workload.settings.last_stride = workload.layout.last_stride;
  workload.settings.span = workload.layout.span;
  workload.settings.pre_shift = natural(layer.pre_shift);
  workload.settings.cell_frac = natural(layer.cell_frac);
  workload.settings.threshold = natural(layer.threshold);
  workload.settings.norm_shift = natural(golden::norm_shift(layer));
  const LstmBeats beats(engine);
  for (int unit = 0; unit < layer.units; ++unit) {
    workload.parameters.push_back(beats.parameters(golden::unit_parameters(layer, engine, unit)));
  }
  return workload;
}

std::vector<std::vector<std::int8_t>> add_sequence(LstmWorkload& workload,
                                                   const golden::LstmLayer& layer,
                                                   const SequenceInput& input) {
  const auto& engine = workload.engine;
  check(layer, engine, input);
  const int streams = static_cast<int>(input.lengths.size());
  const int steps = *std::max_element(input.lengths.begin(), input.lengths.end());

  LstmSequence sequence;
  sequence.reset_after = input.reset_after;
  sequence.lengths = input.lengths;
  sequence.lengths.resize(static_cast<std::size_t>(engine.batch), 0);

  auto initial = input.initial;
  if (!initial && !(layer.initial_h.empty() && layer.initial_c.empty())) {
    initial.emplace();
    for (int unit = 0; unit < layer.units; ++unit) {
      const auto at = static_cast<std::size_t>(unit);
      initial->h.insert(initial->h.end(), static_cast<std::size_t>(streams),
                        layer.initial_h.empty() ? std::int8_t{0} : layer.initial_h[at]);
      initial->c.insert(initial->c.end(), static_cast<std::size_t>(streams),
                        layer.initial_c.empty() ? std::int16_t{0} : layer.initial_c[at]);
    }
  }
  golden::Lstm golden(layer, engine.batch);
  golden::LstmCycles cycles(engine, workload.layout, layer.units, workload.latency);
  golden::Columns previous;
  previous.batch = engine.batch;
  if (initial) {
    sequence.initial = golden::LstmState{widen(initial->h, streams, engine.batch),
                                         widen(initial->c, streams, engine.batch)};
    golden.start(sequence.lengths, *sequence.initial);
    previous = golden::encode_columns(sequence.initial->h, engine.batch, engine.skip_zeros);
  } else {
    golden.start(sequence.lengths);
  }
  cycles.start(initial.has_value(), previous);

  std::vector<std::vector<std::int8_t>> outputs;
  for (int step = 0; step < steps; ++step) {
    sequence.x.push_back(input_columns(layer, workload, input, streams, step));
    golden.step(sequence.x.back());
    sequence.kept_columns += sequence.x.back().size() + previous.size();
    sequence.state_columns += previous.size();
    previous = engine.skip_zeros ? golden.kept()
                                 : golden::encode_columns(golden.state().h, engine.batch, false);
    cycles.step(sequence.x.back().size(), previous);
    sequence.expected.push_back(golden.state());
    outputs.push_back(narrow(golden.state().h, streams, engine.batch));
    for (std::size_t at = 0; at < outputs.back().size(); ++at) {
      if (step >= input.lengths[at % static_cast<std::size_t>(streams)]) continue;
      ++sequence.states;
      sequence.zero_states += outputs.back()[at] == 0;
    }
  }
  sequence.cycles = cycles.counts();
  sequence.events = golden.events();
  workload.streams = std::max(workload.streams, streams);
  workload.sequences.push_back(std::move(sequence));
  return outputs;
}

}  // namespace lacuna::sim
