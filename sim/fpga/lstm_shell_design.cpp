// SPDX-License-Identifier: Apache-2.0
// Recurrent layers on a shell.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "golden/error.h"
#include "golden/lstm_engine.h"
#include "golden/overloaded.h"
#include "sim/fpga/block_ram.h"
#include "sim/fpga/shell_design.h"
#include "sim/lstm/gates.h"

namespace lacuna::sim {
namespace {

constexpr int kBatch = 8;
/// Of the elements that measurement counts: LUTs of one (docs/fpga-xilinx.md).
constexpr std::int64_t kElementLuts = 160;

golden::LstmEngine engine_for(const golden::LstmLayer& layer, const ShellRoom& room) {
  golden::LstmEngine engine;
  engine.weight_bits = golden::weight_bits(layer.weight_format);
  engine.cell_norm = layer.cell_norm.has_value() || engine.weight_bits != 8;
  if (engine.cell_norm) engine.top = "lac_bt_lstm";
  engine.batch = kBatch;
  engine.lanes = std::min(room.weight_bits / engine.weight_bits, room.elements / kBatch) / 4 * 4;
  engine.ew_width = engine.weight_bits > 2 ? 2 : 4;
  engine.acc_width = std::max(20, layer.accumulator_bits());
  engine.max_units = layer.units;
  engine.max_inputs = layer.inputs;
  return engine;
}

/// Why a layer does not fit the engine; empty when it does.
std::string misfit(const golden::LstmLayer& layer, const golden::LstmEngine& engine) {
  try {
    golden::plan_layout(layer, engine);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

/// The engine's memories beside its elements' sums, which lie in LUTs: constants and cells of
/// units, lists of x and of h.
std::vector<MemoryShape> memories_of(const golden::LstmEngine& engine) {
  constexpr int kStateBits = 8, kCellBits = 16, kConstantBits = 16;
  int index_bits = 1;
  while (1 << index_bits < std::max(engine.max_units, engine.max_inputs)) ++index_bits;
  const int entry = index_bits + engine.batch * kStateBits;
  const std::int64_t units = engine.max_units;
  return {{(engine.cell_norm ? std::int64_t{14} : std::int64_t{12}) * kConstantBits, units},
          {std::int64_t{engine.ew_width} * kCellBits, units * engine.groups()},
          {entry, std::int64_t{2} * engine.max_inputs},
          {entry, 2 * units}};
}

/// Beats of y of a sequence, step by step.
std::vector<Beat> states_of(const golden::LstmEngine& engine, const LstmSequence& sequence,
                            int units) {
  const LstmBeats beats(engine);
  std::vector<Beat> all;
  const auto order = beat_order(engine, units);
  for (const golden::LstmState& state : sequence.expected) {
    for (std::size_t at = 0; at < order.size(); ++at)
      all.push_back(beats.state_beat(state, order[at], at + 1 == order.size()));
  }
  return all;
}

}  // namespace

void design_lstm(ShellDesign& design, const golden::Bundle& bundle, const std::string& file,
                 const NetworkInput& input, const ShellRoom& room) {
  std::vector<std::vector<int>> symbols = input.symbols;
  std::vector<std::vector<std::int8_t>> dense = input.dense;
  std::optional<golden::LstmEngine> engine;
  bool chained = true;  // the layer before is one of the runs, so its y is known
  const golden::Overloaded add{
      [&](const golden::EmbeddingLayer& embedding) {
        dense = embed(embedding, input);
        design.elsewhere.push_back(embedding.name);
      },
      [&](const golden::LstmLayer& layer) {
        if (!engine) {
          engine = engine_for(layer, room);
          if (engine->lanes < 4)
            throw Error(file, "needs more than the board's memory port gives in a cycle");
        } else if (!chained || !misfit(layer, *engine).empty()) {
          chained = false;
          design.elsewhere.push_back(layer.name);
          return;
        }
        LstmWorkload workload = make_workload(layer, *engine, 1);
        SequenceInput sequence;
        sequence.lengths.assign(static_cast<std::size_t>(input.streams), input.steps);
        sequence.symbols = std::exchange(symbols, {});
        sequence.dense = std::move(dense);
        dense = add_sequence(workload, layer, sequence);
        add_runs(design, layer.name, shell_work(workload),
                 {states_of(*engine, workload.sequences.front(), layer.units)});
      },
      [&](const golden::LinearLayer& layer) { design.elsewhere.push_back(layer.name); },
      [&](const golden::FcLayer& layer) { design.elsewhere.push_back(layer.name); },
      [&](const golden::ScLayer& layer) { design.elsewhere.push_back(layer.name); }};
  for (const golden::Layer& layer : bundle.layers) std::visit(add, layer);

  design.top = "lac_shell_lstm";
  design.engine = "lac_lstm";
  for (const auto& [name, value] : rtl_parameters(*engine)) design.parameters[name] = value;
  design.parameters["WeightBits"] = engine->weight_bits;
  design.parameters["CellNorm"] = engine->cell_norm ? 1 : 0;
  const int elements = engine->processing_elements();
  design.resources = {{"LUTs", elements * kElementLuts}};
  design.resources["block RAMs"] = block_rams(memories_of(*engine));
  if (engine->weight_bits > 2) design.resources["DSPs"] = elements;
  design.network =
      fmt::format("{} inputs, {} units, {}-bit weights, {} processing elements", engine->max_inputs,
                  engine->max_units, engine->weight_bits, elements);
}

}  // namespace lacuna::sim
