// SPDX-License-Identifier: Apache-2.0
#include "sim/compare/gate_rows.h"

#include <gmock/gmock.h>

#include <sstream>

#include "tests/sim/fc/case.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

golden::Bundle two_layers() {
  golden::Bundle bundle;
  for (const auto& [inputs, outputs] : {std::pair{20, 12}, std::pair{12, 8}}) {
    golden::FcLayer layer = draw_layer(make_fc_case("small_dense", 1, inputs, outputs));
    layer.name = "fc" + std::to_string(bundle.layers.size());
    layer.mask.reset();
    layer.relu = bundle.layers.empty();
    layer.input_frac = layer.output_frac = 6;
    layer.weights.assign(static_cast<std::size_t>(inputs * outputs), 3);
    bundle.layers.emplace_back(layer);
  }
  return bundle;
}

FcEngineRun dense_run() {
  const golden::Bundle bundle = two_layers();
  InputRequest request;
  request.streams = 3;
  FcCosimOptions options;
  options.kind = FcKind::kDense;
  options.configurations = {fc_configuration("small_dense")};
  FcEngineRun run;
  run.result = cosimulate_fc(bundle, read_network_input(bundle, request), options);
  run.energy = fc_energy(run.result, read_technology(default_technology()));
  return run;
}

/// An entry for each engine of the run, 1 pJ a cycle and 2 pJ a product.
GateTable table_for(const FcEngineRun& run) {
  GateTable table;
  table.library = "cells";
  table.voltage = 1.8;
  table.nanometre = 180;
  for (const FcLayerResult& layer : run.result.layers) {
    GateTableEntry entry;
    entry.top = layer.engine.top;
    entry.configuration = layer.configuration;
    entry.joule = {{"cycle", 1e-12}, {"word of weights", 0}, {"product", 2e-12}, {"output", 0}};
    table.put(entry);
  }
  return table;
}

nlohmann::ordered_json row_of(const FcEngineRun& run) {
  return fc_compare_rows("bundle", {run}, read_technology(default_technology())).front();
}

TEST(GateRows, AreTheSumOverAllLayers) {
  const FcEngineRun run = dense_run();
  nlohmann::ordered_json row = row_of(run);
  add_gates(row, table_for(run), run);
  double cycles = 0, products = 0;
  for (const FcLayerResult& layer : run.result.layers) {
    cycles += static_cast<double>(layer.run.total());
    products += static_cast<double>(layer.connections * layer.images);
  }
  EXPECT_DOUBLE_EQ(row.at("energy_gates_joule").get<double>(), cycles * 1e-12 + products * 2e-12);
  EXPECT_EQ(row.at("energy_gates_library"), "cells, 1.8 V, 180 nm");
  EXPECT_EQ(row.at("energy_gates_parts").at("product").at("events"), products);
  const std::string text = gates_text({row, row});
  EXPECT_THAT(text, HasSubstr("1.00x"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80u) << line;
}

TEST(GateRows, AreLeftOutWhereALayersEngineIsNotInTheTable) {
  const FcEngineRun run = dense_run();
  GateTable table = table_for(run);
  table.entries.pop_back();
  nlohmann::ordered_json row = row_of(run);
  add_gates(row, table, run);
  EXPECT_FALSE(row.contains("energy_gates_joule"));
  EXPECT_EQ(gates_text({row}), "");
}

}  // namespace
}  // namespace lacuna::sim
