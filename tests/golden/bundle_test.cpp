// SPDX-License-Identifier: Apache-2.0
// What a bundle must be to be read (docs/bundle.md), and that it comes back as it was written.
#include "golden/bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden/random.h"
#include "golden/safetensors.h"
#include "golden/sha.h"
#include "tests/golden/damaged_bundle.h"
#include "tests/golden/error_message.h"
#include "tests/golden/random_layer.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::golden {
namespace {

using nlohmann::json;

Int8Matrix random_matrix(Random& random, int rows, int columns) {
  return Int8Matrix::NullaryExpr(rows, columns, [&](Eigen::Index, Eigen::Index) {
    return static_cast<std::int8_t>(random.integer(-127, 127));
  });
}

template <typename Scalar>
std::vector<Scalar> random_vector(Random& random, int size) {
  std::vector<Scalar> values(static_cast<std::size_t>(size));
  for (Scalar& value : values) value = static_cast<Scalar>(random.integer(-100, 100));
  return values;
}

LstmLayer random_lstm(Random& random, const std::string& name, int inputs, int units) {
  LstmLayer layer;
  layer.name = name;
  layer.inputs = inputs;
  layer.units = units;
  layer.input_frac = 7;
  layer.pre_shift = 14;
  layer.cell_frac = 11;
  layer.threshold = 5;
  layer.weight_x = random_matrix(random, 4 * units, inputs).cast<std::int16_t>();
  layer.weight_h = random_matrix(random, 4 * units, units).cast<std::int16_t>();
  layer.scale_x = random_vector<std::int16_t>(random, 4 * units);
  layer.scale_h = random_vector<std::int16_t>(random, 4 * units);
  layer.bias = random_vector<std::int16_t>(random, 4 * units);
  return layer;
}

/// Embedding of 4 words, LSTM 3 -> 5, LSTM 5 -> 2 with an initial state, linear 2 -> 4.
Bundle words_bundle() {
  Random random(1);
  Bundle bundle;
  bundle.facts = {{"task", "words"},
                  {"vocabulary", {"<eos>", "<unk>", "\xc3\xa9t\xc3\xa9", "a"}},
                  {"training", {{"loss", 1.25}}},
                  {"seed", 7}};
  bundle.layers.emplace_back(EmbeddingLayer{"embedding", random_matrix(random, 4, 3), 6});
  LstmLayer first = random_lstm(random, "lstm0", 3, 5);
  first.input_frac = 6;
  LstmLayer second = random_lstm(random, "lstm1", 5, 2);
  second.initial_h = random_vector<std::int8_t>(random, 2);
  second.initial_c = random_vector<std::int16_t>(random, 2);
  bundle.layers.emplace_back(first);
  bundle.layers.emplace_back(second);
  bundle.layers.emplace_back(LinearLayer{"linear", random_matrix(random, 4, 2),
                                         random_vector<std::int16_t>(random, 4),
                                         random_vector<std::int32_t>(random, 4), 13, 12});
  return bundle;
}

/// One-hot characters, LSTM 2 -> 3.
Bundle characters_bundle() {
  Random random(2);
  Bundle bundle;
  bundle.facts = {{"task", "characters"}, {"vocabulary", {"a", "b"}}};
  LstmLayer layer = random_lstm(random, "lstm0", 2, 3);
  layer.input = InputKind::kOneHot;
  layer.input_frac = 6;
  bundle.layers.emplace_back(layer);
  return bundle;
}

TEST(Bundle, ComesBackAsItWasWritten) {
  const TemporaryFolder folder;
  const Bundle written = words_bundle();
  write_bundle(written, folder / "a");
  const Bundle read = read_bundle(folder / "a");
  EXPECT_EQ(read.facts, written.facts);
  ASSERT_EQ(read.layers.size(), 4U);
  const auto& embedding = std::get<EmbeddingLayer>(read.layers[0]);
  EXPECT_EQ(embedding.weight, std::get<EmbeddingLayer>(written.layers[0]).weight);
  EXPECT_EQ(embedding.frac, 6);
  const auto& lstm = std::get<LstmLayer>(read.layers[2]);
  const auto& original = std::get<LstmLayer>(written.layers[2]);
  EXPECT_EQ(lstm.name, original.name);
  EXPECT_EQ(lstm.input, original.input);
  EXPECT_EQ(lstm.inputs, original.inputs);
  EXPECT_EQ(lstm.units, original.units);
  EXPECT_EQ(lstm.input_frac, original.input_frac);
  EXPECT_EQ(lstm.pre_shift, original.pre_shift);
  EXPECT_EQ(lstm.cell_frac, original.cell_frac);
  EXPECT_EQ(lstm.threshold, original.threshold);
  EXPECT_EQ(lstm.weight_x, original.weight_x);
  EXPECT_EQ(lstm.weight_h, original.weight_h);
  EXPECT_EQ(lstm.scale_x, original.scale_x);
  EXPECT_EQ(lstm.scale_h, original.scale_h);
  EXPECT_EQ(lstm.bias, original.bias);
  EXPECT_EQ(lstm.initial_h, original.initial_h);
  EXPECT_EQ(lstm.initial_c, original.initial_c);
  const auto& linear = std::get<LinearLayer>(read.layers[3]);
  EXPECT_EQ(linear.weight, std::get<LinearLayer>(written.layers[3]).weight);
  EXPECT_EQ(linear.scale, std::get<LinearLayer>(written.layers[3]).scale);
  EXPECT_EQ(linear.bias, std::get<LinearLayer>(written.layers[3]).bias);
  EXPECT_EQ(linear.logit_shift, 13);
  EXPECT_EQ(linear.logit_frac, 12);
}

TEST(Bundle, OfOneHotCharactersComesBack) {
  const TemporaryFolder folder;
  write_bundle(characters_bundle(), folder / "a");
  EXPECT_EQ(std::get<LstmLayer>(read_bundle(folder / "a").layers[0]).input, InputKind::kOneHot);
}

TEST(Bundle, HashIsThatOfItsBytes) {
  const TemporaryFolder folder;
  write_bundle(characters_bundle(), folder / "a");
  EXPECT_EQ(bundle_hash(folder / "a"), hash_bytes(read_bytes(folder / "a"), Digest::kSha256));
}

TEST(Bundle, NeedsItsMetadata) {
  const TemporaryFolder folder;
  write_safetensors({}, folder / "a");
  EXPECT_THAT(error_message([&] { read_bundle(folder / "a"); }),
              says("is no bundle: it has no metadata string 'lacuna.bundle'"));
}

TEST(Bundle, ThatIsNotConsistentIsNotWritten) {
  const TemporaryFolder folder;
  Bundle bundle = words_bundle();
  std::get<LstmLayer>(bundle.layers[1]).bias.pop_back();
  EXPECT_THAT(error_message([&] { write_bundle(bundle, folder / "a"); }),
              says("layer \"lstm0\": bias is 19 but 4 units is 20"));
  EXPECT_EQ(folder.files(), 0);
}

class HostileBundle : public testing::TestWithParam<DamagedBundle> {};

TEST_P(HostileBundle, IsRefusedInOneLine) {
  EXPECT_THAT(message_of(words_bundle(), GetParam()), says(GetParam().words));
}

void erase_lstm1(SafeTensors& content) {
  for (const char* part :
       {"weight_x", "weight_h", "scale_x", "scale_h", "bias", "initial_h", "initial_c"}) {
    content.tensors.erase(std::string("lstm1.") + part);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Whole, HostileBundle,
    testing::Values(
        DamagedBundle{"List", [](json& metadata, SafeTensors&) { metadata = json::array(); },
                      "must be a JSON object"},
        DamagedBundle{"NoFormat", [](json& metadata, SafeTensors&) { metadata.erase("format"); },
                      "has no field 'format'"},
        DamagedBundle{"NextFormat", set("format", "lacuna.bundle/2"),
                      "unknown format \"lacuna.bundle/2\"; this program reads lacuna.bundle/1"},
        DamagedBundle{"FormatNumber", set("format", 1), "'format' must be a string"},
        DamagedBundle{"NoTask", [](json& metadata, SafeTensors&) { metadata.erase("task"); },
                      "has no field 'task'"},
        DamagedBundle{"UnknownTask", set("task", "speech"), "unknown task \"speech\""},
        DamagedBundle{"NoLayers", [](json& metadata, SafeTensors&) { metadata.erase("layers"); },
                      "has no list 'layers'"},
        DamagedBundle{"LayersNumber", set("layers", 3), "has no list 'layers'"},
        DamagedBundle{"EmptyLayers",
                      [](json& metadata, SafeTensors& content) {
                        metadata["layers"] = json::array();
                        content.tensors.clear();
                      },
                      "has no lstm, fc or sc layer"},
        DamagedBundle{"VocabularySize", set("vocabulary", {"a", "b"}),
                      "entries is 4 but symbols of the vocabulary is 2"},
        DamagedBundle{"VocabularyTwice", set("vocabulary", {"a", "b", "c", "a"}),
                      "vocabulary has \"a\" twice"},
        DamagedBundle{"VocabularyNumbers", set("vocabulary", {1, 2, 3, 4}), "must hold strings"},
        DamagedBundle{"VocabularyObject", set("vocabulary", json::object()), "must be a list"},
        DamagedBundle{"NoVocabulary",
                      [](json& metadata, SafeTensors&) { metadata.erase("vocabulary"); },
                      "has no vocabulary"},
        DamagedBundle{"VocabularyOfPixels", set("task", "pixels"), "has a vocabulary but no text"},
        DamagedBundle{"ExtraTensor",
                      [](json&, SafeTensors& content) {
                        content.tensors["lstm7.bias"] = content.tensors["lstm0.bias"];
                      },
                      "tensor \"lstm7.bias\" that belongs to no layer"},
        DamagedBundle{"MissingTensor",
                      [](json&, SafeTensors& content) { content.tensors.erase("lstm1.scale_h"); },
                      "has no tensor \"lstm1.scale_h\""},
        DamagedBundle{"WrongType",
                      [](json&, SafeTensors& content) {
                        const std::vector<std::int32_t> bias(20);
                        content.tensors["lstm0.bias"] = make_tensor({20}, bias.data());
                      },
                      "tensor \"lstm0.bias\": has dtype I32, I16 is needed"},
        DamagedBundle{"WrongShape",
                      [](json&, SafeTensors& content) {
                        content.tensors["lstm0.weight_x"].shape = {3, 20};
                      },
                      "tensor \"lstm0.weight_x\": has shape [3, 20], [20, 3] is needed"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Layer, HostileBundle,
    testing::Values(
        DamagedBundle{"Number", [](json& metadata, SafeTensors&) { metadata["layers"][1] = 4; },
                      "must be a JSON object"},
        DamagedBundle{"UnknownType", set(1, "type", "gru"), "unknown type \"gru\""},
        DamagedBundle{"UnknownEngine", set(1, "engine", "fc"), "unknown engine \"fc\""},
        DamagedBundle{"UnknownField", set(1, "peepholes", true), "unknown field \"peepholes\""},
        DamagedBundle{"UnknownWeights", set(1, "weight_format", "int4"),
                      "unknown weight format \"int4\""},
        DamagedBundle{"UnknownInput", set(1, "input", "audio"), "unknown input \"audio\""},
        DamagedBundle{"NoUnits", set(1, "units", 0), "'units' must be an integer from 1 to 65535"},
        DamagedBundle{"HugeUnits", set(1, "units", 1ULL << 63), "'units' must be an integer"},
        DamagedBundle{"RealUnits", set(1, "units", 5.0), "'units' must be an integer"},
        DamagedBundle{"NegativeShift", set(1, "pre_shift", -1), "'pre_shift' must be"},
        DamagedBundle{"LargeShift", set(1, "pre_shift", 32), "from 0 to 31"},
        DamagedBundle{"SmallCellFrac", set(1, "cell_frac", 7), "from 8 to 12"},
        DamagedBundle{"LargeCellFrac", set(1, "cell_frac", 13), "from 8 to 12"},
        DamagedBundle{"LargeThreshold", set(1, "threshold", 128), "from 0 to 127"},
        DamagedBundle{"LargeInputFrac", set(1, "input_frac", 8), "from 0 to 7"},
        DamagedBundle{"InputFracOfEmbedding", set(1, "input_frac", 5),
                      "input_frac is 5 but fraction bits of the layer before is 6"},
        DamagedBundle{"InputFracOfStates", set(2, "input_frac", 6),
                      "input_frac is 6 but fraction bits of the layer before is 7"},
        DamagedBundle{"OneHotInside", set(2, "input", "one_hot"), "is not the first layer"},
        DamagedBundle{"AccumulatorBits", set(1, "accumulator_bits", 3),
                      "declares 3 accumulator bits but its weights need"},
        DamagedBundle{"LargeLogitShift", set(3, "logit_shift", 32), "from 0 to 31"},
        DamagedBundle{"SameName",
                      [](json& metadata, SafeTensors& content) {
                        erase_lstm1(content);
                        metadata["layers"][2] = metadata["layers"][1];
                      },
                      "the name is taken by another layer"},
        DamagedBundle{"EmptyName", set(1, "name", ""), "has no tensor"},
        DamagedBundle{"Order",
                      [](json& metadata, SafeTensors&) {
                        std::swap(metadata["layers"][1], metadata["layers"][3]);
                      },
                      "a linear layer must follow an lstm layer"},
        DamagedBundle{"SkippedLayer",
                      [](json& metadata, SafeTensors& content) {
                        erase_lstm1(content);
                        metadata["layers"].erase(2);
                      },
                      "inputs is 2 but units of the layer before is 5"}),
    case_name);

/// Generic vectors, ternary LSTM 3 -> 5 with a normalised cell.
Bundle ternary_bundle() {
  Dice dice(13);
  LstmLayer layer = random_layer(dice, 3, 5, WeightFormat::kTernary);
  layer.name = "lstm0";
  layer.cell_norm = random_norm(dice, 5);
  Bundle bundle;
  bundle.facts = {{"task", "generic"}};
  bundle.layers.emplace_back(layer);
  return bundle;
}

class HostileTernaryBundle : public testing::TestWithParam<DamagedBundle> {};

TEST_P(HostileTernaryBundle, IsRefusedInOneLine) {
  EXPECT_THAT(message_of(ternary_bundle(), GetParam()), says(GetParam().words));
}

/// Changes bits of one byte of the packed weights of h: five of two bits in two bytes a row.
auto flip(std::size_t byte, char bits) {
  return [=](json&, SafeTensors& content) {
    Tensor& tensor = content.tensors.at("lstm0.weight_h");
    tensor.bytes[byte] = static_cast<char>(tensor.bytes[byte] ^ bits);
  };
}

INSTANTIATE_TEST_SUITE_P(
    Ternary, HostileTernaryBundle,
    testing::Values(
        DamagedBundle{"NegativeNormShift", set(0, "norm_shift", -1), "'norm_shift' must be"},
        DamagedBundle{"LargeNormShift", set(0, "norm_shift", 31), "from 0 to 30"},
        DamagedBundle{"RealNormShift", set(0, "norm_shift", 3.0), "'norm_shift' must be"},
        DamagedBundle{
            "NoNormScale",
            [](json&, SafeTensors& content) { content.tensors.erase("lstm0.norm_scale"); },
            "has no tensor \"lstm0.norm_scale\""},
        DamagedBundle{
            "NormWithoutShift",
            [](json& metadata, SafeTensors&) { metadata["layers"][0].erase("norm_shift"); },
            "tensor \"lstm0.norm_offset\" that belongs to no layer"},
        DamagedBundle{"PackedOfAnotherType",
                      [](json&, SafeTensors& content) {
                        content.tensors.at("lstm0.weight_h").dtype = Dtype::kI8;
                      },
                      "has dtype I8, U8 is needed"},
        DamagedBundle{"PackedWithAnotherWidth", set(0, "weight_format", "int12"),
                      "has shape [20, 1], [20, 5] is needed"},
        DamagedBundle{"NoTernaryCode",
                      [](json&, SafeTensors& content) {
                        content.tensors.at("lstm0.weight_h").bytes[0] = 0b10;
                      },
                      "row 0, column 0 is no ternary weight"},
        DamagedBundle{"PaddingThatIsNotZero", flip(1, 0b1000), "row 0 does not end with zeros"}),
    case_name);

TEST(Bundle, WhoseSumsGoldenCannotHoldIsRefused) {
  Bundle bundle = ternary_bundle();
  auto& layer = std::get<LstmLayer>(bundle.layers[0]);
  layer.weight_format = WeightFormat::kInt12;
  layer.inputs = 20000;
  layer.weight_x = WeightMatrix::Constant(20, 20000, 2047);
  EXPECT_THAT(error_message([&] { validate(bundle, "b"); }), says("sums need 34 bits"));
}

TEST(Bundle, WithAnotherOneHotFormatIsRefused) {
  Bundle bundle = characters_bundle();
  std::get<LstmLayer>(bundle.layers[0]).input_frac = 7;
  EXPECT_THAT(error_message([&] { validate(bundle, "b"); }),
              says("input_frac is 7 but the one-hot format is 6"));
}

TEST(Bundle, WithAnotherNumberOfSymbolsThanOneHotInputsIsRefused) {
  Bundle bundle = characters_bundle();
  bundle.facts["vocabulary"].push_back("c");
  EXPECT_THAT(error_message([&] { validate(bundle, "b"); }),
              says("inputs is 2 but symbols of the vocabulary is 3"));
}

struct Sums {
  std::vector<int> weights;
  int bits;
};

// Inputs are -128..127. The width is the smallest that holds the exact extremes of the worst row.
TEST(AccumulatorBits, AreTheFewestThatNoRowOverflows) {
  const std::vector<Sums> rows = {
      {{0}, 1},                              // always 0
      {{1}, 8},                              // -128..127
      {{-1}, 9},                             // -127..128
      {{1, 1}, 9},                           // -256..254
      {{1, -1}, 9},                          // -255..255
      {{127, 2}, 16},                        // -16512..16383
      {{-127, -2}, 16},                      // -16383..16512
      {{127}, 15},                           // -16256..16129
      {{-128}, 16},                          // -16256..16384
      {{-128, 0, 0}, 16}, {{127, 127}, 16},  // -32512..32258
      {{127, -127}, 16},                     // -32385..32385
  };
  for (const Sums& row : rows) {
    LstmLayer layer;
    layer.weight_h = WeightMatrix::Zero(4, 1);
    layer.weight_x = WeightMatrix::Zero(4, static_cast<Eigen::Index>(row.weights.size()));
    for (std::size_t i = 0; i < row.weights.size(); ++i) {
      layer.weight_x(2, static_cast<Eigen::Index>(i)) = static_cast<std::int8_t>(row.weights[i]);
    }
    EXPECT_EQ(layer.accumulator_bits(), row.bits) << testing::PrintToString(row.weights);
    std::swap(layer.weight_x, layer.weight_h);
    EXPECT_EQ(layer.accumulator_bits(), row.bits) << testing::PrintToString(row.weights);
  }
}

TEST(Bundle, EveryWeightFormatAndNormalisedCellsComeBack) {
  const TemporaryFolder folder;
  for (const WeightFormat format : weight_formats()) {
    SCOPED_TRACE(name_of(format));
    Dice dice(11);
    LstmLayer layer = random_layer(dice, 3, 5, format);
    layer.cell_norm = random_norm(dice, 5);
    Bundle bundle;
    bundle.facts = {{"task", "generic"}};
    bundle.layers.emplace_back(layer);
    write_bundle(bundle, folder / "b.safetensors");
    const Bundle back = read_bundle(folder / "b.safetensors");
    const auto& read = std::get<LstmLayer>(back.layers[0]);
    EXPECT_EQ(read.weight_format, format);
    EXPECT_EQ(read.weight_x, layer.weight_x);
    EXPECT_EQ(read.weight_h, layer.weight_h);
    ASSERT_TRUE(read.cell_norm.has_value());
    EXPECT_EQ(read.cell_norm->shift, layer.cell_norm->shift);
    EXPECT_EQ(read.cell_norm->scale, layer.cell_norm->scale);
    EXPECT_EQ(read.cell_norm->offset, layer.cell_norm->offset);
    EXPECT_EQ(read.weight_memory_bits(), 20U * 8 * static_cast<unsigned>(weight_bits(format)));
    EXPECT_EQ(read.constant_memory_bits(), (60U + 10U) * 16);
  }
}

TEST(Bundle, WeightsThatTheFormatHasNotAreRefused) {
  Dice dice(12);
  LstmLayer layer = random_layer(dice, 3, 5, WeightFormat::kBinary);
  layer.weight_h(7, 2) = 0;
  Bundle bundle;
  bundle.facts = {{"task", "generic"}};
  bundle.layers.emplace_back(layer);
  EXPECT_THAT(error_message([&] { validate(bundle, "x"); }),
              testing::HasSubstr("the weight 0 is not binary"));
}

}  // namespace
}  // namespace lacuna::golden
