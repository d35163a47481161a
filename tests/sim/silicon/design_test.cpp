// SPDX-License-Identifier: Apache-2.0
// Gates of every kind of design run beside golden: the same bits, and a mutated netlist is caught.
#include "sim/silicon/design.h"

#include <gmock/gmock.h>

#include <memory>
#include <sstream>

#include "golden/error.h"
#include "sim/silicon/silicon.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Synthesis map_design(const SiliconDesign& design, const Library& library,
                     std::size_t cells_up_to = 1024) {
  SynthesisRequest request;
  request.file_list = design.file_list;
  request.top = design.top;
  request.parameters = design.parameters;
  request.keep_hierarchy = design.engine;
  request.cells_up_to = cells_up_to;
  return synthesise(request, library);
}

/// The cell that drives a net with its outputs inverted: a mutated gate. It lives beside the
/// netlist.
std::unique_ptr<LibertyCell> invert_driver(Netlist& netlist, Net net) {
  for (NetlistCell& cell : netlist.cells) {
    for (const std::size_t pin : cell.type->outputs) {
      if (cell.pins[pin] != net) continue;
      auto mutant = std::make_unique<LibertyCell>(*cell.type);
      mutant->pins[pin].function = ~mutant->pins[pin].function;
      cell.type = mutant.get();
      return mutant;
    }
  }
  ADD_FAILURE() << "no cell drives net " << net;
  return nullptr;
}

/// Gates agree with golden, and no longer with the highest bit of `output` inverted.
void expect_exact_and_caught(const std::string& name, const std::string& output,
                             std::size_t cells_up_to = 1024) {
  SCOPED_TRACE(name);
  const Library library = read_library(default_library());
  const SiliconDesign design = find_design(name);
  Netlist netlist = map_design(design, library, cells_up_to).netlist;
  const WorkloadRequest request;
  {
    GateSimulation gates(netlist);
    const GateRun run = design.run(gates, design.parameters, request);
    EXPECT_EQ(run.difference, "");
    EXPECT_GT(run.vectors_compared, 0u);
    EXPECT_GT(gates.activity().cycles, 0u);
  }
  const auto mutant = invert_driver(netlist, netlist.find(output)->bits.back());
  GateSimulation gates(netlist);
  EXPECT_THAT(design.run(gates, design.parameters, request).difference, HasSubstr("expected"));
}

TEST(SiliconDesign, PartsGatesEqualGolden) {
  expect_exact_and_caught("lac_lfsr_neuron:p93.75", "sum_o");
  expect_exact_and_caught("lac_sc_neuron:m2", "sum_o");
  expect_exact_and_caught("lac_sc_neuron:bipolar", "sum_o");
  for (const char* format : {"int12", "int8", "ternary", "binary"}) {
    expect_exact_and_caught(std::string("lac_multiply:") + format, "product_o");
    expect_exact_and_caught(std::string("lac_pe:") + format, "chain_o");
  }
}

TEST(SiliconDesign, FullyConnectedEnginesGatesEqualGolden) {
  expect_exact_and_caught("lac_lfsr_layer:small_binary", "y_data_o", 16);
}

TEST(SiliconDesign, StochasticEnginesGatesEqualGolden) {
  expect_exact_and_caught("lac_integral_dnn:small_m4", "stream2_o");
  expect_exact_and_caught("lac_folded_dnn:small_folded_m4", "stream2_o");
}

TEST(SiliconDesign, RecurrentEnginesGatesEqualGolden) {
  expect_exact_and_caught("lac_sparse_lstm:single", "y_data_o", 64);
}

TEST(SiliconDesign, ResultHasWhatTheContractNames) {
  const Library library = read_library(default_library());
  const Technology technology = read_technology(default_technology());
  SiliconOptions options;
  options.hertz = 50e6;
  const SiliconResult result = measure(find_design("lac_pe:ternary"), library, technology, options);
  const auto json = to_json(result);
  for (const char* field : {"top", "parameters", "library", "area_um2", "cells", "fmax_hertz",
                            "energy_joule", "energy_vectorless_joule", "workload", "memories"})
    EXPECT_TRUE(json.contains(field)) << field;
  EXPECT_EQ(json.at("mismatches"), 0);
  EXPECT_EQ(json.at("memories").at(0).at("kind"), "sram");
  EXPECT_EQ(json.at("memories").at(0).at("words"), 64);
  double parts = 0, modules = 0;
  for (const auto& part : json.at("energy_parts_joule")) parts += part.get<double>();
  for (const auto& module : json.at("modules")) modules += module.at("energy_joule").get<double>();
  EXPECT_NEAR(parts, json.at("energy_joule").get<double>(), 1e-18);
  EXPECT_LE(modules, parts);
  EXPECT_GT(modules, 0.8 * parts);
  options.hertz = 5e9;
  EXPECT_THROW(measure(find_design("lac_pe:ternary"), library, technology, options), CheckFailed);
}

TEST(SiliconDesign, AMultiplierGlitchesMoreThanASelection) {
  const Library library = read_library(default_library());
  const Technology technology = read_technology(default_technology());
  const auto factor = [&](const char* name) {
    const SiliconResult result = measure(find_design(name), library, technology, {});
    return result.with_glitches.value() / result.energy.total();
  };
  const double multiplier = factor("lac_multiply:int12"), selection = factor("lac_multiply:binary");
  EXPECT_GE(selection, 1);
  EXPECT_GT(multiplier, 1.2 * selection);
  EXPECT_FALSE(measure(find_design("lac_integral_dnn:small_m4"), library, technology, {})
                   .with_glitches.has_value())
      << "engines have none";
}

TEST(SiliconDesign, TableFitsATerminal) {
  const Library library = read_library(default_library());
  const Technology technology = read_technology(default_technology());
  std::vector<SiliconResult> results;
  results.push_back(measure(find_design("lac_multiply"), library, technology, {}));
  const SiliconResult binary = measure(find_design("lac_multiply:binary"), library, technology, {});
  results.insert(results.end(), 6, binary);  // more than fit beside each other
  for (const std::string& text : {to_table(results), to_table({binary})}) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80u) << line;
  }
}

TEST(SiliconDesign, UnknownNamesListWhatThereIs) {
  EXPECT_EQ(find_design("lac_lfsr_neuron").name, "p0");
  EXPECT_EQ(find_design("lac_lfsr_layer").name.rfind("small", 0), 0u);
  EXPECT_THAT([] { find_design("lac_nothing"); },
              ThrowsMessage<Error>(HasSubstr("lac_integral_dnn, lac_lfsr_layer")));
  EXPECT_THAT([] { find_design("lac_pe:int9"); },
              ThrowsMessage<Error>(HasSubstr("int12, int8, ternary, binary")));
}

TEST(SiliconDesign, ParametersAreThoseOfParts) {
  SiliconDesign part = find_design("lac_sc_neuron");
  part.set("Inputs", 7);
  EXPECT_EQ(part.parameters.front(), (std::pair<std::string, int>{"Inputs", 7}));
  EXPECT_THAT([&] { part.set("Depth", 7); }, ThrowsMessage<Error>(HasSubstr("Integral")));
  SiliconDesign engine = find_design("lac_lfsr_layer");
  EXPECT_THAT([&] { engine.set("Outputs", 7); },
              ThrowsMessage<Error>(HasSubstr("TOP:CONFIGURATION")));
}

}  // namespace
}  // namespace lacuna::sim
