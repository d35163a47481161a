// SPDX-License-Identifier: Apache-2.0
// A recurrent engine with states of 12 bits: its processing elements are exchanged, nothing else.
#include "sim/silicon/wide_states.h"

#include <gmock/gmock.h>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr double kHertz = 50e6;

/// Two processing elements with their sums, and a controller.
SiliconResult engine() {
  SiliconResult result;
  result.design = find_design("lac_bt_lstm:int12");
  result.hertz = kHertz;
  NetlistModule element, control;
  element.name = "lac_pe";
  element.instances = 2;
  element.area = 1000;
  control.name = "lac_lstm_control";
  control.instances = 1;
  control.area = 500;
  result.modules = {element, control};
  result.cell_area = 2500;
  result.energy.modules = {5e-9, 1e-9};  // of the elements 2 in memory
  result.energy.gates = 4e-9;
  result.energy.memories = 2e-9;
  SiliconMemory sums;
  sums.module = "lac_pe";
  sums.sram = true;
  sums.area = 600;
  sums.energy = 2e-9;
  result.memories = {sums};
  result.memory_area = 600;
  return result;
}

TEST(WideStates, ExchangeTheProcessingElementsAndNothingElse) {
  const Library library = read_library(default_library());
  const Technology technology = read_technology(default_technology());
  SiliconOptions options;
  const SiliconResult before = engine();
  const auto narrow = before.boundaries();
  const auto wide = with_wide_states(before, library, technology, options);
  ASSERT_EQ(narrow.size(), 3u);
  ASSERT_EQ(wide.size(), 3u);
  EXPECT_EQ(narrow[0].area, 2000);
  EXPECT_EQ(narrow[1].area, 2600);
  EXPECT_EQ(narrow[2].area, 3100);

  options.hertz = kHertz;
  const auto part8 =
      measure(find_design("lac_pe:int12"), library, technology, options).boundaries();
  const auto part12 =
      measure(find_design("lac_pe:int12_12"), library, technology, options).boundaries();
  for (std::size_t at = 0; at < part8.size(); ++at) {
    EXPECT_NEAR(wide[at].area / narrow[at].area, part12[at].area / part8[at].area, 1e-9);
    EXPECT_NEAR(wide[at].energy / narrow[at].energy, part12[at].energy / part8[at].energy, 1e-9);
    EXPECT_GT(wide[at].area, narrow[at].area);
  }
  EXPECT_DOUBLE_EQ(wide[2].area - narrow[2].area, wide[1].area - narrow[1].area);
  EXPECT_NEAR(wide[2].energy - narrow[2].energy, wide[1].energy - narrow[1].energy, 1e-20);
}

TEST(RelativeJson, WidensAnEngineToTheAreaOfAnother) {
  SiliconResult first = engine(), other = engine();
  first.cycles = other.cycles = 1000;
  other.modules[0].area = 200;  // two elements of 200 and sums of 600 beside a rest of 500
  other.cell_area = 900;
  const auto relative = relative_json(other, first);
  EXPECT_DOUBLE_EQ(relative.at("engine").at("area_relative"), 1500.0 / 3100.0);
  EXPECT_DOUBLE_EQ(relative.at("engine").at("speed_at_equal_area"), 3100.0 / 1500.0);
  EXPECT_DOUBLE_EQ(relative.at("engine").at("speed_widened_to_equal_area"), (3100.0 - 500) / 1000);
  EXPECT_DOUBLE_EQ(
      relative_json(first, first).at("engine").at("speed_widened_to_equal_area").get<double>(), 1);
}

TEST(WideStates, AreOfRecurrentEngines) {
  SiliconResult part = engine();
  part.design = find_design("lac_pe:int12");
  EXPECT_THAT(
      [&] {
        (void)with_wide_states(part, read_library(default_library()),
                               read_technology(default_technology()), {});
      },
      ThrowsMessage<Error>(HasSubstr("has no processing elements to exchange")));
}

}  // namespace
}  // namespace lacuna::sim
