// SPDX-License-Identifier: Apache-2.0
// Faults in the stochastic network's RTL are golden's, bit for bit; rtl/ knows nothing of them.
#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/sim/sc/case.h"

namespace lacuna::sim {
namespace {

using golden::Faults;
using golden::FaultSite;
using testing::HasSubstr;

struct FaultyRun {
  explicit FaultyRun(const Faults& faults) {
    workload.faults = faults;
    for (const int images : {1, 5}) {
      std::vector<std::int8_t> x;
      for (int n = 0; n < 29 * images; ++n) x.push_back(static_cast<std::int8_t>(n * 37 % 128));
      add_images(workload, network, x);
    }
  }
  ScRunResult run() const { return run_platform(configuration, workload, {}); }

  ScConfiguration configuration = sc_configuration("small_m2");
  ScCase which = make_sc_case("small_m2", 3, 60, 20);
  golden::Bundle bundle = draw_network(which);
  golden::ScNetwork network{bundle, which.seed};
  ScWorkload workload = make_workload(bundle, configuration.engine, which.seed);
};

TEST(ScInjection, EveryBitEqualsGoldensUnderTheSameFaults) {
  for (const FaultSite site : {FaultSite::kSums, FaultSite::kBits}) {
    for (const double rate : {0.0, 0.003, 0.1, 0.5}) {
      SCOPED_TRACE(rate);
      const FaultyRun faulty(Faults(site, 7, rate, 3));
      const ScRunResult result = faulty.run();
      EXPECT_FALSE(result.mismatch) << result.mismatch->str();
      EXPECT_EQ(result.images_compared, 6u);
      EXPECT_EQ(cycle_difference(faulty.workload, result), "");
    }
  }
}

TEST(ScInjection, FaultsOfAnotherSeedAreAMismatch) {
  for (const FaultSite site : {FaultSite::kSums, FaultSite::kBits}) {
    FaultyRun faulty(Faults(site, 7, 0.05, 3));
    faulty.workload.faults = Faults(site, 8, 0.05, 3);  // expected are those of seed 7
    EXPECT_TRUE(faulty.run().mismatch);
  }
}

TEST(ScInjection, AConfigurationWithoutWrappersIsRefused) {
  FaultyRun faulty(Faults(FaultSite::kSums, 7, 0.05, 3));
  faulty.configuration.make_faulty = nullptr;
  try {
    faulty.run();
    FAIL() << "not refused";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("'small_m2': is built without faults"));
  }
}

}  // namespace
}  // namespace lacuna::sim
