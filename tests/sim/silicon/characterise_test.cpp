// SPDX-License-Identifier: Apache-2.0
// Energies of events from runs of gates.
#include "sim/silicon/characterise.h"

#include <gmock/gmock.h>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

CharacterisedRun run_of(double cycles, double products, double outputs) {
  return {{{"cycle", cycles}, {"product", products}, {"output", outputs}},
          3e-12 * cycles + 5e-12 * products};
}

TEST(Characterise, FindsTheEnergiesThatRunsAreSumsOf) {
  const GateTableEntry entry =
      fit({run_of(100, 10, 1), run_of(100, 900, 7), run_of(20, 3, 50), run_of(1, 1, 2)});
  EXPECT_NEAR(entry.energy({{"cycle", 1}}), 3e-12, 1e-18);
  EXPECT_NEAR(entry.energy({{"product", 1}}), 5e-12, 1e-18);
  EXPECT_NEAR(entry.energy({{"output", 1}}), 0, 1e-18);
  EXPECT_NEAR(entry.largest_error(), 0, 1e-9);
}

TEST(Characterise, NoEventGivesEnergyBack) {
  // More products, less energy: only a negative energy would fit exactly.
  const GateTableEntry entry =
      fit({{{{"cycle", 10}, {"product", 0}}, 10e-12}, {{{"cycle", 10}, {"product", 5}}, 8e-12}});
  EXPECT_EQ(entry.energy({{"product", 1}}), 0);
  EXPECT_GT(entry.energy({{"cycle", 1}}), 0.8e-12);
  EXPECT_GT(entry.largest_error(), 0.05);
}

/// The bar: within 15 % of the gates on a workload that it was not fitted to.
void expect_near_the_gates(const std::string& name, const WorkloadRequest& other_workload) {
  SCOPED_TRACE(name);
  const Library library = read_library(default_library());
  const Technology technology = read_technology(default_technology());
  const SiliconDesign design = find_design(name);
  GateTable table;
  table.library = library.name;
  table.voltage = library.voltage;
  table.nanometre = SiliconOptions().nanometre;
  table.put(characterise(design, library, technology, {}));
  SiliconOptions other;
  other.workload = other_workload;
  SiliconResult result = measure(design, library, technology, other);
  result.compare_with(table);
  ASSERT_TRUE(result.fast.has_value());
  EXPECT_NEAR(*result.fast / result.energy.total(), 1, 0.15);
}

TEST(Characterise, FastTierIsNearTheGatesOfARecurrentEngine) {
  WorkloadRequest rows;  // 100 units that skip zeros: sizes that were not drawn
  rows.network =
      std::filesystem::path(LACUNA_SOURCE_DIR) / "golden/networks/smnist-rows-pruned.safetensors";
  rows.input.seed = 100;
  rows.input.steps = 3;
  rows.input.streams = 1;
  expect_near_the_gates("lac_sparse_lstm:single", rows);
}

TEST(Characterise, FastTierIsNearTheGatesOfAFullyConnectedEngine) {
  WorkloadRequest drawn;
  drawn.input.seed = 100;
  expect_near_the_gates("lac_lfsr_layer:small_int8", drawn);
}

TEST(Characterise, PartsHaveNoEvents) {
  EXPECT_THAT(
      [] {
        characterise(find_design("lac_pe"), read_library(default_library()),
                     read_technology(default_technology()), {});
      },
      ThrowsMessage<Error>(HasSubstr("is a part")));
}

}  // namespace
}  // namespace lacuna::sim
