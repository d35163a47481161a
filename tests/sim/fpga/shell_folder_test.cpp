// SPDX-License-Identifier: Apache-2.0
// Folders for VC707 and PYNQ-Z2, made for small networks, copied elsewhere, and used there.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <tuple>

#include "golden/error.h"
#include "golden/sha.h"
#include "sim/common/temporary_folder.h"
#include "sim/fc/regression.h"
#include "sim/fpga/block_ram.h"
#include "sim/fpga/shell_flow.h"
#include "sim/fpga/template_text.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
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

/// A folder in a place of its own with a blank in its path, made somewhere else; it knows nothing
/// of where it was made.
class Folder {
 public:
  Folder(const golden::Bundle& bundle, const Board& board, int streams = 2) {
    const ShellDesign design = design_of(bundle, board, streams);
    const TemporaryFolder made;
    OutputFolder folder(made.path() / "out");
    write_shell(folder, board, design, {"network.safetensors", "", "test", 115200});
    folder.commit({{"schema", "lacuna.fpga/1"}});
    fs::copy(made.path() / "out", path(), fs::copy_options::recursive);
    for (const auto& entry : fs::recursive_directory_iterator(path())) {
      if (!entry.is_regular_file()) continue;
      const std::string text = text_of(entry.path());
      EXPECT_EQ(text.find(kSource.string()), std::string::npos) << entry.path();
      EXPECT_EQ(text.find(made.path().string()), std::string::npos) << entry.path();
    }
  }
  fs::path path() const { return copied_.path() / "copied here"; }
  /// Puts a file of these tests into it.
  void put(const char* source, const fs::path& to) const {
    fs::copy_file(kHere / source, path() / to, fs::copy_options::overwrite_existing);
  }

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
  const Ended wrong = run(folder.path() / "mem", "../build/simulate");
  EXPECT_EQ(wrong.status, 1) << wrong.said;
  EXPECT_THAT(wrong.said, HasSubstr("expected"));
}

// More words of y than the window holds, so that a shell whose host died waits with one on offer.
TEST(ShellFolder, DriverRecoversFromHostsThatDiedAndSaysWhyARunFailed) {
  const Folder folder(kept("smnist-rows-ternary"), small_board("vc707"));
  folder.put("interrupted.cpp", "sim/bench.cpp");
  ASSERT_EQ(run(folder.path(), "sh simulate.sh").said, "interrupted: which?\n");
  for (const char* before : {"middle-of-x", "y-unread", "y-unread-and-right", "stale-y-at-play",
                             "refused", "bus-error", "x-before-a-start"}) {
    const Ended ended =
        run(folder.path() / "mem", fmt::format("timeout 100 ../build/simulate {}", before));
    EXPECT_EQ(ended.status, 0) << before << ": " << ended.said;
  }
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
  const fs::path bitstream = folder.path() / "build" / "top.bit";
  EXPECT_TRUE(fs::exists(bitstream));
  // Again, as its own message asks for; no bitstream of before is left when it is late.
  for (const auto& [slacks, said] :
       {std::pair{" -0.5", "misses its clock of 100 MHz"}, std::pair{" 0.1 -0.1", "do not hold"}}) {
    const Ended late = run(folder.path(), tcl + slacks);
    EXPECT_EQ(late.status, 1);
    EXPECT_THAT(late.said, HasSubstr(said));
    EXPECT_FALSE(fs::exists(bitstream));
    const Ended again = run(folder.path(), tcl);
    EXPECT_EQ(again.status, 0) << again.said;
    EXPECT_TRUE(fs::exists(bitstream));
  }
  const std::string script = text_of(folder.path() / "build.tcl");
  for (const auto& [from, to, said] :
       {std::tuple{"place_design", "place_desing", "place_desing"},
        std::tuple{"report_drc -file", "report_drc -name", "report_drc has no option -name"},
        std::tuple{"xc7vx485tffg1761-2", "xc7vx485tffg1760-2", "no part"}}) {
    std::string text = script;
    text.replace(text.find(from), std::string(from).size(), to);
    std::ofstream(folder.path() / "build.tcl") << text;
    EXPECT_THAT(run(folder.path(), tcl).said, HasSubstr(said));
  }
  std::ofstream(folder.path() / "build.tcl") << script;
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
  EXPECT_THAT(changed("-offset 0x43C00000", "-offset 0x40400000"), HasSubstr("overlaps"));
  EXPECT_THAT(changed("-offset 0x43C00000", "-offset 0x43D00000"),
              HasSubstr("host/main.c has lacuna/s_axi_ctrl/reg0 elsewhere"));
  EXPECT_THAT(changed("S_AXI_LITE/Reg", "S_AXI_LITE/reg0"), HasSubstr("there is no segment"));
  EXPECT_THAT(changed("-fixed -include_bit", "-fixed -include"),
              HasSubstr("write_hw_platform has no option -include"));
}

TEST(ShellFolder, PynqIsRunWithTheFilesThatItsReadmeMakes) {
  const Folder folder(drawn_fc(), small_board("pynq-z2"));
  const fs::path workspace = folder.path() / "build" / "workspace";
  const std::string elf = "build/workspace/example/Debug/example.elf";
  ASSERT_THAT(text_of(folder.path() / "README.md"), HasSubstr("xsct run.tcl " + elf));
  fs::create_directories(workspace / "lacuna" / "hw");
  fs::create_directories((folder.path() / elf).parent_path());
  for (const char* name : {"lacuna.xsa", "lacuna.bit"})
    std::ofstream(folder.path() / "build" / name) << "made by build.tcl\n";
  std::ofstream(folder.path() / elf) << "made by app build\n";
  std::ofstream(workspace / "lacuna" / "hw" / "ps7_init.tcl") << "proc ps7_init {} {}\n";
  const std::string tcl = fmt::format("tclsh '{}' . {}", (kHere / "xsct.tcl").string(), elf);
  const Ended ended = run(folder.path(), tcl);
  EXPECT_EQ(ended.status, 0) << ended.said;
  EXPECT_THAT(ended.said, HasSubstr("ps7_post_config\ntargets\ndow memory.bin\ndow example.elf\n"
                                    "con\n"));
  fs::remove(folder.path() / "build" / "lacuna.bit");
  EXPECT_EQ(run(folder.path(), tcl).status, 1);
}

TEST(ShellFolder, HostReachesTheBoardThroughVivado) {
  const Folder folder(drawn_fc(), small_board("vc707"));
  ASSERT_EQ(run(folder.path(), "make -s -C host").status, 0);
  folder.put("axi_pipe.cpp", "sim/bench.cpp");
  ASSERT_EQ(run(folder.path(), "sh simulate.sh < /dev/null").status, 0);
  const auto host = [&](const std::string& registers) {
    return run(folder.path() / "mem",
               fmt::format("port=$((20000 + $$ % 20000)); "
                           "tclsh '{}' .. $port ../build/simulate {} & server=$!; "
                           "for try in 1 2 3 4 5 6 7 8 9 10; do sleep 0.2; "
                           "../host/lacuna_shell_host $port > host.txt 2>&1; status=$?; "
                           "grep -q 'nothing serves' host.txt || break; done; cat host.txt; "
                           "kill $server 2> /dev/null; exit $status",
                           (kHere / "hw_server.tcl").string(), registers));
  };
  const Ended good = host("");
  EXPECT_EQ(good.status, 0) << good.said;
  EXPECT_THAT(good.said, HasSubstr("words equal golden's"));
  EXPECT_THAT(host("0 00000000").said, HasSubstr("there is no such shell"));
  EXPECT_THAT(host("1c 00000004").said, HasSubstr("the shell reports an error"));
  // A beat of y that is not there: the bus answers SLVERR.
  EXPECT_THAT(host("1008 00010200").said, HasSubstr("the board cannot be reached"));
  // The server goes away in the middle of a run, with a request that it has not read: the next one
  // meets a connection that was reset.
  std::string server = text_of(folder.path() / "server.tcl");
  const auto insert = [&](const std::string& after, const std::string& line) {
    server.insert(server.find(after) + after.size(), line);
  };
  insert("proc serve {channel} {\n", "  if {[info exists ::gone]} { return }\n");
  insert("proc write_register {address value} {\n",
         "  if {$address eq \"1000\"} { set ::gone 1; after 300 exit }\n");
  std::ofstream(folder.path() / "server.tcl") << server;
  const Ended gone = host("");
  EXPECT_EQ(gone.status, 2) << gone.said;
  EXPECT_THAT(gone.said, HasSubstr("the board cannot be reached"));
}

TEST(ShellFolder, ProcessorsExampleMovesItsPacketsByTheDma) {
  const Folder folder(kept("mnist-sc-small"), small_board("pynq-z2"), 1);
  folder.put("zynq.cpp", "sim/bench.cpp");
  folder.put("zynq_bus.h", "host/bus.h");
  std::ofstream(folder.path() / "host" / "xil_cache.h")
      << "#include <stdint.h>\nvoid Xil_DCacheFlushRange(intptr_t, unsigned);\n"
         "void Xil_DCacheInvalidateRange(intptr_t, unsigned);\n";
  const Ended good =
      run(folder.path(),
          "sed -i 's/int main(void)/int example(void)/' host/main.c && "
          "sed -i 's/network; do/network lacuna_dma main; do/; "
          "s#../network.o#../network.o ../lacuna_dma.o ../main.o -LDFLAGS -no-pie#' simulate.sh && "
          "sh simulate.sh");
  EXPECT_EQ(good.status, 0) << good.said;
  EXPECT_THAT(good.said, HasSubstr("10 words equal golden's"));
  const Ended broken = run(folder.path() / "mem", "../build/simulate dma-error");
  EXPECT_EQ(broken.status, 1);
  EXPECT_THAT(broken.said, HasSubstr("the board cannot be reached"));
}

TEST(ShellFolder, ResultHasRoomOfItsOwnForTheLongestPacket) {
  const Folder folder(kept("ptb-char-pruned"), read_board("pynq-z2"), 8);
  EXPECT_THAT(text_of(folder.path() / "host" / "network.c"),
              HasSubstr("#define MOST_Y_WORDS 16000\n"));
  const Ended ended = run(folder.path(),
                          "gcc -std=c99 -c host/network.c -o network.o && nm -S network.o | "
                          "grep lacuna_shell_y; "
                          "! grep -n alloc host/*.c");
  EXPECT_EQ(ended.status, 0) << ended.said;
  EXPECT_THAT(ended.said, HasSubstr("000000000000fa00 B lacuna_shell_y"));
}

TEST(ShellFolder, ProcessorsExampleCompiles) {
  const Folder folder(drawn_fc(), small_board("pynq-z2"));
  std::ofstream(folder.path() / "host" / "xil_cache.h")
      << "#include <stdint.h>\nvoid Xil_DCacheFlushRange(intptr_t, unsigned);\n"
         "void Xil_DCacheInvalidateRange(intptr_t, unsigned);\n";
  const Ended ended = run(folder.path(),
                          "for file in host/*.c; do gcc -std=c11 -Wall -Wextra -Werror -c "
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

TEST(ShellFolder, LeastResourcesCountMemoriesMultipliersAndDdr3) {
  // docs/fpga-xilinx.md: 18.5, 258 (two of them not the weights') and 47.5 block RAMs were
  // measured.
  EXPECT_EQ(block_rams({{192, 1024}, {32, 4096}, {74, 2048}, {74, 2048}}), 19);
  EXPECT_EQ(block_rams(std::vector<MemoryShape>(512, {8, 1024})), 256);
  EXPECT_EQ(block_rams({{1100, 1188}}), 47);
  EXPECT_EQ(block_rams({{20, 64}, {2, 1024}}), 0) << "these lie in LUTs";

  const Board vc707 = read_board("vc707");
  const ShellDesign recurrent = design_of(kept("smnist-rows-ternary"), vc707, 2);
  EXPECT_GT(recurrent.resources.at("block RAMs"), 0);
  EXPECT_GT(shell_resources(vc707, recurrent).at("block RAMs"),
            recurrent.resources.at("block RAMs"));
  golden::Bundle bundle;
  bundle.layers.emplace_back(draw_layer(FcCase{"drawn", "small_int8", 3, 30, 8}));
  EXPECT_EQ(design_of(bundle, vc707, 1).resources.at("DSPs"), 8);
  EXPECT_EQ(design_of(drawn_fc(), vc707, 1).resources.count("DSPs"), 0u) << "ternary";
  // Almost all block RAMs for the network leave none for the engine.
  ShellDesign large = recurrent;
  large.memory.resize(std::size_t{1029} * 4096);
  EXPECT_THROW(require_resources(vc707, "large", shell_resources(vc707, large)), Error);

  Board pynq = read_board("pynq-z2");
  const ShellDesign design = design_of(drawn_fc(), pynq, 1);
  EXPECT_NO_THROW(require_resources(pynq, "small", shell_resources(pynq, design)));
  pynq.resources["bytes of DDR3"] = static_cast<std::int64_t>(design.memory.size()) - 1;
  EXPECT_THROW(require_resources(pynq, "large", shell_resources(pynq, design)), Error);
  // Nor does it wrap around the end of the addresses.
  ShellRoom room = shell_room(vc707);
  room.base = 0xFFFFF000;
  const golden::Bundle network = kept("smnist-rows-ternary");
  InputRequest input;
  input.steps = 1;
  try {
    make_shell_design(network, "network", read_network_input(network, input), 1, room);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("32 bits of addresses from 0xfffff000 on"));
  }
}

TEST(ShellFolder, RecurrentLayerThatDoesNotFitTheFirstIsLeftOut) {
  golden::Bundle bundle = kept("smnist-rows-ternary");
  const auto first = std::find_if(bundle.layers.begin(), bundle.layers.end(), [](const auto& any) {
    return std::holds_alternative<golden::LstmLayer>(any);
  });
  // Its inputs are the states of the first, more than the first has inputs.
  golden::LstmLayer second = std::get<golden::LstmLayer>(*first);
  second.name = "second";
  second.inputs = second.units;
  second.weight_x = golden::LstmLayer().weight_x;
  bundle.layers.insert(first + 1, second);
  const ShellDesign design = design_of(bundle, small_board("vc707"), 2);
  EXPECT_EQ(design.runs.size(), 1u);
  EXPECT_THAT(design.elsewhere, Contains("second"));
}

}  // namespace
}  // namespace lacuna::sim
