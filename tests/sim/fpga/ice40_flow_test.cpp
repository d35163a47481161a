// SPDX-License-Identifier: Apache-2.0
// What is made of what an iCE40 board's scripts leave and say: with scripts of the test's own in a
// folder.
#include "sim/fpga/ice40_flow.h"

#include <gmock/gmock.h>

#include <fstream>
#include <memory>
#include <vector>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"

namespace lacuna::sim {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

constexpr const char* kReport =
    R"({"utilization": {"ICESTORM_LC": {"used": 7}}, "fmax": {"a": {"achieved": 20.5},
        "b": {"achieved": 15.25}, "c": {"achieved": 31.0}}})";

class Ice40 : public ::testing::Test {
 protected:
  /// A folder whose name the shell would take apart, with a script that does so.
  std::unique_ptr<OutputFolder> with(const std::string& script, const std::string& text) const {
    auto folder = std::make_unique<OutputFolder>(around_.path() / "it's a net");
    folder->add_program(script, text);
    return folder;
  }
  static std::string building(const std::string& text) {
    return "set -e\necho '" + std::string(kReport) +
           "' >build/report.json\ntouch build/top.bin build/routed.v\n" + text;
  }
  template <typename Work>
  static std::string message_of(const Work& work) {
    try {
      work();
    } catch (const std::exception& error) {
      return error.what();
    }
    return "";
  }
  std::string build_message(const std::string& text) const {
    const auto folder = with("build.sh", text);
    return message_of([&] { flow_.build(*folder, board_); });
  }
  std::string simulate_message(const std::string& text) const {
    const auto folder = with("simulate.sh", text);
    return message_of([&] { flow_.simulate(*folder, board_); });
  }

  const Ice40Flow flow_;
  const Board board_ = read_board("hx8k");
  const TemporaryFolder around_;
};

TEST_F(Ice40, ReportsTheSlowestClock) {
  const auto folder = with("build.sh", building(""));
  const Bitstream made = flow_.build(*folder, board_);
  EXPECT_DOUBLE_EQ(made.fmax_hertz, 15.25e6);
  EXPECT_EQ(made.used.at("logic cells"), 7);
}

TEST_F(Ice40, OnlyNextpnrSaysThatANetworkIsTooLarge) {
  EXPECT_THAT(build_message("echo ERROR: placing failed >build/nextpnr.log; exit 1"),
              AllOf(HasSubstr("placing failed"), HasSubstr("smaller network")));
  EXPECT_THAT(build_message("echo ERROR: syntax; exit 1"),
              AllOf(HasSubstr("ERROR: syntax"), Not(HasSubstr("smaller network"))));
  EXPECT_THAT(build_message("exit 127"), HasSubstr("needs yosys"));
}

TEST_F(Ice40, NamesTheBitstreamAndNotTheLogsInTheManifest) {
  const fs::path there = around_.path() / "it's a net";
  {
    const auto folder = with("build.sh", building("touch build/top.json"));
    flow_.build(*folder, board_);
    folder->add_program("simulate.sh", "echo 12 clocks");
    EXPECT_EQ(flow_.simulate(*folder, board_), 12U);
    folder->commit({});
  }
  std::ifstream in(there / "manifest.json");
  const auto manifest = nlohmann::json::parse(in);
  std::vector<std::string> names;
  for (const auto& file : manifest.at("files")) names.push_back(file.at("file"));
  EXPECT_THAT(names, ::testing::ElementsAre("build/report.json", "build/routed.v", "build/top.bin",
                                            "build.sh", "simulate.sh"));
}

TEST_F(Ice40, SaysWhyASimulationDoesNotEnd) {
  EXPECT_THAT(simulate_message("echo lacuna_host: begin: the port failed\n"
                               "echo bench: 3000000 clocks are over; echo 3000000 clocks; exit 2"),
              HasSubstr("routed gates on hx8k: do not answer: bench: 3000000 clocks are over"));
  EXPECT_THAT(simulate_message("echo lacuna_host: image 0: expected 1, got 2; exit 1"),
              HasSubstr("routed gates on hx8k: image 0"));
  EXPECT_THAT(simulate_message("exit 127"), HasSubstr("verilator"));
}

}  // namespace
}  // namespace lacuna::sim
