// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/xilinx_flow.h"

#include <memory>

#include "golden/error.h"
#include "sim/fpga/shell_flow.h"

namespace lacuna::sim {
void XilinxFlow::check(const Board& board, const FpgaRequest& request) const {
  if (request.baud) {
    throw Error("--baud", "is not for the board " + board.name + ", whose network has no UART",
                "leave it out");
  }
}

PreparedNetwork XilinxFlow::prepare(const Board& board, const golden::Bundle& network,
                                    const InputRequest& input, const FpgaRequest& request) const {
  InputRequest examples = input;
  examples.steps = example_steps(network);
  // Shared: memory images are large, and the function that writes them may be copied.
  const auto design = std::make_shared<const ShellDesign>(
      make_shell_design(network, request.bundle, read_network_input(network, examples), input.seed,
                        shell_room(board)));
  PreparedNetwork prepared;
  prepared.network = design->network;
  prepared.engine = design->engine;
  prepared.core = design->top;
  for (const auto& [name, value] : design->parameters)
    prepared.parameters[name] = std::to_string(value);
  prepared.resources = shell_resources(board, *design);
  prepared.facts = {{"memory_bytes", design->memory.size()}, {"runs", design->runs.size()}};
  prepared.write = [board, design, request](OutputFolder& folder) {
    write_shell(folder, board, *design, request);
  };
  return prepared;
}

}  // namespace lacuna::sim
