// SPDX-License-Identifier: Apache-2.0
// Whole networks: embedding, layers and output projection against the slow reference, stream by
// stream.
#include "golden/network.h"

#include <gtest/gtest.h>

#include "golden/embedding.h"
#include "golden/error.h"
#include "network_reference.h"
#include "random_layer.h"

namespace lacuna::golden {
namespace {

constexpr int kSeed = 31;

Bundle two_layers(Dice& dice, int inputs, int units, int outputs) {
  Bundle bundle;
  LstmLayer first = random_layer(dice, inputs, units);
  first.name = "lstm0";
  first.threshold = 20;
  LstmLayer second = random_layer(dice, units, units + 3);
  second.name = "lstm1";
  bundle.layers = {first, second, random_linear(dice, units + 3, outputs)};
  return bundle;
}

TEST(Network, EqualsTheReferenceOnVectors) {
  Dice dice(kSeed);
  const int inputs = 7, batch = 3, steps = 6, outputs = 70;
  const Bundle bundle = two_layers(dice, inputs, 21, outputs);
  Network network(bundle, batch);
  network.start(std::vector<int>(batch, steps));
  std::vector<std::vector<std::vector<std::int64_t>>> x(batch);
  std::vector<std::vector<std::int64_t>> logits;
  for (int step = 0; step < steps; ++step) {
    const std::vector<std::int8_t> dense = random_values(dice, inputs, batch, 20);
    for (std::size_t b = 0; b < batch; ++b) {
      auto& vector = x[b].emplace_back();
      for (std::size_t i = b; i < dense.size(); i += batch) vector.push_back(dense[i]);
    }
    network.step(encode_columns(dense, batch));
    logits.push_back(network.logits());
  }
  for (std::size_t b = 0; b < batch; ++b) {
    const auto expected = reference_logits(bundle, x[b]);
    for (std::size_t step = 0; step < steps; ++step) {
      const auto begin = logits[step].begin() + static_cast<std::ptrdiff_t>(b) * outputs;
      EXPECT_EQ(std::vector<std::int64_t>(begin, begin + outputs), expected[step])
          << "stream " << b << ", step " << step;
    }
  }
}

TEST(Embed, LooksUpOneRowAStream) {
  EmbeddingLayer layer;
  layer.name = "embedding";
  layer.weight.resize(3, 2);
  layer.weight << 1, 2, 0, -4, 5, 6;
  const Columns columns = embed(layer, {1, -1, 0});
  EXPECT_EQ(columns.index, (std::vector<std::uint16_t>{0, 1}));
  EXPECT_EQ(columns.values, (std::vector<std::int8_t>{0, 0, 1, -4, 0, 2}));
  EXPECT_EQ(embed(layer, {1}).index, (std::vector<std::uint16_t>{1}));
  EXPECT_THROW(embed(layer, {3}), Error);
}

TEST(Network, SymbolsGoThroughTheEmbedding) {
  Dice dice(kSeed + 1);
  const Bundle bundle = two_layers(dice, 4, 9, 5);
  EmbeddingLayer embedding;
  embedding.name = "embedding";
  embedding.weight = Int8Matrix::Random(6, 4);
  Network vectors(bundle, 2);
  EXPECT_FALSE(vectors.takes_symbols());
  EXPECT_THROW(vectors.step_symbols({0, 1}), Error);
  Bundle embedded = bundle;  // networks keep references into theirs
  embedded.layers.insert(embedded.layers.begin(), embedding);
  Network symbols(embedded, 2);
  EXPECT_TRUE(symbols.takes_symbols());
  for (Network* network : {&vectors, &symbols}) network->start({2, 2});
  symbols.step_symbols({5, 2});
  vectors.step(embed(embedding, {5, 2}));
  EXPECT_EQ(symbols.logits(), vectors.logits());
}

TEST(Network, WithoutOutputsHasNoLogits) {
  Dice dice(kSeed + 2);
  Bundle bundle;
  bundle.layers = {random_layer(dice, 2, 2)};
  EXPECT_THROW(Network(bundle, 1).logits(), Error);
  bundle.layers.clear();
  EXPECT_THROW(Network(bundle, 1), Error);
}

}  // namespace
}  // namespace lacuna::golden
