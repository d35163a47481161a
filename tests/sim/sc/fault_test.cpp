// SPDX-License-Identifier: Apache-2.0
// Checks that must fail: a wrong golden, a wrong code, a wrong seed and a wrong design are each
// noticed and named.
#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/sim/sc/case.h"

namespace lacuna::sim {

std::unique_ptr<ScModel> make_sc_mutant(std::uint64_t seed);
std::unique_ptr<ScModel> make_sc_mutant_silent(std::uint64_t seed);
std::unique_ptr<ScModel> make_sc_mutant_class(std::uint64_t seed);
std::unique_ptr<ScModel> make_sc_mutant_walk(std::uint64_t seed);
std::unique_ptr<ScModel> make_sc_mutant_counter(std::uint64_t seed);
std::unique_ptr<ScModel> make_sc_mutant_pause(std::uint64_t seed);

namespace {

using testing::AllOf;
using testing::HasSubstr;

struct Played {
  explicit Played(const std::string& configuration = "small_m1")
      : which(make_sc_case(configuration, 1, 50, 14)) {}

  ScRunResult run() const {
    return run_platform(sc_configuration(which.configuration), workload, {});
  }

  ScCase which;
  golden::Bundle bundle = draw_network(which);
  ScWorkload workload = whole_runs(which, bundle);
};

TEST(ScFaults, FlippedBitOfAStreamIsNamedByImageCycleAndNeuron) {
  for (const std::size_t layer : {0u, 1u}) {
    Played played;
    const std::size_t neurons = layer == 0 ? 11 : 9;
    played.workload.runs.back().expected[2].streams[layer][31 * neurons + 5] ^= 1;
    const ScRunResult result = played.run();
    ASSERT_TRUE(result.mismatch);
    EXPECT_THAT(result.mismatch->str(),
                AllOf(HasSubstr("engine lac_integral_dnn, image 2"),
                      HasSubstr(layer == 0 ? "stream 1, cycle 31, neuron 5"
                                           : "stream 2, cycle 31, neuron 5")));
  }
}

TEST(ScFaults, WrongSumIsNamed) {
  Played played;
  played.workload.runs.back().expected[1].sums[2] += 2;
  const ScRunResult result = played.run();
  ASSERT_TRUE(result.mismatch);
  EXPECT_EQ(result.mismatch->what, "y");
  EXPECT_EQ(result.mismatch->image, 1u);
  EXPECT_EQ(result.mismatch->neuron, 2u);
  EXPECT_EQ(result.mismatch->expected, result.mismatch->got + 2);
}

TEST(ScFaults, FlippedBitOfACodeIsAMismatch) {
  Played played;
  played.workload.codes[3].codes[0] ^= 0x400;
  EXPECT_TRUE(played.run().mismatch);
}

TEST(ScFaults, AnotherSeedOfOneRegisterIsAMismatch) {
  Played played;
  played.workload.seeds[50].state ^= 1;
  EXPECT_TRUE(played.run().mismatch);
}

TEST(ScFaults, MissingCycleOfTheModelIsNamed) {
  Played played;
  ++played.workload.runs.back().out[3];
  const ScRunResult result = played.run();
  EXPECT_FALSE(result.mismatch);
  EXPECT_THAT(cycle_difference(played.workload, result),
              AllOf(HasSubstr("run 2"), HasSubstr("image 3")));
}

TEST(ScFaults, MutatedDesignIsAMismatch) {
  const Played played;
  EXPECT_FALSE(played.run().mismatch);
  ScConfiguration mutant = sc_configuration("small_m1");
  mutant.make = &make_sc_mutant;
  const ScRunResult result = run_platform(mutant, played.workload, {});
  ASSERT_TRUE(result.mismatch);
  EXPECT_THAT(result.mismatch->what, HasSubstr("stream"));
}

TEST(ScFaults, DesignWhoseBitsNobodyHearsOfIsStuck) {
  const Played played;
  ScConfiguration mutant = sc_configuration("small_m1");
  mutant.make = &make_sc_mutant_silent;
  EXPECT_THROW(run_platform(mutant, played.workload, {}), CheckFailed);
}

TEST(ScFaults, CycleOfAnotherClassIsNamed) {
  const Played played;
  ScConfiguration mutant = sc_configuration("small_m1");
  mutant.make = &make_sc_mutant_class;
  const ScRunResult result = run_platform(mutant, played.workload, {});
  EXPECT_FALSE(result.mismatch);
  EXPECT_THAT(cycle_difference(played.workload, result), HasSubstr("expected classes"));
}

TEST(ScFaults, FoldedAnotherCodeSeedOrPhaseIsAMismatch) {
  Played code("small_folded_m1");
  code.workload.codes[3].codes[0] ^= 0x400;
  EXPECT_TRUE(code.run().mismatch);
  for (std::size_t at = 0; at < 4;
       ++at) {  // state and phase of the inputs' registers, of a stream's
    Played seed("small_folded_m1");
    seed.workload.seeds.at(at).state ^= 1;
    EXPECT_TRUE(seed.run().mismatch) << "write " << at;
  }
}

TEST(ScFaults, FoldedMutatedDesignIsAMismatch) {
  const Played played("small_folded_m1");
  EXPECT_FALSE(played.run().mismatch);
  for (const auto make : {&make_sc_mutant_walk, &make_sc_mutant_counter}) {
    ScConfiguration mutant = sc_configuration("small_folded_m1");
    mutant.make = make;
    EXPECT_TRUE(run_platform(mutant, played.workload, {}).mismatch);
  }
}

TEST(ScFaults, FoldedClockMoreIsNamed) {
  const Played played("small_folded_m1");
  ScConfiguration mutant = sc_configuration("small_folded_m1");
  mutant.make = &make_sc_mutant_pause;
  const ScRunResult result = run_platform(mutant, played.workload, {});
  EXPECT_FALSE(result.mismatch);
  EXPECT_THAT(cycle_difference(played.workload, result), HasSubstr("expected in cycle"));
}

TEST(ScFaults, EngineThatWaitsForeverIsStuck) {
  Played played;
  played.workload.runs.back().x.pop_back();
  EXPECT_THROW(played.run(), CheckFailed);
}

}  // namespace
}  // namespace lacuna::sim
