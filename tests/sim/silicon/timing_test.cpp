// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/timing.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "sim/silicon/design.h"

namespace lacuna::sim {
namespace {

Netlist netlist_of(const std::string& name, const Library& library) {
  const SiliconDesign design = find_design(name);
  SynthesisRequest request;
  request.file_list = design.file_list;
  request.top = design.top;
  request.parameters = design.parameters;
  return synthesise(request, library).netlist;
}

TEST(Timing, WiderMultiplierHasALongerPathAndTakesMorePower) {
  const Library library = read_library(default_library());
  const WireModel wires = WireModel::at_node(180);
  const Timing binary = time_netlist(netlist_of("lac_multiply:binary", library), library, wires);
  const Timing wide = time_netlist(netlist_of("lac_multiply:int12", library), library, wires);
  EXPECT_GT(binary.longest_path, 0);
  EXPECT_GT(wide.longest_path, 2 * binary.longest_path);
  EXPECT_GT(wide.dynamic_energy, 2 * binary.dynamic_energy);
  EXPECT_GT(wide.leakage, 0);
  EXPECT_FALSE(wide.path.empty());
}

TEST(Timing, LongerWiresSlowANetlistDown) {
  const Library library = read_library(default_library());
  const Netlist netlist = netlist_of("lac_multiply:ternary", library);
  EXPECT_GT(time_netlist(netlist, library, WireModel{1e-15, 100, 100}).longest_path,
            1.5 * time_netlist(netlist, library, WireModel{0, 0, 0}).longest_path);
}

TEST(Timing, ClockThatIsNotMetIsNamedWithWhatIs) {
  Timing timing;
  timing.longest_path = 4e-9;
  require_clock(timing, "some:top", 250e6);
  EXPECT_THAT([&] { require_clock(timing, "some:top", 251e6); },
              testing::ThrowsMessage<CheckFailed>(
                  testing::AllOf(testing::HasSubstr("longest path of some:top takes 4.000 ns"),
                                 testing::HasSubstr("set --clock to 250 at most"))));
}

}  // namespace
}  // namespace lacuna::sim
