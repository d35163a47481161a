// SPDX-License-Identifier: Apache-2.0
// Which weights of PyTorch are read, and why others are refused.
#include "golden/float_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "golden/random.h"
#include "golden/safetensors.h"
#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::golden {
namespace {

/// A tensor whose element k is start + k / 100.
Tensor ramp(std::vector<std::int64_t> shape, float start) {
  Tensor tensor{Dtype::kF32, std::move(shape), {}};
  std::vector<float> values(static_cast<std::size_t>(tensor.elements()));
  for (std::size_t k = 0; k < values.size(); ++k) {
    values[k] = start + static_cast<float>(k) / 100.0F;
  }
  return make_tensor(tensor.shape, values.data());
}

/// state_dict of a language model: encoder 5 x 3, rnn 3 -> 2 -> 2 (two layers), decoder 2 -> 5.
SafeTensors state_dict() {
  SafeTensors content;
  auto& tensors = content.tensors;
  tensors["encoder.weight"] = ramp({5, 3}, 0);
  tensors["rnn.weight_ih_l0"] = ramp({8, 3}, 1);
  tensors["rnn.weight_hh_l0"] = ramp({8, 2}, 2);
  tensors["rnn.bias_ih_l0"] = ramp({8}, 3);
  tensors["rnn.bias_hh_l0"] = ramp({8}, 4);
  tensors["rnn.weight_ih_l1"] = ramp({8, 2}, 5);
  tensors["rnn.weight_hh_l1"] = ramp({8, 2}, 6);
  tensors["rnn.bias_ih_l1"] = ramp({8}, 7);
  tensors["rnn.bias_hh_l1"] = ramp({8}, 8);
  tensors["decoder.weight"] = ramp({5, 2}, 9);
  tensors["decoder.bias"] = ramp({5}, 10);
  return content;
}

FloatNetwork read(const SafeTensors& content) {
  const TemporaryFolder folder;
  write_safetensors(content, folder / "weights.safetensors");
  return read_float_network(folder / "weights.safetensors");
}

TEST(FloatNetwork, IsReadFromAStateDictWithAnyPrefixes) {
  const FloatNetwork network = read(state_dict());
  ASSERT_TRUE(network.embedding);
  EXPECT_EQ(network.embedding->rows(), 5);
  EXPECT_FLOAT_EQ((*network.embedding)(1, 0), 0.03F);
  ASSERT_EQ(network.lstm.size(), 2U);
  EXPECT_EQ(network.lstm[0].inputs(), 3);
  EXPECT_EQ(network.lstm[0].units(), 2);
  EXPECT_FLOAT_EQ(network.lstm[0].weight_x(7, 2), 1.23F);
  EXPECT_FLOAT_EQ(network.lstm[1].weight_h(7, 1), 6.15F);
  ASSERT_TRUE(network.linear);
  EXPECT_FLOAT_EQ(network.linear->weight(4, 1), 9.09F);
  EXPECT_FLOAT_EQ(network.linear->bias(4), 10.04F);
}

TEST(FloatNetwork, AddsTheTwoBiases) {
  EXPECT_FLOAT_EQ(read(state_dict()).lstm[0].bias(7), 3.07F + 4.07F);
}

TEST(FloatNetwork, WithoutBiasesHasZeros) {
  SafeTensors content = state_dict();
  content.tensors.erase("rnn.bias_ih_l1");
  content.tensors.erase("rnn.bias_hh_l1");
  EXPECT_EQ(read(content).lstm[1].bias, FloatVector(FloatVector::Zero(8)));
}

TEST(FloatNetwork, OfAnLstmAloneNeedsNoPrefix) {
  SafeTensors content;
  content.tensors["weight_ih_l0"] = ramp({4, 3}, 0);
  content.tensors["weight_hh_l0"] = ramp({4, 1}, 0);
  const FloatNetwork network = read(content);
  EXPECT_FALSE(network.embedding);
  EXPECT_FALSE(network.linear);
  EXPECT_EQ(network.lstm[0].units(), 1);
}

TEST(FloatNetwork, TakesFactsAndThresholdsFromTheMetadata) {
  SafeTensors content = state_dict();
  content.metadata["lacuna.facts"] = R"({"task":"words","thresholds":[0.25,0]})";
  const FloatNetwork network = read(content);
  EXPECT_EQ(network.lstm[0].threshold, 0.25F);
  EXPECT_EQ(network.lstm[1].threshold, 0.0F);
  EXPECT_EQ(network.facts, nlohmann::json({{"task", "words"}}));
}

TEST(FloatNetwork, ComesBackAsItWasWritten) {
  const TemporaryFolder folder;
  FloatNetwork written = read(state_dict());
  written.facts = {{"task", "words"}, {"seed", 3}};
  written.lstm[1].threshold = 0.1F;
  written.lstm[0].format = WeightFormat::kTernary;
  written.lstm[1].cell_scale = FloatVector::Constant(2, 1.5F);
  written.lstm[1].cell_shift = FloatVector::Constant(2, -0.5F);
  written.lstm[1].initial_h = FloatVector::Constant(2, 0.25F);
  written.lstm[1].initial_c = FloatVector::Constant(2, 2.5F);
  write_float_network(written, folder / "a");
  const FloatNetwork network = read_float_network(folder / "a");
  EXPECT_EQ(network.facts, written.facts);
  EXPECT_EQ(*network.embedding, *written.embedding);
  EXPECT_EQ(network.linear->weight, written.linear->weight);
  EXPECT_EQ(network.linear->bias, written.linear->bias);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(network.lstm[i].weight_x, written.lstm[i].weight_x);
    EXPECT_EQ(network.lstm[i].weight_h, written.lstm[i].weight_h);
    EXPECT_EQ(network.lstm[i].bias, written.lstm[i].bias);
    EXPECT_EQ(network.lstm[i].threshold, written.lstm[i].threshold);
    EXPECT_EQ(network.lstm[i].format, written.lstm[i].format);
    EXPECT_EQ(network.lstm[i].cell_scale, written.lstm[i].cell_scale);
    EXPECT_EQ(network.lstm[i].cell_shift, written.lstm[i].cell_shift);
    EXPECT_EQ(network.lstm[i].initial_h, written.lstm[i].initial_h);
    EXPECT_EQ(network.lstm[i].initial_c, written.lstm[i].initial_c);
  }
}

struct Unsuited : NamedCase {
  std::function<void(SafeTensors&)> change;
  std::string words;
};

class UnsuitedWeights : public testing::TestWithParam<Unsuited> {};

TEST_P(UnsuitedWeights, AreRefusedInOneLine) {
  SafeTensors content = state_dict();
  GetParam().change(content);
  const std::string message = error_message([&] { read(content); });
  EXPECT_THAT(message, says(GetParam().words));
  EXPECT_THAT(message, says("weights.safetensors"));
}

auto add(const char* name, std::vector<std::int64_t> shape) {
  return [=](SafeTensors& content) { content.tensors[name] = ramp(shape, 0); };
}
auto erase(const char* name) {
  return [=](SafeTensors& content) { content.tensors.erase(name); };
}
auto facts(const char* text) {
  return [=](SafeTensors& content) { content.metadata["lacuna.facts"] = text; };
}
auto poison(const char* name, float value) {
  return [=](SafeTensors& content) {
    std::memcpy(content.tensors[name].bytes.data() + 4, &value, sizeof(value));
  };
}

INSTANTIATE_TEST_SUITE_P(
    FloatNetwork, UnsuitedWeights,
    testing::Values(
        Unsuited{"Bidirectional", add("rnn.weight_ih_l0_reverse", {8, 3}), "bidirectional"},
        Unsuited{"Projection", add("rnn.weight_hr_l0", {1, 2}), "projections"},
        Unsuited{"SecondLstm", add("other.weight_ih_l0", {8, 3}), "is of a second LSTM"},
        Unsuited{"SecondLinear",
                 [](SafeTensors& content) {
                   add("head.weight", {5, 2})(content);
                   add("head.bias", {5})(content);
                 },
                 "is of a second linear layer"},
        Unsuited{"SecondEmbedding", add("more.weight", {5, 3}), "is of a second embedding"},
        Unsuited{"CellScaleOfNoLayer", add("rnn.cell_scale_l2", {2}), "is of no LSTM layer"},
        Unsuited{"InitialStateOfAnother", add("other.initial_h_l0", {2}), "is of no LSTM layer"},
        Unsuited{"CellScaleAlone", add("rnn.cell_scale_l0", {2}), "one of cell_scale and"},
        Unsuited{"CellScaleShape",
                 [](SafeTensors& content) {
                   add("rnn.cell_scale_l0", {3})(content);
                   add("rnn.cell_shift_l0", {2})(content);
                 },
                 "has shape [3], [2] is needed"},
        Unsuited{"WeightFormats", facts(R"({"weight_formats":["int8"]})"),
                 "one name an LSTM layer"},
        Unsuited{"UnknownWeightFormat", facts(R"({"weight_formats":["int8","int4"]})"),
                 "unknown weight format"},
        Unsuited{"StrangeTensor", add("steps", {1}), "is of no LSTM, embedding or linear layer"},
        Unsuited{"StrangeBias", add("norm.bias", {1}), "is of no LSTM, embedding or linear layer"},
        Unsuited{"NoLstm",
                 [](SafeTensors& content) {
                   content.tensors.clear();
                   add("decoder.weight", {5, 2})(content);
                 },
                 "has no tensor weight_ih_l0"},
        Unsuited{"LayerGap", add("rnn.weight_ih_l3", {8, 2}), "without a gap"},
        Unsuited{"LayerBeyond", add("rnn.weight_ih_l9999", {8, 2}), "beyond the 64th"},
        Unsuited{"NoInputWeights", erase("rnn.weight_ih_l1"), "has no tensor \"rnn.weight_ih_l1\""},
        Unsuited{"NoStateWeights", erase("rnn.weight_hh_l0"), "has no tensor \"rnn.weight_hh_l0\""},
        Unsuited{"OneBias", erase("rnn.bias_hh_l0"), "has no tensor \"rnn.bias_hh_l0\""},
        Unsuited{"GateRows", add("rnn.weight_hh_l0", {6, 2}),
                 "\"rnn.weight_hh_l0\": has shape [6, 2], [8, 2] is needed"},
        Unsuited{"InputRows", add("rnn.weight_ih_l0", {4, 3}),
                 "\"rnn.weight_ih_l0\": has shape [4, 3], [8, 3] is needed"},
        Unsuited{"EmbeddingFeatures", add("encoder.weight", {5, 4}),
                 "\"rnn.weight_ih_l0\": has shape [8, 3], [8, 4] is needed"},
        Unsuited{"NextLayersInputs", add("rnn.weight_ih_l1", {8, 3}), "[8, 2] is needed"},
        Unsuited{"BiasSize", add("rnn.bias_ih_l1", {2}), "has shape [2], [8] is needed"},
        Unsuited{"LinearInputs", add("decoder.weight", {5, 3}),
                 "\"decoder.weight\": has shape [5, 3], [any, 2] is needed"},
        Unsuited{"LinearBias", add("decoder.bias", {4}), "has shape [4], [5] is needed"},
        Unsuited{"FlatWeights", add("rnn.weight_ih_l0", {24}), "has shape [24]"},
        Unsuited{"NoUnits", add("rnn.weight_hh_l0", {0, 0}), "has shape [0, 0]"},
        Unsuited{"Integers",
                 [](SafeTensors& content) {
                   const std::vector<std::int8_t> values(24);
                   content.tensors["rnn.weight_ih_l0"] = make_tensor({8, 3}, values.data());
                 },
                 "has dtype I8, floating point is needed"},
        Unsuited{"NotANumber", poison("rnn.weight_hh_l1", std::numeric_limits<float>::quiet_NaN()),
                 "tensor \"rnn.weight_hh_l1\": element 1 is nan"},
        Unsuited{"Infinite", poison("decoder.bias", std::numeric_limits<float>::infinity()),
                 "tensor \"decoder.bias\": element 1 is inf"},
        Unsuited{"Bundle", [](SafeTensors& content) { content.metadata["lacuna.bundle"] = "{}"; },
                 "is a bundle already"},
        Unsuited{"FactsNoJson", facts("{"), "metadata lacuna.facts: is not JSON"},
        Unsuited{"FactsList", facts("[]"), "must be a JSON object"},
        Unsuited{"OneThreshold", facts(R"({"thresholds":[0.1]})"), "one number an LSTM layer"},
        Unsuited{"NegativeThreshold", facts(R"({"thresholds":[0.1,-1]})"), "from 0 to below 1"},
        Unsuited{"TextThreshold", facts(R"({"thresholds":[0.1,"a"]})"), "from 0 to below 1"}),
    case_name);

}  // namespace
}  // namespace lacuna::golden
