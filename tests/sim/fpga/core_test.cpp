// SPDX-License-Identifier: Apache-2.0
// Cores of random networks answer their host as golden does, with the clocks of the cycle models:
// the folder's own simulation of its sources, which takes seconds a network.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "golden/random.h"
#include "sim/common/temporary_folder.h"
#include "sim/fpga/flow.h"
#include "sim/fpga/uart_flow.h"
#include "tests/golden/fc/random_fc.h"
#include "tests/golden/random_layer.h"
#include "tests/golden/sc/random_sc.h"

namespace lacuna::sim {
namespace {

constexpr int kImages = 5;

/// A mutant: in a file of the folder, what stands for what.
struct Mutation {
  std::string file, from, to;
};

void mutate(const std::filesystem::path& folder, const Mutation& mutation) {
  std::ifstream in(folder / mutation.file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::size_t at = text.find(mutation.from);
  ASSERT_NE(at, std::string::npos) << mutation.from;
  std::ofstream(folder / mutation.file) << text.replace(at, mutation.from.size(), mutation.to);
}

/// What the host program says of the input's images.
std::string answers_to(const golden::Bundle& bundle, const NetworkInput& input,
                       const std::optional<Mutation>& mutation = std::nullopt) {
  const TemporaryFolder around;
  const Board board = read_board("hx8k");
  OutputFolder folder(around.path() / "net");
  FpgaRequest request;
  request.bundle = "random";
  request.sha256 = std::string(64, '7');
  request.baud = 3000000;
  const auto& flow = dynamic_cast<const UartFlow&>(flow_of(board));
  flow.prepare_design(board, make_design(bundle, "random", input, 3), request).write(folder);
  folder.commit({});
  if (mutation) mutate(around.path() / "net", *mutation);
  const std::string log = (around.path() / "log").string();
  static_cast<void>(std::system(
      ("sh '" + (around.path() / "net/simulate.sh").string() + "' >'" + log + "' 2>&1").c_str()));
  std::ifstream in(log);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

NetworkInput random_input(const golden::Bundle& bundle, int steps = 0) {
  InputRequest request;
  request.streams = kImages;
  request.steps = steps;
  return read_network_input(bundle, request);
}

/// What the host program says of five random images.
std::string answers_of(const golden::Bundle& bundle) {
  return answers_to(bundle, random_input(bundle));
}

golden::Bundle lstm_bundle(golden::Dice& dice, int inputs, int units, int outputs,
                           golden::WeightFormat format) {
  return {{golden::random_layer(dice, inputs, units, format),
           golden::random_linear(dice, units, outputs)}};
}

golden::LstmLayer& layer_of(golden::Bundle& bundle) {
  return std::get<golden::LstmLayer>(bundle.layers.front());
}

void add_initial_state(golden::Dice& dice, golden::LstmLayer& layer) {
  for (int unit = 0; unit < layer.units; ++unit) {
    layer.initial_h.push_back(static_cast<std::int8_t>(dice.chance(40) ? 0 : dice.roll(-128, 127)));
    layer.initial_c.push_back(static_cast<std::int16_t>(dice.roll(-32768, 32767)));
  }
}

/// The same value everywhere, in every image and step.
NetworkInput constant_input(const golden::Bundle& bundle, int steps, std::int8_t value) {
  NetworkInput input = random_input(bundle, steps);
  for (auto& vector : input.dense) std::fill(vector.begin(), vector.end(), value);
  return input;
}

golden::Bundle fc_bundle(golden::FcLayer hidden, golden::FcLayer last) {
  hidden.name = "fc0";
  last.name = "fc1";
  hidden.relu = true;
  last.relu = false;
  return {{std::move(hidden), std::move(last)}};
}

golden::ConnectionMask mask(int groups, int bits, golden::LfsrKind kind) {
  return {kind, bits, (1U << bits) / 3, groups};
}

using golden::LfsrKind;
using golden::WeightFormat;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
constexpr const char* kRight = "5 inferences are golden's";

TEST(LfsrCore, SharedMasksOfPlainRegistersAndWeightsOf8Bits) {
  golden::Dice dice(1);
  const auto of = [&](int inputs, int outputs, int bits) {
    return golden::random_fc(dice, inputs, outputs, WeightFormat::kInt8,
                             mask(3, bits, LfsrKind::kPlain));
  };
  EXPECT_THAT(answers_of(fc_bundle(of(13, 7, 4), of(7, 3, 3))), HasSubstr(kRight));
}

TEST(LfsrCore, OwnMasksAndTernaryWeights) {
  golden::Dice dice(2);
  const auto of = [&](int inputs, int outputs, int bits) {
    return golden::random_fc(dice, inputs, outputs, WeightFormat::kTernary,
                             mask(outputs, bits, LfsrKind::kAllStates));
  };
  EXPECT_THAT(answers_of(fc_bundle(of(300, 12, 9), of(12, 5, 4))), HasSubstr(kRight));
}

TEST(LfsrCore, AllConnectionsAndBinaryWeights) {
  golden::Dice dice(3);
  const auto of = [&](int inputs, int outputs) {
    return golden::random_fc(dice, inputs, outputs, WeightFormat::kBinary, std::nullopt);
  };
  EXPECT_THAT(answers_of(fc_bundle(of(9, 20), of(20, 2))), HasSubstr(kRight));
}

TEST(FoldedCore, SeveralBanksAndThreeStreams) {
  golden::Dice dice(4);
  EXPECT_THAT(answers_of(golden::random_sc(dice, {20, 47, 5, 3}, 3, 32, 10)), HasSubstr(kRight));
}

TEST(LstmCore, TernaryWeightsNormalisedCellsAndAnInitialState) {
  golden::Dice dice(5);
  golden::Bundle bundle = lstm_bundle(dice, 9, 7, 3, WeightFormat::kTernary);
  layer_of(bundle).cell_norm = golden::random_norm(dice, 7);
  layer_of(bundle).cell_norm->shift = 14;
  add_initial_state(dice, layer_of(bundle));
  EXPECT_THAT(answers_to(bundle, random_input(bundle, 6)), HasSubstr(kRight));
}

TEST(LstmCore, BinaryWeightsPlainCellsAndAThreshold) {
  golden::Dice dice(6);
  golden::Bundle bundle = lstm_bundle(dice, 20, 33, 12, WeightFormat::kBinary);
  layer_of(bundle).threshold = 60;
  EXPECT_THAT(answers_to(bundle, random_input(bundle, 9)), HasSubstr(kRight));
}

// A result's byte is told by 8 bits of an address, a state by more of them.
TEST(LstmCore, MoreUnitsThanAResultHasBytes) {
  golden::Dice dice(11);
  const golden::Bundle bundle = lstm_bundle(dice, 2, 70, 3, WeightFormat::kTernary);
  EXPECT_THAT(answers_to(bundle, random_input(bundle, 2)), HasSubstr(kRight));
}

TEST(LstmCore, AsManyOutputsAsAResultHolds) {
  golden::Dice dice(12);
  const golden::Bundle bundle = lstm_bundle(dice, 3, 5, 64, WeightFormat::kBinary);
  EXPECT_THAT(answers_to(bundle, random_input(bundle, 2)), HasSubstr(kRight));
}

TEST(LstmCore, OneUnitOneStepOneOutput) {
  golden::Dice dice(7);
  const golden::Bundle bundle = lstm_bundle(dice, 1, 1, 1, WeightFormat::kTernary);
  EXPECT_THAT(answers_to(bundle, random_input(bundle, 1)), HasSubstr(kRight));
}

// As many inputs as a unit allows, which all have to be passed over while the step before is
// computed, and that with hardly a column: states are zero.
TEST(LstmCore, InputsOfZeros) {
  golden::Dice dice(8);
  for (const int units : {1, 3, 12}) {
    golden::Bundle bundle = lstm_bundle(dice, 4 * units, units, 2, WeightFormat::kTernary);
    layer_of(bundle).threshold = 127;
    EXPECT_THAT(answers_to(bundle, constant_input(bundle, 5, 0)), HasSubstr(kRight)) << units;
  }
}

TEST(LstmCore, InputsAtTheEndsOfTheirRange) {
  golden::Dice dice(9);
  golden::Bundle bundle = lstm_bundle(dice, 28, 16, 10, WeightFormat::kTernary);
  add_initial_state(dice, layer_of(bundle));
  for (const std::int8_t value : {std::int8_t{-128}, std::int8_t{127}})
    EXPECT_THAT(answers_to(bundle, constant_input(bundle, 4, value)), HasSubstr(kRight));
}

TEST(LstmCore, MutantsAreNoticed) {
  golden::Dice dice(10);
  golden::Bundle bundle = lstm_bundle(dice, 6, 5, 3, WeightFormat::kTernary);
  add_initial_state(dice, layer_of(bundle));
  const NetworkInput input = random_input(bundle, 4);
  const std::string core = "rtl/lac_lstm_core.v";
  // The sign's bit of a weight of the read-out counts as any other.
  EXPECT_THAT(answers_to(bundle, input, Mutation{core, "sum_q - shifted_q", "sum_q + shifted_q"}),
              ContainsRegex("output [0-9]+: expected"));
  // The initial cell comes without its upper byte.
  EXPECT_THAT(answers_to(bundle, input,
                         Mutation{core, "({state, init_bytes_q})", "({8'd0, init_bytes_q})"}),
              ContainsRegex("output [0-9]+: expected"));
  // Columns of zeros are kept: the same answers, later.
  EXPECT_THAT(answers_to(bundle, input, Mutation{core, "x != 8'd0", "1'b1"}),
              ContainsRegex("expected [0-9]+ clocks"));
  // A gate takes the turn of another one.
  EXPECT_THAT(answers_to(bundle, input,
                         Mutation{"rtl/lac_lstm_cell_turns.v", "if (turn_i == F) keep_q",
                                  "if (turn_i == G) keep_q"}),
              ContainsRegex("output [0-9]+: expected"));
}

}  // namespace
}  // namespace lacuna::sim
