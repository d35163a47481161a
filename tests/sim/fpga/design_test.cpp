// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/design.h"

#include <gmock/gmock.h>

#include <optional>
#include <tuple>

#include "golden/error.h"
#include "sim/fpga/board.h"
#include "sim/fpga/flow.h"
#include "sim/shell/shell_configuration.h"
#include "tests/golden/fc/random_fc.h"

namespace lacuna::sim {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

fs::path network(const std::string& name) {
  return fs::path(LACUNA_SOURCE_DIR) / "golden" / "networks" / (name + ".safetensors");
}

FpgaDesign design_of(const std::string& name) {
  const golden::Bundle bundle = golden::read_bundle(network(name));
  InputRequest request;
  request.streams = 2;
  request.steps = sequence_steps(bundle, name);
  return make_design(bundle, name, read_network_input(bundle, request), 1);
}

template <typename Work>
std::string message_of(const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(FpgaDesign, FoldedNetworkHasItsCodesInMemoryAndItsSeedsFromTheHost) {
  const FpgaDesign design = design_of("mnist-sc-small");
  EXPECT_EQ(design.core, "lac_folded_core");
  ASSERT_EQ(design.memories.size(), 1U);
  EXPECT_EQ(design.memories[0].width, 440);
  ASSERT_EQ(design.memories[0].words.size(), 255U);
  EXPECT_EQ(design.memories[0].words[0].size(), 110U);
  EXPECT_EQ(design.writes.size(), 6U);
  EXPECT_EQ(design.vectors[0].cycles, 135182U);
  EXPECT_EQ(design.vectors[1].result.size(), 40U);
  EXPECT_EQ(design.resources.at("block RAMs"), 30);
}

TEST(FpgaDesign, MaskedLayersComeFromTheHost) {
  const FpgaDesign design = design_of("mnist-fc-small");
  EXPECT_EQ(design.core, "lac_lfsr_core");
  EXPECT_TRUE(design.memories.empty());
  std::size_t bytes = 0;
  for (const HostWrite& write : design.writes) bytes += write.bytes.size();
  EXPECT_GT(bytes, 5U * 90);
  EXPECT_EQ(design.parameters.at("Inputs"), "196");
  EXPECT_EQ(design.vectors[0].result.size(), 20U);
}

TEST(FpgaDesign, FramesHoldWholeWords) {
  golden::Dice dice(5);
  const auto of = [&](const char* name, int inputs, int outputs) {
    golden::FcLayer layer =
        golden::random_fc(dice, inputs, outputs, golden::WeightFormat::kInt8, std::nullopt);
    layer.name = name;
    layer.relu = inputs == 30;
    return layer;
  };
  const golden::Bundle bundle{{of("fc0", 30, 16), of("fc1", 16, 5)}};
  InputRequest request;
  request.streams = 1;
  const FpgaDesign design = make_design(bundle, "random", read_network_input(bundle, request), 1);
  std::size_t weights = 0;
  for (const HostWrite& write : design.writes) {
    if ((write.address >> 13 & 3) != 2) continue;
    const std::size_t word = write.address >> 15 == 0 ? 16 : 8;  // 16 and 5 outputs of a byte
    EXPECT_EQ(write.address % word, 0U);
    EXPECT_EQ(write.bytes.size() % word, 0U);
    EXPECT_LE(write.bytes.size(), 240U);
    weights += write.bytes.size();
  }
  EXPECT_EQ(weights, 30U * 16 + 16U * 8);
}

TEST(FpgaDesign, RecurrentLayersComeFromTheHostWithTheirReadOut) {
  const FpgaDesign design = design_of("smnist-rows-small");
  EXPECT_EQ(design.core, "lac_lstm_core");
  EXPECT_TRUE(design.memories.empty());
  EXPECT_EQ(design.inputs, 28 * 28);
  std::size_t bytes = 0;
  for (const HostWrite& write : design.writes) bytes += write.bytes.size();
  EXPECT_EQ(bytes, 32U * (28 + 32) + 10 * (32 + 6) + 32 * 28 + 32 * 3);
  EXPECT_EQ(design.vectors[0].result.size(), 40U);
  EXPECT_NE(design.vectors[0].cycles, design.vectors[1].cycles) << "zeros are skipped";
}

TEST(FpgaDesign, RandomSequencesAreAsLongAsTheNetworks) {
  golden::Bundle bundle = golden::read_bundle(network("smnist-rows-small"));
  EXPECT_EQ(sequence_steps(bundle, "net"), 28);
  EXPECT_EQ(sequence_steps(golden::read_bundle(network("mnist-fc-small")), "net"), 0);
  bundle.facts["task"] = "pixels";
  EXPECT_THAT(message_of([&] { sequence_steps(bundle, "net"); }),
              AllOf(HasSubstr("how many steps"), HasSubstr("--input")));
}

TEST(FpgaDesign, RefusesNetworksThatNoCoreTakes) {
  EXPECT_THAT(message_of([] { design_of("mnist-fc-90"); }), HasSubstr("3 layers"));
  EXPECT_THAT(message_of([] { design_of("mnist-sc-bipolar"); }), HasSubstr("folded engine"));
  EXPECT_THAT(message_of([] { design_of("ptb-char-ternary"); }), HasSubstr("takes symbols"));
  EXPECT_THAT(message_of([] { design_of("smnist-rows"); }), HasSubstr("int8 weights"));
}

TEST(FpgaBoards, SayWhichResourceIsTooSmall) {
  const Board board = read_board("up5k");
  require_resources(board, "net", {{"block RAMs", 30}});
  EXPECT_THAT(message_of([&] {
                require_resources(board, "net", {{"block RAMs", 31}});
              }),
              AllOf(HasSubstr("net"), HasSubstr("31 block RAMs, the board has 30")));
  EXPECT_THAT(message_of([] { read_board("nothing"); }),
              AllOf(HasSubstr("hx8k"), HasSubstr("up5k")));
}

TEST(FpgaDocument, SaysTheSameOfEveryFlow) {
  for (const auto& [name, engine, core] : {std::tuple{"up5k", "lac_folded_dnn", "lac_folded_core"},
                                           std::tuple{"ulx3s", "lac_folded_dnn", "lac_folded_core"},
                                           std::tuple{"vc707", "lac_folded_dnn", "lac_shell_sc"}}) {
    const Board board = read_board(name);
    const golden::Bundle bundle = golden::read_bundle(network("mnist-sc-small"));
    InputRequest input;
    input.streams = 2;
    FpgaRequest request;
    request.bundle = "net";
    request.sha256 = std::string(64, '1');
    const auto document =
        fpga_document(board, flow_of(board).prepare(board, bundle, input, request), request);
    EXPECT_EQ(document.at("schema"), "lacuna.fpga/1");
    EXPECT_EQ(document.at("engine"), engine) << name;
    EXPECT_EQ(document.at("core"), core) << name;
    for (const auto& [parameter, value] : document.at("parameters").items())
      EXPECT_TRUE(value.is_string()) << name << ' ' << parameter;
  }
}

TEST(FpgaFlow, RefusesWhatABoardCannotBeAsked) {
  FpgaRequest request;
  const auto message = [&](const char* name, std::optional<int> baud) {
    const Board board = read_board(name);
    request.baud = baud;
    return message_of([&] { flow_of(board).check(board, request); });
  };
  for (const char* board : {"up5k", "hx8k", "ulx3s", "vc707", "pynq-z2"})
    EXPECT_EQ(message(board, std::nullopt), "");
  EXPECT_EQ(message("up5k", 921600), "");
  EXPECT_THAT(message("up5k", 250000), AllOf(HasSubstr("250000"), HasSubstr("230400")));
  EXPECT_THAT(message("vc707", 115200), HasSubstr("has no UART"));
  Board strange = read_board("up5k");
  strange.flow = "abacus";
  EXPECT_THAT(message_of([&] { flow_of(strange); }), HasSubstr("abacus"));
}

TEST(FpgaEngines, HaveTheShellsNumbers) {
  EXPECT_EQ(design_of("mnist-sc-small").engine_number, static_cast<int>(ShellKind::kSc));
  EXPECT_EQ(design_of("mnist-fc-small").engine_number, static_cast<int>(ShellKind::kFc));
}

TEST(FpgaMemory, IsWrittenForBothKindsOfTools) {
  const MemoryImage image{"m", 8, {"0a", "ff"}};
  EXPECT_EQ(to_mem(image), "0a\nff\n");
  EXPECT_EQ(to_coe(image),
            "memory_initialization_radix=16;\nmemory_initialization_vector=\n0a,\nff;\n");
}

}  // namespace
}  // namespace lacuna::sim
