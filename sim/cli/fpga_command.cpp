// SPDX-License-Identifier: Apache-2.0
// `lacuna fpga`: a network on a board, as a folder that builds by itself, or as its bitstream.
#include "sim/fpga/flow.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "golden/bundle.h"
#include "golden/error.h"
#include "sim/cli/json_output.h"
#include "sim/cli/provenance.h"
#include "sim/network/network_input.h"
#include "sim/report/table.h"

namespace lacuna::cli {
namespace {

struct FpgaCommand {
  std::filesystem::path bundle, out;
  std::string board;
  sim::FpgaRequest request;
  sim::InputRequest input;
  bool bitstream = false, simulate = false;
  JsonOutput json;

  void run();
};

void print(const sim::Board& board, const sim::Bitstream& made) {
  sim::Table table({{"resource", sim::Align::kLeft}, {"used"}, {"of"}});
  for (const auto& [resource, used] : made.used) {
    const auto available = board.resources.find(resource);
    table.add_row({resource, fmt::format("{}", used),
                   fmt::format("{}", available == board.resources.end() ? 0 : available->second)});
  }
  fmt::print("{}fmax {:.1f} MHz, the board's clock is {:g} MHz\n", table.str(),
             made.fmax_hertz / 1e6, board.clock_hertz / 1e6);
}

void FpgaCommand::run() {
  const sim::Board target = sim::read_board(board);
  const sim::Flow& flow = sim::flow_of(target);
  const sim::Builder* builder = flow.builder();
  flow.check(target, request);
  if ((bitstream || simulate) && builder == nullptr) {
    throw Error(bitstream ? "--bitstream" : "--simulate", "is not for the board " + target.name,
                "leave it out; the folder's README.md says what builds and what simulates it");
  }
  sim::OutputFolder folder(out);
  const golden::Bundle network = golden::read_bundle(bundle);
  request.bundle = bundle.filename().string();
  request.sha256 = golden::bundle_hash(bundle);
  std::vector<std::filesystem::path> files{bundle};
  if (input.file) files.push_back(*input.file);
  const auto origin = provenance(files, input.seed);
  request.revision = origin.at("revision");
  request.command = origin.at("command");
  const sim::PreparedNetwork prepared = flow.prepare(target, network, input, request);
  sim::require_resources(target, request.bundle, prepared.resources);
  prepared.write(folder);
  fmt::print("{} for {}\n", prepared.network, target.title);

  nlohmann::ordered_json document = sim::fpga_document(target, prepared, request);
  if (bitstream || simulate) {
    const sim::Bitstream made = builder->build(folder, target);
    print(target, made);
    document["resources"] = made.used;
    document["fmax_hertz"] = made.fmax_hertz;
    document["bitstream"] = made.file;
  }
  if (simulate) {
    const std::uint64_t clocks = builder->simulate(folder, target);
    fmt::print("routed gates: every example equals golden; {} clocks with the UART\n", clocks);
    document["simulated_clocks"] = clocks;
  }
  document["provenance"] = origin;
  folder.commit(document);
  fmt::print("{} is complete: its README.md says how to go on; seed {}\n", out.string(),
             input.seed);
  json.write(document);
}

}  // namespace

void add_fpga_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("fpga", "A network for an FPGA board");
  const auto command = std::make_shared<FpgaCommand>();
  command->input.streams = 5;
  verb->add_option("bundle", command->bundle, "The network")->required()->type_name("BUNDLE");
  verb->add_option("--board", command->board, "The board; a wrong name lists them")
      ->required()
      ->type_name("BOARD");
  verb->add_option("--out", command->out, "A new folder, or an empty one")
      ->required()
      ->type_name("DIR");
  verb->add_flag("--bitstream", command->bitstream, "Build it here");
  verb->add_flag("--simulate", command->simulate,
                 "Build it, and compare its routed gates with golden");
  verb->add_option("--baud", command->request.baud, "Of the UART; 115200 if not given")
      ->type_name("N");
  verb->add_option("--input", command->input.file, "Example images; random if not given")
      ->type_name("FILE");
  verb->add_option("--images", command->input.streams, "How many examples")
      ->check(CLI::Range(1, 1000))
      ->type_name("N")
      ->capture_default_str();
  verb->add_option("--seed", command->input.seed, "Of random images and stochastic registers")
      ->type_name("N")
      ->capture_default_str();
  command->json.add_to(*verb);
  verb->callback([command] { command->run(); });
}

}  // namespace lacuna::cli
