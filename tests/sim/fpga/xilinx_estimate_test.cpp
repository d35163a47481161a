// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/xilinx_estimate.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

const char* const kStat = R"(
4. Printing statistics.

=== $paramod\lac_ram\Width=s32'00000000000000000000000000001000 ===

   Number of wires:                 16
   Number of cells:                  3
     FDRE                            2
     RAM64M                          3
     RAMB36E1                        1

   Estimated number of LCs:          4

=== lac_two ===

   Number of wires:                 16
   Number of cells:                  9
     $paramod\lac_ram\Width=s32'00000000000000000000000000001000      2
     CARRY4                          1
     DSP48E1                         1
     LUT2                            3
     LUT6                            4
     RAMB18E1                        1

   Estimated number of LCs:          7

=== design hierarchy ===

   lac_two                           1
     $paramod\lac_ram\Width=s32'00000000000000000000000000001000      2

   Number of cells:                 15
     FDRE                            4
)";

TEST(XilinxEstimate, CountsEachModuleAsOftenAsItStandsThere) {
  const XilinxEstimate estimate = count_xilinx(kStat, "lac_two");
  EXPECT_EQ(estimate.total.luts, 7 + 2 * 3 * 4);  // a RAM64M is four LUTs
  EXPECT_EQ(estimate.total.flip_flops, 4);
  EXPECT_EQ(estimate.total.half_brams, 1 + 2 * 2);
  EXPECT_EQ(estimate.total.dsps, 1);
  ASSERT_EQ(estimate.parts.size(), 2);
  EXPECT_EQ(estimate.parts[0].module, "lac_ram");  // the largest first
  EXPECT_EQ(estimate.parts[0].instances, 2);
  EXPECT_EQ(estimate.parts[0].each.luts, 12);
}

TEST(XilinxEstimate, RefusesACellItCannotCount) {
  std::string stat = kStat;
  stat.replace(stat.find("CARRY4"), 6, "URAM28");
  try {
    count_xilinx(stat, "lac_two");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("URAM28"));
  }
}

TEST(XilinxEstimate, RefusesATopThatIsNotThere) {
  EXPECT_THROW(count_xilinx(kStat, "lac_three"), Error);
}

TEST(XilinxEstimate, ProcessingElementHasItsMultiplierRegistersAndSums) {
  const XilinxEstimate estimate = estimate_xilinx({"lstm/lac_pe.f", "lac_pe", {}});
  EXPECT_EQ(estimate.total.dsps, 1);
  EXPECT_EQ(estimate.total.half_brams, 0);  // two banks of sums are distributed RAM
  EXPECT_GT(estimate.total.luts, 0);
  const XilinxEstimate ternary = estimate_xilinx({"lstm/lac_pe.f", "lac_pe", {{"WeightBits", 2}}});
  EXPECT_EQ(ternary.total.dsps, 0);  // no multiplier
}

TEST(XilinxEstimate, ParametersOfTheTopCount) {
  const auto flip_flops = [](int units) {
    return estimate_xilinx({"lstm/lac_sparse_lstm.f",
                            "lac_sparse_lstm",
                            {{"Lanes", 4},
                             {"Batch", units},
                             {"EwWidth", 1},
                             {"Depth", 2},
                             {"MaxUnits", 64},
                             {"MaxInputs", 64}}})
        .total.flip_flops;
  };
  EXPECT_GT(flip_flops(2), flip_flops(1));
}

TEST(XilinxEstimate, SharesAreOfTheBoardsDevice) {
  const Board board = read_board("vc707");
  const auto json = to_json(count_xilinx(kStat, "lac_two"), board);
  EXPECT_NEAR(json.at("luts_percent").get<double>(),
              100.0 * 31 / static_cast<double>(board.resources.at("LUTs")), 1e-9);
  EXPECT_EQ(json.at("device"), "xc7vx485tffg1761-2");
  EXPECT_EQ(json.at("total").at("bram36"), 2.5);
  EXPECT_THROW(to_json({}, read_board("up5k")), Error);
}

TEST(XilinxEstimate, TakesAFoldersSystemWithItsImage) {
  const TemporaryFolder made;
  const auto folder = made.path() / "with blank";
  const auto add = [&](const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << text;
  };
  add("rtl/system.v",
      "module system (input wire c, input wire [9:0] a, output wire [15:0] q, output wire [15:0] "
      "p);"
      " rom one (.c(c), .a(a), .q(q)); rom two (.c(c), .a(~a), .q(p)); endmodule\n");
  add("rtl/rom.v",
      "module rom (input wire c, input wire [9:0] a, output reg [15:0] q);"
      " reg [15:0] m [0:1023]; initial $readmemh(\"memory.mem\", m);"
      " always @(posedge c) q <= m[a]; endmodule\n");
  add("rtl/top.v", "module top; VENDORS_PART part (); endmodule\n");
  EXPECT_THROW(estimate_xilinx_folder(folder), Error) << "no mem/";
  std::string image;
  for (int word = 0; word < 1024; ++word) image += fmt::format("{:04x}\n", word * 40503 % 65536);
  add("mem/memory.mem", image);
  const XilinxEstimate estimate = estimate_xilinx_folder(folder);
  EXPECT_EQ(estimate.top, "system");
  EXPECT_EQ(estimate.total.half_brams, 2);
  ASSERT_EQ(estimate.parts.size(), 2);  // system and rom: the hierarchy is kept
  EXPECT_FALSE(std::filesystem::exists(folder / "mem" / "script.ys"));
  // Without its contents there is no memory left to count.
  std::filesystem::remove(folder / "mem" / "memory.mem");
  EXPECT_THROW(estimate_xilinx_folder(folder), Error);
}

}  // namespace
}  // namespace lacuna::sim
