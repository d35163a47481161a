// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/synthesis.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"
#include "sim/common/tool.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr double kDrivenBuffers = 4;  ///< load of an output for ABC, in inputs of the buffer

void write(const fs::path& file, const std::string& text) {
  std::ofstream out(file);
  out << text;
  if (!out.flush())
    throw Error(file.string(), "cannot be written", "set TMPDIR to a folder with space");
}

void run_yosys(const fs::path& folder, const std::string& script) {
  write(folder / "script.ys", script);
  run_tool({"yosys", "yosys", "ERROR:"}, folder, "yosys -q -s script.ys");
}

/// Arrays by what `memory_map` can tell apart: words, width, write ports.
using Shape = std::tuple<std::size_t, std::size_t, std::size_t>;

struct Arrays {
  std::set<Shape> to_map;
  std::vector<RegisterArray> registers;
};

Arrays find_arrays(const fs::path& json, std::size_t cells_up_to) {
  std::ifstream in(json);
  const Json document = Json::parse(in);
  Arrays arrays;
  for (const auto& [module, contents] : document.at("modules").items()) {
    for (const auto& [name, cell] : contents.at("cells").items()) {
      if (cell.at("type") != "$mem_v2") continue;
      const auto parameter = [&cell = cell](const char* which) {
        return static_cast<std::size_t>(
            std::stoull(cell.at("parameters").at(which).get<std::string>(), nullptr, 2));
      };
      const Shape shape{parameter("SIZE"), parameter("WIDTH"), parameter("WR_PORTS")};
      const auto [words, width, writes] = shape;
      if (writes != 0 && words * width > cells_up_to) continue;
      arrays.to_map.insert(shape);
      arrays.registers.push_back({plain_module_name(module), name, words, width});
    }
  }
  return arrays;
}

}  // namespace

std::vector<std::string> rtl_files(const fs::path& file_list) {
  std::ifstream list(fs::path(LACUNA_SOURCE_DIR) / "rtl" / file_list);
  if (!list) throw Error(file_list.string(), "is no list of Verilog files in rtl/");
  std::vector<std::string> files;
  for (std::string line; std::getline(list, line);) {
    if (!line.empty() && line[0] != '#') files.push_back(line);
  }
  return files;
}

std::string read_rtl(const SynthesisRequest& request) {
  const fs::path rtl = fs::path(LACUNA_SOURCE_DIR) / "rtl";
  std::string script;
  for (const std::string& file : rtl_files(request.file_list))
    script += fmt::format("read_verilog -defer \"{}\"\n", (rtl / file).string());
  script += fmt::format("hierarchy -check -top {}", request.top);
  for (const auto& [name, value] : request.parameters)
    script += fmt::format(" -chparam {} {}", name, value);
  return script + "\n";
}

Synthesis synthesise(const SynthesisRequest& request, const Library& library) {
  const TemporaryFolder folder;
  run_yosys(folder.path(),
            read_rtl(request) + fmt::format("synth {} -run begin:fine\n"
                                            "write_rtlil coarse.il\n"
                                            "write_json coarse.json\n",
                                            request.keep_hierarchy ? "" : "-flatten"));
  Arrays arrays = find_arrays(folder.path() / "coarse.json", request.cells_up_to);

  std::string script = "read_rtlil coarse.il\nopt -fast -full\n";
  for (const auto& [words, width, writes] : arrays.to_map)
    script += fmt::format("memory_map t:$mem_v2 r:SIZE={} %i r:WIDTH={} %i r:WR_PORTS={} %i\n",
                          words, width, writes);
  const std::string liberty = fmt::format("-liberty \"{}\"", fs::absolute(library.file).string());
  std::string constraints;
  if (const LibertyCell* buffer = library.buffer()) {
    const double load = kDrivenBuffers * buffer->pins[buffer->inputs.front()].capacitance;
    write(folder.path() / "constraints",
          fmt::format("set_driving_cell {}\nset_load {:.6f}\n", buffer->name, load * 1e12));
    constraints = "-constr constraints";
  }
  script += fmt::format(
      "opt -undriven -fine\ntechmap\nopt -fast\ndfflibmap {0}\nopt -fast\nabc {0} {1}\n"
      "opt_clean -purge\nwrite_json mapped.json\n",
      liberty, constraints);
  try {
    run_yosys(folder.path(), script);
  } catch (const Error& error) {
    // ABC crashes on a library without timing.
    if (std::string(error.what()).find("ABC output file") == std::string::npos) throw;
    throw Error(library.file.string(), "ABC cannot map a design onto it",
                "its cells need tables of timing");
  }
  return {read_netlist(folder.path() / "mapped.json", request.top, library),
          std::move(arrays.registers)};
}

}  // namespace lacuna::sim
