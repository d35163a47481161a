// SPDX-License-Identifier: Apache-2.0
// Estimates what designs of `lacuna silicon` take of a Xilinx device and writes the result as JSON:
//   estimate_xilinx xc7vx485t docs/results/xilinx-estimate.json lac_sparse_lstm:reference ...
#include <fmt/format.h>

#include <chrono>
#include <string>

#include "golden/atomic_file.h"
#include "golden/error.h"
#include "sim/cli/exit_status.h"
#include "sim/cli/provenance.h"
#include "sim/fpga/xilinx_estimate.h"
#include "sim/silicon/design.h"

namespace lacuna::sim {
namespace {

void run(int argc, char** argv) {
  constexpr int kLeast = 4;
  if (argc < kLeast)
    throw Error("estimate_xilinx", "takes a device, a JSON file and designs",
                "name designs as TOP:CONFIGURATION");
  const XilinxDevice device = xilinx_device(argv[1]);
  nlohmann::ordered_json result{{"schema", "lacuna.xilinx/1"},
                                {"tool", "Yosys synth_xilinx -family xc7, hierarchy kept"}};
  result["rows"] = nlohmann::ordered_json::array();
  for (int at = kLeast - 1; at < argc; ++at) {
    const SiliconDesign design = find_design(argv[at]);
    const auto begin = std::chrono::steady_clock::now();
    const XilinxEstimate estimate =
        estimate_xilinx({design.file_list, design.top, design.parameters});
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    auto row = to_json(estimate, device);
    row["name"] = design.full_name();
    row["seconds"] = seconds.count();
    fmt::print("{}: {} LUTs ({:.1f} %), {} flip-flops, {} RAMB18, {} DSPs, {:.0f} s\n",
               design.full_name(), estimate.total.luts, row.at("luts_percent").get<double>(),
               estimate.total.flip_flops, estimate.total.half_brams, estimate.total.dsps,
               seconds.count());
    result["rows"].push_back(std::move(row));
  }
  result["provenance"] = cli::provenance({}, 0);
  std::string command = "build/release/bin/estimate_xilinx";
  for (int at = 1; at < argc; ++at) command += std::string(" ") + argv[at];
  result["provenance"]["command"] = command;
  write_file(argv[2], result.dump(2) + "\n");
}

}  // namespace
}  // namespace lacuna::sim

int main(int argc, char** argv) {
  return lacuna::cli::exit_status_of([&] { lacuna::sim::run(argc, argv); });
}
