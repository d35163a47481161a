// SPDX-License-Identifier: Apache-2.0
// Which engines a network is compared on, what the rows say, and the memory of weights.
#include "sim/compare/compare.h"

#include <gmock/gmock.h>

#include "tests/golden/random_layer.h"

namespace lacuna::sim {
namespace {

using golden::WeightFormat;
using testing::ElementsAre;

golden::Bundle one_layer(WeightFormat format, bool normalised) {
  golden::Dice dice(5);
  golden::LstmLayer layer = golden::random_layer(dice, 6, 20, format);
  layer.threshold = 40;
  if (normalised) layer.cell_norm = golden::random_norm(dice, 20);
  golden::Bundle bundle;
  bundle.facts = {{"task", "generic"}};
  bundle.layers = {layer};
  return bundle;
}

std::vector<std::string> names_for(WeightFormat format, bool normalised) {
  std::vector<std::string> names;
  for (const auto& known : configurations_for(one_layer(format, normalised)))
    names.push_back(known.name);
  return names;
}

TEST(Compare, TakesAnEngineOfEveryFormatThatHoldsTheWeights) {
  EXPECT_THAT(names_for(WeightFormat::kInt12, false), ElementsAre("int12"));
  EXPECT_THAT(names_for(WeightFormat::kInt8, false), ElementsAre("int12", "reference"));
  EXPECT_THAT(names_for(WeightFormat::kInt8, true), ElementsAre("int12", "int8"));
  EXPECT_THAT(names_for(WeightFormat::kTernary, true), ElementsAre("int12", "int8", "ternary"));
  EXPECT_THAT(names_for(WeightFormat::kBinary, true),
              ElementsAre("int12", "int8", "ternary", "binary"));
}

TEST(Compare, EnginesAtEqualBandwidthHaveTwinsThatSkipNothing) {
  for (const auto& known : configurations_for(one_layer(WeightFormat::kBinary, true))) {
    const auto& twin = dense_twin(known);
    EXPECT_EQ(known.engine.lanes * known.engine.weight_bits, 192) << known.name;
    EXPECT_TRUE(known.engine.skip_zeros) << known.name;
    EXPECT_FALSE(twin.engine.skip_zeros) << known.name;
    EXPECT_EQ(twin.engine.lanes, known.engine.lanes) << known.name;
    EXPECT_EQ(twin.engine.batch, known.engine.batch) << known.name;
    EXPECT_EQ(twin.engine.ew_width, known.engine.ew_width) << known.name;
  }
}

TEST(Compare, RowsAreHeldAgainstTheirBatchesFirstAndTheirOwnDenseRun) {
  const golden::Bundle bundle = one_layer(WeightFormat::kBinary, true);
  CompareRequest request;
  request.input.steps = 5;
  for (const char* name : {"small_binary", "low_power_binary"})
    request.configurations.push_back(lstm_configuration(name));
  request.batches = {1};
  const Technology technology = read_technology(default_technology());
  const Comparison comparison = compare(bundle, request, technology);
  ASSERT_EQ(comparison.size(), 3U) << "an engine that skips nothing has no second run";
  const auto rows = compare_rows("b", comparison, technology);
  EXPECT_EQ(rows[0].at("configuration"), "small_binary_dense");
  EXPECT_EQ(rows[1].at("configuration"), "small_binary");
  EXPECT_EQ(rows[2].at("configuration"), "low_power_binary");
  EXPECT_EQ(rows[1].at("cycles_baseline"), rows[0].at("cycles"));
  EXPECT_EQ(rows[2].at("cycles_baseline"), rows[2].at("cycles"));
  EXPECT_EQ(rows[2].at("cycles_first_dense"), rows[0].at("cycles"));
  for (const auto& row : rows) {
    const double cycles = row.at("cycles"), first = row.at("cycles_first_dense");
    EXPECT_DOUBLE_EQ(row.at("speedup_over_first_dense").get<double>(), first / cycles);
    EXPECT_GT(row.at("dram_bytes").get<std::uint64_t>(), 0U);
  }
  const double dense = rows[0].at("cycles"), sparse = rows[1].at("cycles");
  EXPECT_DOUBLE_EQ(rows[1].at("speedup").get<double>(), dense / sparse);
  EXPECT_LT(rows[1].at("kept_state_columns_per_step").get<double>(), 20);
  EXPECT_GT(rows[0].at("dead_units_removed").get<int>(), 0) << "a threshold of 40 silences units";
  EXPECT_EQ(rows[1].at("dead_units_removed"), 0);
}

TEST(Compare, EveryBatchHasItsOwnFirstRun) {
  CompareRequest request;
  request.input.steps = 3;
  request.batches = {2, 3};
  request.configurations = {lstm_configuration("small_binary")};
  const auto comparison = compare(one_layer(WeightFormat::kBinary, false), request,
                                  read_technology(default_technology()));
  ASSERT_EQ(comparison.size(), 4U);
  EXPECT_EQ(comparison[1].first, 0U);
  EXPECT_EQ(comparison[3].first, 2U);
  EXPECT_EQ(comparison[3].batch, 3);
  const std::string table = compare_table("b", comparison);
  EXPECT_THAT(table, testing::HasSubstr("Batch 2:"));
  EXPECT_THAT(table, testing::HasSubstr("Batch 3:"));
  EXPECT_THAT(table, testing::HasSubstr("Faster by skipping alone: small_binary"));
}

TEST(Compare, WeightMemoryIsWhatTheFormatTakes) {
  const std::pair<WeightFormat, double> formats[] = {{WeightFormat::kInt12, 1.0},
                                                     {WeightFormat::kInt8, 1.5},
                                                     {WeightFormat::kTernary, 6.0},
                                                     {WeightFormat::kBinary, 12.0}};
  for (const auto& [format, times] : formats) {
    golden::Dice dice(5);
    golden::Bundle bundle;
    bundle.layers = {golden::random_layer(dice, 24, 40, format)};
    const auto rows = memory_rows("b", bundle);
    EXPECT_DOUBLE_EQ(rows[0].at("below_int12").get<double>(), times) << golden::name_of(format);
    EXPECT_EQ(rows[0].at("scale_and_shift_bits"), 3 * 160 * 16);
    EXPECT_THAT(memory_table(rows), testing::HasSubstr(golden::name_of(format)));
  }
}

}  // namespace
}  // namespace lacuna::sim
