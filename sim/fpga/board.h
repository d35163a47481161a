// SPDX-License-Identifier: Apache-2.0
// Boards that a network is made ready for: each is a folder of data in sim/fpga/boards
// (docs/fpga.md).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lacuna::sim {

struct Board {
  std::string name;        ///< of its folder
  std::string title;       ///< what it is, for people
  std::string flow;        ///< how it is built: a name that flow_of() in sim/fpga/flow.h knows
  double clock_hertz = 0;  ///< of the clock that the design runs at
  std::map<std::string, std::int64_t> resources;  ///< what it has, by the names that designs use
  std::map<std::string, std::string> settings;    ///< of the flow; also what its templates may name
  std::filesystem::path folder;                   ///< its templates and constraints
};

/// Names of all boards, sorted.
std::vector<std::string> board_names();

/// @throws Error listing the boards for an unknown one, naming the file for a bad board.json.
Board read_board(const std::string& name);

/// What lies beside board.json, sorted: constraints.
std::vector<std::filesystem::path> board_files(const Board& board);

/// What a design takes, against what the board has.
/// @throws Error naming the first resource that is not enough, and how much of it is needed.
void require_resources(const Board& board, const std::string& what,
                       const std::map<std::string, std::int64_t>& needed);

}  // namespace lacuna::sim
