// SPDX-License-Identifier: Apache-2.0
// Faults in the binary-radix layer's RTL are golden's, bit for bit; rtl/ knows nothing of them.
#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/golden/fc/random_fc.h"
#include "tests/sim/fc/case.h"

namespace lacuna::sim {
namespace {

using golden::Faults;
using golden::FaultSite;
using testing::HasSubstr;

struct FaultyChain {
  explicit FaultyChain(std::uint64_t seed) : dice(seed) {
    layers = {golden::random_fc(dice, 41, 12, golden::WeightFormat::kInt8, {}),
              golden::random_fc(dice, 12, 9, golden::WeightFormat::kInt8, {})};
  }

  FcWorkload workload(const std::optional<Faults>& faults) {
    FcWorkload workload = make_workload(layers, {configuration.engine, configuration.engine});
    workload.faults = faults;
    for (const int images : {1, 6})
      add_images(workload, layers, golden::random_bytes(dice, 41 * images));
    return workload;
  }

  golden::Dice dice;
  std::vector<golden::FcLayer> layers;
  FcConfiguration configuration = fc_configuration("small_radix");
};

TEST(FcInjection, EveryActivationEqualsGoldensUnderTheSameFaults) {
  for (const double rate : {0.0, 0.003, 0.1, 0.5}) {
    SCOPED_TRACE(rate);
    FaultyChain chain(3);
    const FcWorkload workload = chain.workload(Faults(FaultSite::kSums, 7, rate, 2));
    const FcRunResult result =
        run_platform({chain.configuration, chain.configuration}, workload, {});
    EXPECT_FALSE(result.mismatch) << result.mismatch->str();
    EXPECT_EQ(result.layers.back().images_compared, 7u);
    EXPECT_EQ(cycle_difference(workload, result), "");
  }
}

TEST(FcInjection, FaultsOfAnotherSeedAreAMismatch) {
  FaultyChain chain(4);
  FcWorkload workload = chain.workload(Faults(FaultSite::kSums, 7, 0.1, 2));
  workload.faults = Faults(FaultSite::kSums, 8, 0.1, 2);  // expected are those of seed 7
  EXPECT_TRUE(run_platform({chain.configuration, chain.configuration}, workload, {}).mismatch);
}

TEST(FcInjection, AConfigurationWithoutWrappersIsRefused) {
  FaultyChain chain(5);
  chain.configuration.make_faulty = nullptr;
  const FcWorkload workload = chain.workload(Faults(FaultSite::kSums, 7, 0.1, 2));
  try {
    run_platform({chain.configuration, chain.configuration}, workload, {});
    FAIL() << "not refused";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("'small_radix': is built without faults"));
  }
}

}  // namespace
}  // namespace lacuna::sim
