// SPDX-License-Identifier: Apache-2.0
// A second opinion: Icarus plays the netlist with the library's own Verilog, and every net has the
// same value in every cycle.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "golden/random.h"
#include "sim/common/temporary_folder.h"
#include "sim/common/tool.h"
#include "sim/silicon/design.h"
#include "sim/silicon/netlist_verilog.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

constexpr int kCycles = 150, kKnownFrom = 40;

struct Stimulus {
  std::uint32_t rst_n = 0, seed = 0, threshold = 0, we = 0, address = 0, data = 0, step = 0,
                last = 0, value = 0;
};

/// Reset, writes of all 16 weights, then random inputs.
std::vector<Stimulus> draw() {
  golden::Random random(3);
  std::vector<Stimulus> all;
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    Stimulus made;
    made.seed = 5;
    made.threshold = 16;
    made.rst_n = cycle > 1 ? 1 : 0;
    made.we = cycle > 2 && cycle < 19 ? 1 : 0;
    made.address = static_cast<std::uint32_t>(cycle - 3) & 15;
    made.data = static_cast<std::uint32_t>(random.bits()) & 1;
    made.step = cycle >= 20 ? 1 : 0;
    made.last = cycle >= 20 && cycle % 32 == 19 ? 1 : 0;
    made.value = static_cast<std::uint32_t>(random.bits()) & 255;
    all.push_back(made);
  }
  return all;
}

std::vector<std::pair<const char*, std::uint32_t>> pins(const Stimulus& of) {
  return {{"rst_ni", of.rst_n},   {"seed_i", of.seed},           {"threshold_i", of.threshold},
          {"weight_we_i", of.we}, {"weight_addr_i", of.address}, {"weight_data_i", of.data},
          {"step_i", of.step},    {"last_i", of.last},           {"value_i", of.value}};
}

void write_bench(const fs::path& file, const Netlist& netlist, const std::vector<Stimulus>& all) {
  std::ofstream out(file);
  out << "`timescale 1ns/10ps\nmodule bench;\n  reg n0 = 0, n1 = 1;\n";
  for (const NetlistPort& port : netlist.ports) {
    for (const Net net : port.bits) {
      if (!port.output) out << "  reg " << net_name(net) << " = 0;\n";
    }
  }
  out << "  " << netlist.top << " dut (.n0(n0), .n1(n1)";
  for (const NetlistPort& port : netlist.ports) {
    for (const Net net : port.bits) {
      if (!port.output) out << ", ." << net_name(net) << '(' << net_name(net) << ')';
    }
  }
  out << ");\n  integer values;\n  initial begin\n  values = $fopen(\"values.txt\", \"w\");\n";
  const std::string clock = net_name(netlist.find("clk_i")->bits.front());
  for (const Stimulus& each : all) {
    for (const auto& [name, value] : pins(each)) {
      const NetlistPort& port = *netlist.find(name);
      for (std::size_t bit = 0; bit < port.bits.size(); ++bit)
        out << net_name(port.bits[bit]) << "=" << (value >> bit & 1) << "; ";
    }
    out << "\n#1000 $fdisplay(values, \"%b\", {n1";
    for (Net net = 2; net < netlist.nets; ++net) out << ", dut." << net_name(net);
    out << "}); " << clock << "=1; #1000 " << clock << "=0; #1000;\n";
  }
  out << "  end\nendmodule\n";
}

TEST(SiliconIcarus, EveryNetHasTheSameValueInEveryCycle) {
  const Library library = read_library(default_library());
  SiliconDesign design = find_design("lac_lfsr_neuron:p50");
  design.set("Depth", 16);
  design.set("LfsrBits", 5);
  SynthesisRequest request;
  request.file_list = design.file_list;
  request.top = design.top;
  request.parameters = design.parameters;
  const Netlist netlist = synthesise(request, library).netlist;
  const std::vector<Stimulus> all = draw();

  const TemporaryFolder folder;
  write_verilog(folder.path() / "netlist.v", netlist);
  write_bench(folder.path() / "bench.v", netlist, all);
  const fs::path cells = fs::path(default_library()).replace_extension(".v");
  run_tool({"iverilog", "iverilog", ""}, folder.path(),
           "iverilog -g2005 -o bench.vvp bench.v netlist.v '" + cells.string() + "'");
  run_tool({"vvp", "iverilog", ""}, folder.path(), "vvp -n bench.vvp");

  std::ifstream values(folder.path() / "values.txt");
  GateSimulation gates(netlist);
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    for (const auto& [name, value] : pins(all[static_cast<std::size_t>(cycle)]))
      gates.set(gates.port(name), value);
    gates.settle(true);
    std::string line;
    ASSERT_TRUE(std::getline(values, line));
    ASSERT_EQ(line.size(), netlist.nets - 1);
    for (Net net = 2; cycle >= kKnownFrom && net < netlist.nets; ++net) {
      if (line[net - 1] == 'z') continue;  // of no cell
      ASSERT_EQ(line[net - 1], gates.values()[net] != 0 ? '1' : '0')
          << "net " << net << " in cycle " << cycle;
    }
    gates.edge();
  }
  EXPECT_EQ(gates.activity().cycles, static_cast<std::uint64_t>(kCycles));
}

}  // namespace
}  // namespace lacuna::sim
