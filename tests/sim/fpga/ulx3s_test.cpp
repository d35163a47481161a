// SPDX-License-Identifier: Apache-2.0
// A folder for the ULX3S, copied elsewhere: what its scripts do without nextpnr-ecp5, which Debian
// 12 has not.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "sim/common/temporary_folder.h"
#include "sim/fpga/flow.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

class Ulx3s : public testing::Test {
 protected:
  Ulx3s() {
    const std::string name = "mnist-sc-small.safetensors";
    const fs::path bundle = fs::path(LACUNA_SOURCE_DIR) / "golden" / "networks" / name;
    const golden::Bundle network = golden::read_bundle(bundle);
    InputRequest input;
    input.streams = 1;
    const Board board = read_board("ulx3s");
    FpgaRequest request;
    request.bundle = name;
    request.sha256 = golden::bundle_hash(bundle);
    request.baud = 2'500'000;
    const TemporaryFolder made;
    OutputFolder out(made.path() / "out");
    flow_of(board).prepare(board, network, input, request).write(out);
    out.commit({});
    fs::copy(made.path() / "out", folder(), fs::copy_options::recursive);
  }

  fs::path folder() const { return copied_.path() / "copied"; }
  int run(const std::string& command) const {
    return std::system(
        fmt::format("cd '{}' && {} > said.txt 2>&1", folder().string(), command).c_str());
  }

 private:
  TemporaryFolder copied_;
};

TEST_F(Ulx3s, YosysMapsItOntoEcp5) {
  ASSERT_EQ(run("sh build.sh synth"), 0);
  std::ifstream in(folder() / "build" / "top.json");
  const auto netlist = nlohmann::json::parse(in);
  std::set<std::string> types;
  for (const auto& [name, cell] : netlist.at("modules").at("top").at("cells").items())
    types.insert(cell.at("type").get<std::string>());
  for (const char* cell : {"LUT4", "TRELLIS_FF", "DP16KD"}) EXPECT_EQ(types.count(cell), 1) << cell;

  // Every port has a place, and nothing else has.
  std::ifstream pins(folder() / "ulx3s.lpf");
  std::set<std::string> placed, ports;
  for (std::string word; pins >> word;) {
    if (word == "COMP" && pins >> word) placed.insert(word.substr(1, word.size() - 2));
  }
  for (const auto& [name, port] : netlist.at("modules").at("top").at("ports").items())
    ports.insert(name);
  EXPECT_EQ(placed, ports);
}

TEST_F(Ulx3s, SourcesAnswerOverTheirUart) {
  EXPECT_NE(run(std::string("grep -r '") + LACUNA_SOURCE_DIR + "' ."), 0) << "names the repository";
  EXPECT_EQ(run("sh simulate.sh"), 0);
}

}  // namespace
}  // namespace lacuna::sim
