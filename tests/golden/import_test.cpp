// SPDX-License-Identifier: Apache-2.0
// `lacuna import`: from a file of float weights to a bundle that can be read.
#include "golden/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden/fixed_point.h"
#include "golden/random.h"
#include "golden/sha.h"
#include "tests/golden/error_message.h"
#include "tests/golden/random_network.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::golden {
namespace {

/// Weights of a network with one symbol each for 'a', 'b', 'c', and a text of those.
class Import : public testing::Test {
 protected:
  Import() {
    Random random(3);
    network_ = random_network(random, 3, 6);
    for (int i = 0; i < 4000; ++i) text_ += "abc"[random.integer(0, 2)];
    folder_.write("text", text_);
    write_float_network(network_, folder_ / "weights");
    options_.weights = folder_ / "weights";
    options_.bundle = folder_ / "bundle";
    options_.calibration = folder_ / "text";
  }

  std::string refusal() {
    return error_message([&] { import_network(options_); });
  }

  const TemporaryFolder folder_;
  FloatNetwork network_;
  std::string text_;
  ImportOptions options_;
};

const LstmLayer& lstm(const Bundle& bundle, std::size_t layer) {
  return std::get<LstmLayer>(bundle.layers.at(layer));
}

TEST_F(Import, MakesTheVocabularyFromTheText) {
  import_network(options_);
  const Bundle bundle = read_bundle(options_.bundle);
  EXPECT_EQ(bundle.facts["task"], "characters");
  EXPECT_EQ(bundle.facts["vocabulary"], nlohmann::json({"a", "b", "c"}));
  EXPECT_EQ(lstm(bundle, 0).input, InputKind::kOneHot);
  EXPECT_EQ(bundle.facts["imported"]["sha256"], sha256_file(options_.weights));
}

TEST_F(Import, KeepsTheVocabularyOfTheWeights) {
  network_.facts = {{"task", "characters"}, {"vocabulary", {"c", "b", "a"}}};
  write_float_network(network_, options_.weights);
  import_network(options_);
  EXPECT_EQ(read_bundle(options_.bundle).facts["vocabulary"], nlohmann::json({"c", "b", "a"}));
}

TEST_F(Import, SpreadsItsStreamsOverTheText) {
  folder_.write("text", std::string(1600, 'a') + std::string(1600, 'b') + std::string(1600, 'c'));
  const CalibrationData data = read_calibration(folder_ / "text", network_);
  ASSERT_EQ(data.tokens.size(), 12U);
  for (std::size_t stream = 0; stream < 12; ++stream) {
    EXPECT_EQ(data.tokens[stream], std::vector<int>(400, static_cast<int>(stream / 4)));
  }
}

TEST_F(Import, ReportsWhatItDid) {
  const nlohmann::json report = import_network(options_);
  EXPECT_EQ(report["schema"], "lacuna.import/1");
  EXPECT_EQ(report["sha256"], bundle_hash(options_.bundle));
  ASSERT_EQ(report["layers"].size(), 2U);
  EXPECT_EQ(report["layers"][1]["name"], "lstm1");
  EXPECT_EQ(report["layers"][1]["units"], 6);
  EXPECT_LT(report["layers"][0]["cell_maximum"], 100);
}

TEST_F(Import, SetsTheThresholdOfEveryLayer) {
  options_.threshold = grid_threshold(9);
  import_network(options_);
  const Bundle bundle = read_bundle(options_.bundle);
  EXPECT_EQ(lstm(bundle, 0).threshold, 9);
  EXPECT_EQ(lstm(bundle, 1).threshold, 9);
}

TEST_F(Import, FindsTheThresholdForASparsity) {
  options_.sparsity = 0.5;
  const nlohmann::json report = import_network(options_);
  for (const auto& layer : report["layers"]) {
    EXPECT_GE(layer["state_sparsity"], 0.5);
    EXPECT_LT(layer["state_sparsity"], 0.6);
    EXPECT_GT(layer["threshold"], 0);
  }
}

TEST_F(Import, KeepsTheThresholdsOfTheWeights) {
  network_.lstm[1].threshold = grid_threshold(5);
  write_float_network(network_, options_.weights);
  import_network(options_);
  const Bundle bundle = read_bundle(options_.bundle);
  EXPECT_EQ(lstm(bundle, 0).threshold, 0);
  EXPECT_EQ(lstm(bundle, 1).threshold, 5);
}

TEST_F(Import, WithoutDataTakesTheWidestCell) {
  options_.calibration.reset();
  const nlohmann::json report = import_network(options_);
  EXPECT_EQ(lstm(read_bundle(options_.bundle), 0).cell_frac, kMinCellFrac);
  EXPECT_TRUE(report["calibration"].is_null());
  EXPECT_FALSE(report["layers"][0].contains("state_sparsity"));
}

TEST_F(Import, IsTheSameBytesEveryTime) {
  import_network(options_);
  const std::string first = read_bytes(options_.bundle);
  import_network(options_);
  EXPECT_EQ(read_bytes(options_.bundle), first);
}

/// A .npy file of zeros of type u1.
std::string zeros_npy(const std::string& shape, std::size_t size) {
  std::string header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }\n";
  return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(header.size()) + '\0' + header +
         std::string(size, '\0');
}

TEST_F(Import, CalibratesOnAnArrayOfVectors) {
  for (const auto* shape : {"(2, 5, 3)", "(10, 3)"}) {
    options_.calibration = folder_.write("x.npy", zeros_npy(shape, 30));
    import_network(options_);
    const Bundle bundle = read_bundle(options_.bundle);
    EXPECT_EQ(bundle.facts["task"], "generic");
    EXPECT_EQ(lstm(bundle, 0).input, InputKind::kDense);
    EXPECT_EQ(lstm(bundle, 0).input_frac, 7);
  }
}

TEST_F(Import, RefusesAnArrayOfAnotherShape) {
  options_.calibration = folder_.write("x.npy", zeros_npy("(30,)", 30));
  EXPECT_THAT(refusal(), says("must have the shape [streams, steps, inputs]"));
  options_.calibration = folder_.write("x.npy", zeros_npy("(2, 0, 3)", 0));
  EXPECT_THAT(refusal(), says("must have the shape"));
  options_.calibration = folder_.write("x.npy", zeros_npy("(15, 2)", 30));
  EXPECT_THAT(refusal(), says("has 2 numbers a step, the network takes 3"));
}

TEST_F(Import, RefusesATextWithOtherCharacters) {
  folder_.write("text", text_ + "d");
  EXPECT_THAT(refusal(), says("has 4 different characters, the network takes 3"));
  network_.facts = {{"task", "characters"}, {"vocabulary", {"c", "b", "a"}}};
  write_float_network(network_, options_.weights);
  EXPECT_THAT(refusal(), says("line 1, byte 4001: \"d\" is not in the vocabulary"));
}

TEST_F(Import, RefusesATextForANetworkOfPixels) {
  options_.task = "pixels";
  EXPECT_THAT(refusal(), says("task \"pixels\": is not about text"));
}

TEST_F(Import, RefusesATaskThatIsNoText) {
  network_.facts = {{"task", 7}};
  write_float_network(network_, options_.weights);
  EXPECT_THAT(refusal(), says("'task' must be a string"));
}

TEST_F(Import, RefusesOptionsThatDoNotGoTogether) {
  options_.threshold = 0.1F;
  options_.sparsity = 0.5;
  EXPECT_THAT(refusal(), says("exclude each other"));
  options_.threshold.reset();
  options_.calibration.reset();
  EXPECT_THAT(refusal(), says("needs calibration data; add --calibrate FILE"));
}

TEST_F(Import, RefusesAnUnknownEngine) {
  options_.engine = "gru";
  EXPECT_THAT(refusal(), says("engine 'gru': is unknown"));
}

TEST_F(Import, WritesNothingWhenItRefuses) {
  options_.threshold = 1.5F;
  EXPECT_THAT(refusal(), says("threshold 1.5 is outside"));
  EXPECT_FALSE(std::filesystem::exists(options_.bundle));
}

// A state_dict as Python saves it, where Python's packages are installed.
TEST_F(Import, ReadsAFileOfPythonsSafetensors) {
  if (std::system("python3 -c 'import safetensors, numpy' 2>/dev/null") != 0) {
    GTEST_SKIP() << "Python's safetensors and numpy are not installed";
  }
  const auto script = folder_.write("save.py",
                                    "import sys, numpy as np\n"
                                    "from safetensors.numpy import save_file\n"
                                    "r = np.random.default_rng(1)\n"
                                    "t = lambda *s: r.normal(size=s).astype(np.float32)\n"
                                    "save_file({'rnn.weight_ih_l0': t(20, 3),\n"
                                    "           'rnn.weight_hh_l0': t(20, 5),\n"
                                    "           'rnn.bias_ih_l0': t(20),\n"
                                    "           'rnn.bias_hh_l0': t(20),\n"
                                    "           'fc.weight': t(3, 5).astype(np.float16),\n"
                                    "           'fc.bias': t(3)}, sys.argv[1])\n");
  ASSERT_EQ(std::system(("python3 " + script.string() + " " + options_.weights.string()).c_str()),
            0);
  import_network(options_);
  const Bundle bundle = read_bundle(options_.bundle);
  EXPECT_EQ(lstm(bundle, 0).units, 5);
  EXPECT_EQ(std::get<LinearLayer>(bundle.layers.at(1)).weight.rows(), 3);
}

}  // namespace
}  // namespace lacuna::golden
