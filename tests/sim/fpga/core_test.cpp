// SPDX-License-Identifier: Apache-2.0
// Cores of random networks answer their host as golden does, with the clocks of the cycle models:
// the folder's own simulation of its sources, which takes seconds a network.
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "golden/random.h"
#include "sim/common/temporary_folder.h"
#include "sim/fpga/flow.h"
#include "tests/golden/fc/random_fc.h"
#include "tests/golden/sc/random_sc.h"

namespace lacuna::sim {
namespace {

/// What the host program says of five random images.
std::string answers_of(const golden::Bundle& bundle) {
  InputRequest input;
  input.streams = 5;
  input.seed = 3;
  const TemporaryFolder around;
  const Board board = read_board("hx8k");
  OutputFolder folder(around.path() / "net");
  FpgaRequest request;
  request.bundle = "random";
  request.sha256 = std::string(64, '7');
  request.baud = 3000000;
  flow_of(board).prepare(board, bundle, input, request).write(folder);
  folder.commit({});
  const std::string log = (around.path() / "log").string();
  static_cast<void>(std::system(
      ("sh '" + (around.path() / "net/simulate.sh").string() + "' >'" + log + "' 2>&1").c_str()));
  std::ifstream in(log);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
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

}  // namespace
}  // namespace lacuna::sim
