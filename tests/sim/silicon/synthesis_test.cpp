// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/synthesis.h"

#include <gmock/gmock.h>

#include <fstream>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"
#include "sim/silicon/gate_simulation.h"
#include "tests/sim/silicon/tiny_library.h"

namespace lacuna::sim {
namespace {

/// Maps a text of Verilog whose top is `top`.
Synthesis map_text(const std::string& verilog, const Library& library, SynthesisRequest request) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "text.v") << verilog;
  std::ofstream(folder.path() / "text.f") << (folder.path() / "text.v").string() << '\n';
  request.file_list = folder.path() / "text.f";
  request.top = "top";
  return synthesise(request, library);
}

constexpr const char* kShift = R"(
module top #(parameter N = 3) (input wire clk_i, input wire d_i, output wire q_o);
  reg [N-1:0] q;
  always @(posedge clk_i) q <= {q[N-2:0], d_i};
  assign q_o = q[N-1];
endmodule
)";

constexpr const char* kTwice = R"(
module part(input wire clk_i, input wire [1:0] a_i, output reg y_o);
  always @(posedge clk_i) y_o <= !(a_i[0] & a_i[1]);
endmodule
module top(input wire clk_i, input wire [1:0] a_i, output wire y_o);
  wire one;
  part first(.clk_i(clk_i), .a_i(a_i), .y_o(one));
  part second(.clk_i(clk_i), .a_i({one, 1'b1}), .y_o(y_o));
endmodule
)";

constexpr const char* kMemory = R"(
module top #(parameter Words = 8) (input wire clk_i, input wire we_i, input wire [2:0] addr_i,
                                   input wire [3:0] data_i, output reg [3:0] data_o);
  reg [3:0] memory [0:Words-1];
  always @(posedge clk_i) begin
    if (we_i) memory[addr_i] <= data_i;
    data_o <= memory[addr_i];
  end
endmodule
)";

TEST(Synthesis, ShiftRegisterIsItsFlipFlopsAndTogglesByHand) {
  const LibraryFile file(kTinyLibrary);
  const Library& library = file.library();
  SynthesisRequest request;
  request.parameters = {{"N", 5}};
  const Synthesis made = map_text(kShift, library, request);
  EXPECT_EQ(made.netlist.cells.size(), 5u);
  EXPECT_EQ(made.netlist.cell_area(), 5 * 40);
  GateSimulation gates(made.netlist);
  for (int cycle = 0; cycle < 8; ++cycle) {  // fills it with zeros
    gates.set(gates.port("d_i"), 0u);
    gates.settle(false);
    gates.edge();
  }
  std::uint64_t toggles = 0;
  for (int cycle = 0; cycle < 5; ++cycle) {  // a lone one walks in: d and each bit before the last
    gates.set(gates.port("d_i"), cycle == 0 ? 1u : 0u);
    gates.settle(true);
    gates.edge();
  }
  for (const std::uint64_t count : gates.activity().toggles) toggles += count;
  EXPECT_EQ(toggles, 2 + 3 * 2 + 1u);
}

TEST(Synthesis, ModulesAreMappedOnceAndCountedByInstance) {
  const Library library = read_library(default_library());
  SynthesisRequest request;
  request.keep_hierarchy = true;
  const Synthesis made = map_text(kTwice, library, request);
  ASSERT_EQ(made.netlist.modules.size(), 2u);
  EXPECT_EQ(made.netlist.modules[1].name, "part");
  EXPECT_EQ(made.netlist.modules[1].instances, 2u);
  EXPECT_EQ(made.netlist.modules[1].area, 24 + 96);
  EXPECT_EQ(made.netlist.cell_area(), 2 * (24 + 96));
  GateSimulation gates(made.netlist);
  for (std::uint32_t a : {3u, 3u, 0u, 3u, 1u, 3u, 3u}) {
    gates.set(gates.port("a_i"), a);
    gates.settle(true);
    gates.edge();
  }
  gates.settle(true);
  EXPECT_EQ(gates.get(gates.port("y_o")), 1u) << "the inverse of the first, which is 0";
}

TEST(Synthesis, ArraysBeyondTheLimitAreMemories) {
  const Library library = read_library(default_library());
  SynthesisRequest request;
  request.cells_up_to = 31;
  const Synthesis sram = map_text(kMemory, library, request);
  ASSERT_EQ(sram.netlist.memories.size(), 1u);
  EXPECT_EQ(sram.netlist.memories.front().bits(), 32u);
  EXPECT_TRUE(sram.netlist.memories.front().reads.front().clocked);
  EXPECT_TRUE(sram.registers.empty());
  request.cells_up_to = 32;
  const Synthesis cells = map_text(kMemory, library, request);
  EXPECT_TRUE(cells.netlist.memories.empty());
  ASSERT_EQ(cells.registers.size(), 1u);
  EXPECT_EQ(cells.registers.front().words, 8u);
  EXPECT_GT(cells.netlist.cell_area(), 36 * library.cell("DFFPOSX1").area);

  GateSimulation one(sram.netlist), other(cells.netlist);
  std::uint32_t x = 1;
  for (int cycle = 0; cycle < 200; ++cycle) {
    x = x * 1664525 + 1013904223;
    for (GateSimulation* gates : {&one, &other}) {
      gates->set(gates->port("we_i"), cycle < 8 ? 1 : x >> 31);
      gates->set(gates->port("addr_i"),
                 cycle < 8 ? static_cast<std::uint32_t>(cycle) : x >> 20 & 7);
      gates->set(gates->port("data_i"), x >> 10 & 15);
      gates->settle(true);
      gates->edge();
      gates->refresh();
    }
    if (cycle <= 8) continue;
    ASSERT_EQ(one.get(one.port("data_o")), other.get(other.port("data_o"))) << cycle;
  }
}

TEST(Synthesis, RefusesWhatYosysRefuses) {
  const LibraryFile file(kTinyLibrary);
  const Library& library = file.library();
  EXPECT_THAT([&] { map_text("module top(; endmodule", library, {}); },
              testing::ThrowsMessage<Error>(testing::HasSubstr("yosys: ")));
  EXPECT_THAT([&] { map_text("module top(input wire a); rule fault (); endmodule", library, {}); },
              testing::ThrowsMessage<Error>(testing::HasSubstr("rule")));
}

TEST(Synthesis, LibraryWithoutTimingIsNamed) {
  const LibraryFile file(kTinyLibrary);
  EXPECT_THAT([&] { map_text(kTwice, file.library(), {}); },
              testing::ThrowsMessage<Error>(testing::HasSubstr("need tables of timing")));
}

TEST(Synthesis, LatchHasNoPlaceInANetlist) {
  const LibraryFile file(kTinyLibrary);
  const Library& library = file.library();
  const char* latch =
      "module top(input wire e, input wire d, output reg q);"
      " always @(*) if (e) q = d; endmodule";
  EXPECT_THAT([&] { map_text(latch, library, {}); },
              testing::ThrowsMessage<Error>(testing::HasSubstr("has no cell")));
}

}  // namespace
}  // namespace lacuna::sim
