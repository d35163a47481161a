// SPDX-License-Identifier: Apache-2.0
// Folders for VC707 and PYNQ-Z2, made for small networks, copied elsewhere, and used there.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "golden/error.h"
#include "golden/sha.h"
#include "sim/common/temporary_folder.h"
#include "sim/fc/regression.h"
#include "sim/fpga/shell_flow.h"
#include "sim/fpga/template_text.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

const fs::path kSource = LACUNA_SOURCE_DIR;
const fs::path kHere = kSource / "tests" / "sim" / "fpga";

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Ended {
  int status = -1;
  std::string said;
};

/// Runs a shell command in a folder.
Ended run(const fs::path& folder, const std::string& command) {
  const fs::path log = folder / "said.txt";
  const int status = std::system(
      fmt::format("cd '{}' && ({}) > '{}' 2>&1", folder.string(), command, log.string()).c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(log)};
}

/// The board with room for little, so that its tools are quick.
Board small_board(const std::string& name) {
  Board board = read_board(name);
  board.settings["BUS"] = "64";
  board.settings["WEIGHT_BITS"] = "16";
  board.settings["ELEMENTS"] = "64";
  return board;
}

golden::Bundle kept(const std::string& name) {
  return golden::read_bundle(kSource / "golden" / "networks" / (name + ".safetensors"));
}

ShellDesign design_of(const golden::Bundle& bundle, const Board& board, int streams) {
  InputRequest input;
  input.streams = streams;
  input.steps = example_steps(bundle);
  return make_shell_design(bundle, "network", read_network_input(bundle, input), 1,
                           shell_room(board));
}

/// A folder in a place of its own, made somewhere else.
class Folder {
 public:
  Folder(const golden::Bundle& bundle, const Board& board, int streams = 2) {
    const ShellDesign design = design_of(bundle, board, streams);
    const TemporaryFolder made;
    OutputFolder folder(made.path() / "out");
    write_shell(folder, board, design, {"network.safetensors", "", "test", 115200});
    folder.commit({{"schema", "lacuna.fpga/1"}});
    fs::copy(made.path() / "out", path(), fs::copy_options::recursive);
  }
  fs::path path() const { return copied_.path() / "copied"; }

 private:
  TemporaryFolder copied_;
};

golden::Bundle drawn_fc() {
  golden::Bundle bundle;
  bundle.layers.emplace_back(draw_layer(FcCase{"drawn", "small_ternary", 3, 50, 11}));
  return bundle;
}

TEST(ShellFolder, RecurrentNetworkAnswersThroughItsDriver) {
  const Folder folder(kept("smnist-rows-ternary"), small_board("vc707"));
  const Ended good = run(folder.path(), "sh simulate.sh");
  EXPECT_EQ(good.status, 0) << good.said;
  EXPECT_THAT(good.said, HasSubstr("words equal golden's"));

  // The same example notices one wrong bit in the network's memory.
  std::string memory = text_of(folder.path() / "mem" / "memory.mem");
  char& digit = memory[memory.find_first_not_of("0\n")];
  digit = digit == '1' ? '3' : '1';
  std::ofstream(folder.path() / "mem" / "memory.mem") << memory;
  const Ended wrong = run(folder.path() / "mem", "../build/simulate/verilated/system");
  EXPECT_EQ(wrong.status, 1) << wrong.said;
  EXPECT_THAT(wrong.said, HasSubstr("expected"));
}

TEST(ShellFolder, StochasticNetworkAnswersThroughItsDriver) {
  const Folder folder(kept("mnist-sc-small"), small_board("pynq-z2"), 1);
  const Ended ended = run(folder.path(), "sh simulate.sh");
  EXPECT_EQ(ended.status, 0) << ended.said;
}

TEST(ShellFolder, FullyConnectedLayerAnswersThroughItsDriver) {
  const Folder folder(drawn_fc(), small_board("vc707"), 3);
  const Ended ended = run(folder.path(), "sh simulate.sh");
  EXPECT_EQ(ended.status, 0) << ended.said;
}

TEST(ShellFolder, YosysMakesAnEdifOfIt) {
  for (const auto& [board, top] : {std::pair{"vc707", "system"}, std::pair{"pynq-z2", "lacuna"}}) {
    const Folder folder(drawn_fc(), small_board(board));
    const Ended ended = run(folder.path(), "sh edif.sh");
    EXPECT_EQ(ended.status, 0) << ended.said;
    const std::string edif = text_of(folder.path() / "build" / (std::string(top) + ".edif"));
    EXPECT_THAT(edif, HasSubstr(fmt::format("(edif {}", top)));
    EXPECT_THAT(edif, HasSubstr("FDRE"));
  }
}

TEST(ShellFolder, TopHasEveryPortOfWhatItInstantiates) {
  const Folder folder(drawn_fc(), small_board("vc707"));
  const Ended ended = run(
      folder.path() / "mem",
      fmt::format("yosys -q -p 'read_verilog ../rtl/*.v; read_verilog -lib {} +/xilinx/cells_sim.v "
                  "+/xilinx/cells_xtra.v; hierarchy -check -top top; proc; check -assert'",
                  (kHere / "jtag_axi_0.v").string()));
  EXPECT_EQ(ended.status, 0) << ended.said;
}

TEST(ShellFolder, Vc707TclCallsVivadoInOrder) {
  const Folder folder(drawn_fc(), small_board("vc707"));
  const std::string tcl = fmt::format("tclsh '{}' .", (kHere / "vivado.tcl").string());
  const Ended ended =
      run(folder.path(),
          tcl + " | grep -E '^(create_project|read_|create_ip|synth|opt|place|route|write_bit)'");
  std::istringstream lines(ended.said);
  const std::vector<std::string> called{std::istream_iterator<std::string>(lines), {}};
  EXPECT_THAT(called, ElementsAre("create_project", "read_verilog", "read_mem", "read_xdc",
                                  "create_ip", "synth_ip", "synth_design", "opt_design",
                                  "place_design", "route_design", "write_bitstream"));
  const Ended late = run(folder.path(), tcl + " -0.5");
  EXPECT_EQ(late.status, 1);
  EXPECT_THAT(late.said, HasSubstr("misses its clock of 100 MHz"));
  fs::remove(folder.path() / "rtl" / "lac_axi_rom.v");
  const Ended missing = run(folder.path(), tcl);
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.said, HasSubstr("lac_axi_rom.v is not there"));
}

TEST(ShellFolder, PynqTclConnectsEveryPinOnce) {
  const Folder folder(drawn_fc(), small_board("pynq-z2"));
  const std::string tcl = fmt::format("tclsh '{}' .", (kHere / "vivado.tcl").string());
  const Ended ended = run(folder.path(), tcl);
  EXPECT_EQ(ended.status, 0) << ended.said;
  EXPECT_THAT(ended.said, HasSubstr("write_hw_platform"));

  const std::string script = text_of(folder.path() / "build.tcl");
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = script;
    text.replace(text.find(from), from.size(), to);
    std::ofstream(folder.path() / "build.tcl") << text;
    return run(folder.path(), tcl).said;
  };
  EXPECT_THAT(changed("dma/m_axi_s2mm_aclk", ""),
              HasSubstr("dma/m_axi_s2mm_aclk is not connected"));
  EXPECT_THAT(changed("lacuna/m_axi_mem ", "lacuna/m_axi_gmem "),
              HasSubstr("there is no lacuna/m_axi_gmem"));
  EXPECT_THAT(changed("memory/S02_AXI", "memory/S01_AXI"),
              HasSubstr("memory/S01_AXI is connected twice"));
}

TEST(ShellFolder, HostReachesTheBoardThroughVivado) {
  const Folder folder(drawn_fc(), small_board("vc707"));
  ASSERT_EQ(run(folder.path(), "make -s -C host").status, 0);
  const auto said = [&](const std::string& registers) {
    return run(folder.path(),
               fmt::format(
                   "port=$((20000 + $$ % 20000)); tclsh '{}' . $port {} & server=$!; "
                   "for try in 1 2 3 4 5 6 7 8 9 10; do sleep 0.2; host/lacuna_host $port > "
                   "host.txt 2>&1; "
                   "grep -q 'nothing serves' host.txt || break; done; cat host.txt; kill $server",
                   (kHere / "hw_server.tcl").string(), registers))
        .said;
  };
  EXPECT_THAT(said(""), HasSubstr("there is no such shell"));
  // A memory in the place of registers keeps what is written to clear an error.
  EXPECT_THAT(said("0 4c414355 4 00010000 8 00000002 14 00000001"),
              HasSubstr("the shell reports an error"));
}

TEST(ShellFolder, ProcessorsExampleCompiles) {
  const Folder folder(drawn_fc(), small_board("pynq-z2"));
  std::ofstream(folder.path() / "xil_cache.h")
      << "#include <stdint.h>\nvoid Xil_DCacheFlushRange(intptr_t, unsigned);\n"
         "void Xil_DCacheInvalidateRange(intptr_t, unsigned);\n";
  const Ended ended = run(folder.path(),
                          "for file in host/*.c; do gcc -std=c11 -Wall -Wextra -Werror -I. -c "
                          "$file -o /dev/null || exit 1; done");
  EXPECT_EQ(ended.status, 0) << ended.said;
}

TEST(ShellFolder, ManifestHasTheHashOfEveryFile) {
  const Folder folder(drawn_fc(), small_board("vc707"));
  const auto manifest = nlohmann::json::parse(text_of(folder.path() / "manifest.json"));
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder.path()))
    files += entry.is_regular_file() ? 1 : 0;
  EXPECT_EQ(manifest.at("files").size() + 1, files);
  for (const auto& file : manifest.at("files"))
    EXPECT_EQ(golden::sha256_file(folder.path() / file.at("file").get<std::string>()),
              file.at("sha256"));
}

TEST(ShellFolder, NetworkTooLargeForTheBlockRamIsRefused) {
  const Board board = read_board("vc707");
  const ShellDesign design = design_of(kept("ptb-char-pruned"), board, 8);
  try {
    require_resources(board, "ptb-char-pruned", shell_resources(board, design));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("block RAMs, the board has 1030"));
  }
}

}  // namespace
}  // namespace lacuna::sim
