// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/flow.h"

#include "golden/error.h"
#include "sim/fpga/ecp5_flow.h"
#include "sim/fpga/ice40_flow.h"
#include "sim/fpga/xilinx_flow.h"

namespace lacuna::sim {

const Flow& flow_of(const Board& board) {
  static const Ice40Flow ice40;
  static const Ecp5Flow ecp5;
  static const XilinxFlow xilinx;
  static const std::map<std::string, const Flow*> flows{
      {"ice40", &ice40}, {"ecp5", &ecp5}, {"vivado", &xilinx}, {"zynq", &xilinx}};
  const auto found = flows.find(board.flow);
  if (found == flows.end()) {
    throw Error((board.folder / "board.json").string(),
                "names a flow that is not there: " + board.flow);
  }
  return *found->second;
}

nlohmann::ordered_json fpga_document(const Board& board, const PreparedNetwork& network,
                                     const FpgaRequest& request) {
  nlohmann::ordered_json document{{"schema", "lacuna.fpga/1"},
                                  {"bundle", request.bundle},
                                  {"sha256", request.sha256},
                                  {"revision", request.revision},
                                  {"board", board.name},
                                  {"engine", network.engine},
                                  {"network", network.network},
                                  {"core", network.core},
                                  {"parameters", network.parameters},
                                  {"clock_hertz", board.clock_hertz}};
  document.update(network.facts);
  return document;
}

}  // namespace lacuna::sim
