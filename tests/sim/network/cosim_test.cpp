// SPDX-License-Identifier: Apache-2.0
// A network of several layers in RTL, layer by layer, and what is reported of it.
#include "sim/network/cosim.h"

#include <gmock/gmock.h>

#include "golden/error.h"
#include "golden/network.h"
#include "tests/golden/random_layer.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

/// Embedding of 11 symbols in 6 features, LSTM of 9 units, LSTM of 5 units, projection to 11.
golden::Bundle two_layers() {
  golden::Dice dice(3);
  golden::Bundle bundle;
  golden::EmbeddingLayer embedding;
  embedding.name = "embedding";
  embedding.frac = 7;
  embedding.weight = golden::Int8Matrix::NullaryExpr(11, 6, [&](Eigen::Index, Eigen::Index) {
    return static_cast<std::int8_t>(dice.roll(-128, 127));
  });
  golden::LstmLayer first = golden::random_layer(dice, 6, 9);
  first.name = "lstm0";
  first.threshold = 30;
  golden::LstmLayer second = golden::random_layer(dice, 9, 5);
  second.name = "lstm1";
  second.threshold = 20;
  golden::LinearLayer linear;
  linear.name = "linear";
  linear.weight = golden::Int8Matrix::Ones(11, 5);
  linear.scale.assign(11, 100);
  linear.bias.assign(11, 0);
  linear.logit_shift = 4;
  bundle.layers = {embedding, first, second, linear};
  return bundle;
}

CosimOptions small() {
  CosimOptions options;
  options.configuration = lstm_configuration("small");
  return options;
}

TEST(Cosim, EveryLayerAgreesAndTheChainIsGoldens) {
  const golden::Bundle bundle = two_layers();
  InputRequest request;
  request.streams = 3;
  request.steps = 7;
  const NetworkInput input = read_network_input(bundle, request);
  const CosimResult result = cosimulate(bundle, input, small());
  EXPECT_EQ(result.difference(), "");
  ASSERT_EQ(result.layers.size(), 2u);
  EXPECT_EQ(result.vectors(), 2u * 2 * 3 * 7) << "h and c, two layers, three streams, seven steps";
  EXPECT_EQ(result.cycles(), result.cycles_model());
  EXPECT_LT(result.utilisation(), 1.0);

  // The second layer's share of zeros is golden's on the same text: its input was the first layer's
  // output.
  golden::Network network(bundle, 3);
  network.start({7, 7, 7});
  std::uint64_t zeros = 0;
  for (std::size_t step = 0; step < 7; ++step) {
    network.step_symbols({input.symbols[0][step], input.symbols[1][step], input.symbols[2][step]});
    for (const auto h : network.lstm()[1].state().h) zeros += h == 0;
  }
  EXPECT_EQ(result.layers[1].zero_states, zeros);
}

TEST(Cosim, LayersWithoutAnEngineAreReportedWithTheirShare) {
  const golden::Bundle bundle = two_layers();
  InputRequest request;
  request.streams = 1;
  request.steps = 2;
  const auto json = to_json(cosimulate(bundle, read_network_input(bundle, request), small()));
  const double lstm = 4 * 9 * (6 + 9) + 4 * 5 * (9 + 5), linear = 11 * 5;
  EXPECT_DOUBLE_EQ(json.at("operations_share_golden").get<double>(), linear / (lstm + linear));
  for (const char* field : {"engine", "top", "simulator", "seed", "steps", "batch",
                            "vectors_compared", "mismatches", "cycles", "cycles_model",
                            "cycles_roofline", "utilisation", "kilocycles_per_second", "events"}) {
    EXPECT_TRUE(json.contains(field)) << field;
  }
}

TEST(Cosim, TableFitsATerminal) {
  const golden::Bundle bundle = two_layers();
  InputRequest request;
  request.steps = 2;
  const std::string table =
      to_table(cosimulate(bundle, read_network_input(bundle, request), small()));
  std::size_t begin = 0;
  while (begin < table.size()) {
    const std::size_t end = table.find('\n', begin);
    EXPECT_LE(end - begin, 80u) << table.substr(begin, end - begin);
    begin = end + 1;
  }
  EXPECT_THAT(table, HasSubstr("lstm1"));
}

TEST(Cosim, BatchBeyondTheEngineIsRefused) {
  const golden::Bundle bundle = two_layers();
  InputRequest request;
  request.streams = 9;
  request.steps = 2;
  EXPECT_THROW(cosimulate(bundle, read_network_input(bundle, request), small()), Error);
}

}  // namespace
}  // namespace lacuna::sim
