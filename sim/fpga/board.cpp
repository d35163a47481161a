// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/board.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "golden/error.h"
#include "sim/fpga/template_text.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

fs::path boards_folder() { return fs::path(LACUNA_SOURCE_DIR) / "sim" / "fpga" / "boards"; }

}  // namespace

std::vector<std::string> board_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(boards_folder())) {
    if (fs::exists(entry.path() / "board.json")) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Board read_board(const std::string& name) {
  const auto names = board_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw Error("board '" + name + "'", "is not known",
                fmt::format("choose one of {}", fmt::join(names, ", ")));
  }
  Board board;
  board.name = name;
  board.folder = boards_folder() / name;
  const fs::path file = board.folder / "board.json";
  try {
    std::ifstream in(file);
    const auto json = nlohmann::json::parse(in);
    json.at("title").get_to(board.title);
    json.at("flow").get_to(board.flow);
    json.at("clock_hertz").get_to(board.clock_hertz);
    json.at("resources").get_to(board.resources);
    json.at("settings").get_to(board.settings);
  } catch (const nlohmann::json::exception& error) {
    throw Error(file.string(), error.what());
  }
  return board;
}

std::vector<fs::path> board_files(const Board& board) {
  std::vector<fs::path> files = files_in(board.folder);
  files.erase(std::remove(files.begin(), files.end(), board.folder / "board.json"), files.end());
  return files;
}

void require_resources(const Board& board, const std::string& what,
                       const std::map<std::string, std::int64_t>& needed) {
  for (const auto& [resource, count] : needed) {
    const auto found = board.resources.find(resource);
    const std::int64_t available = found == board.resources.end() ? 0 : found->second;
    if (count > available) {
      throw Error(what,
                  fmt::format("is too large for the board {}: it takes {} {}, the board has {}",
                              board.name, count, resource, available),
                  "choose a smaller network or a larger board");
    }
  }
}

}  // namespace lacuna::sim
