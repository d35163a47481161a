// SPDX-License-Identifier: Apache-2.0
// What differs between boards: how a network is made ready, what goes into its folder, and whether
// its bitstream is built here. A board names its flow; flow.cpp has the list.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "golden/bundle.h"
#include "sim/fpga/board.h"
#include "sim/fpga/output_folder.h"
#include "sim/network/network_input.h"

namespace lacuna::sim {

struct FpgaRequest {
  std::string bundle;       ///< name of its file
  std::string sha256;       ///< of the bundle
  std::string revision;     ///< of lacuna
  std::optional<int> baud;  ///< of the UART, where it is not the board's usual one
  std::string command{};    ///< that makes the folder, for its README.md
};

/// A network made ready for a board.
struct PreparedNetwork {
  std::string network;  ///< for people: "196-40-16-10, ..."
  std::string engine;   ///< its module in rtl/, e.g. "lac_folded_dnn"
  std::string core;     ///< the module that gives the engine the board's ports
  std::map<std::string, std::string> parameters;  ///< of the core, as Verilog text
  std::map<std::string, std::int64_t> resources;  ///< at least, for require_resources()
  nlohmann::ordered_json facts;                   ///< what only its flow has to say in a document
  std::function<void(OutputFolder&)> write;       ///< all of the folder but manifest.json
};

/// A bitstream as its tools report it.
struct Bitstream {
  std::map<std::string, std::int64_t> used;  ///< by the board's names of resources
  double fmax_hertz = 0;                     ///< of the slowest clock
  std::string file;                          ///< in the folder
};

/// Tools that are called here: from a written folder to a bitstream.
class Builder {
 public:
  virtual ~Builder() = default;

  /// Runs the folder's own build script. @throws Error for a missing tool, a design that does not
  /// fit or misses the board's clock.
  virtual Bitstream build(OutputFolder& folder, const Board& board) const = 0;

  /// Simulates the routed netlist of the built folder and compares the examples.
  /// @return clocks simulated  @throws CheckFailed naming the first difference, Error when the
  /// simulation does not come to its end.
  virtual std::uint64_t simulate(OutputFolder& folder, const Board& board) const = 0;
};

class Flow {
 public:
  virtual ~Flow() = default;

  /// @throws Error for what the board cannot be asked; before anything is made.
  virtual void check(const Board& board, const FpgaRequest& request) const = 0;

  /// Chooses the engine and runs golden on the examples. @param input seed and number of examples
  /// @throws Error for a network that no engine of the board takes.
  virtual PreparedNetwork prepare(const Board& board, const golden::Bundle& network,
                                  const InputRequest& input, const FpgaRequest& request) const = 0;

  /// Null for a flow whose tools run elsewhere.
  virtual const Builder* builder() const { return nullptr; }
};

/// @throws Error naming board.json for a flow that is not there.
const Flow& flow_of(const Board& board);

/// What manifest.json and --json say of a folder (docs/fpga.md, "manifest.json").
nlohmann::ordered_json fpga_document(const Board& board, const PreparedNetwork& network,
                                     const FpgaRequest& request);

}  // namespace lacuna::sim
