// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/xilinx_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"
#include "sim/common/tool.h"
#include "sim/silicon/netlist.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

using Cells = std::map<std::string, std::int64_t>;  ///< by type

/// What a primitive takes (UG953: libraries guide of the 7 series); nothing for other modules.
std::optional<XilinxResources> primitive(const std::string& type) {
  static const std::map<std::string, XilinxResources> primitives{
      {"LUT1", {1, 0, 0, 0}},      {"LUT2", {1, 0, 0, 0}},      {"LUT3", {1, 0, 0, 0}},
      {"LUT4", {1, 0, 0, 0}},      {"LUT5", {1, 0, 0, 0}},      {"LUT6", {1, 0, 0, 0}},
      {"INV", {0, 0, 0, 0}},  // in the LUT before or behind it
      {"MUXF7", {0, 0, 0, 0}},     {"MUXF8", {0, 0, 0, 0}},     {"CARRY4", {0, 0, 0, 0}},
      {"GND", {0, 0, 0, 0}},       {"VCC", {0, 0, 0, 0}},       {"RAM32M", {4, 0, 0, 0}},
      {"RAM64M", {4, 0, 0, 0}},    {"RAM32X1D", {2, 0, 0, 0}},  {"RAM64X1D", {2, 0, 0, 0}},
      {"RAM128X1D", {4, 0, 0, 0}}, {"RAM32X1S", {1, 0, 0, 0}},  {"RAM64X1S", {1, 0, 0, 0}},
      {"RAM128X1S", {2, 0, 0, 0}}, {"RAM256X1S", {4, 0, 0, 0}}, {"SRL16E", {1, 0, 0, 0}},
      {"SRLC32E", {1, 0, 0, 0}},   {"FDRE", {0, 1, 0, 0}},      {"FDSE", {0, 1, 0, 0}},
      {"FDCE", {0, 1, 0, 0}},      {"FDPE", {0, 1, 0, 0}},      {"RAMB18E1", {0, 0, 1, 0}},
      {"RAMB36E1", {0, 0, 2, 0}},  {"DSP48E1", {0, 0, 0, 1}},
  };
  const auto found = primitives.find(type);
  if (found == primitives.end()) return std::nullopt;
  return found->second;
}

/// Modules of `stat` by name; Yosys' section that adds them up is left out.
std::map<std::string, Cells> read_stat(const std::string& stat) {
  std::map<std::string, Cells> modules;
  std::istringstream in(stat);
  Cells* module = nullptr;
  bool cells = false;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("=== ", 0) == 0) {
      const std::string name = line.substr(4, line.rfind(" ===") - 4);
      module = name == "design hierarchy" ? nullptr : &modules[name];
      cells = false;
    } else if (module != nullptr && line.find("Number of cells:") != std::string::npos) {
      cells = true;
    } else if (module != nullptr && cells) {
      std::istringstream words(line);
      std::string type;
      std::int64_t count = 0;
      if (words >> type >> count) (*module)[type] += count;
      if (type.empty()) cells = false;
    }
  }
  return modules;
}

class Counter {
 public:
  explicit Counter(std::map<std::string, Cells> modules) : modules_(std::move(modules)) {}

  void add(const std::string& name, std::int64_t instances) {
    const auto module = modules_.find(name);
    if (module == modules_.end()) throw Error(name, "is in no section of Yosys' stat");
    XilinxResources own;
    for (const auto& [type, count] : module->second) {
      if (const auto resources = primitive(type)) {
        own += *resources * count;
      } else if (modules_.count(type) != 0) {
        add(type, instances * count);
      } else {
        throw Error("cell " + type, "is no primitive that the estimate knows");
      }
    }
    auto& [times, sum] = kinds_[plain_module_name(name)];
    times += instances;
    sum += own * instances;
  }

  void finish(XilinxEstimate& estimate) const {
    for (const auto& [name, kind] : kinds_) {
      const auto& [times, sum] = kind;
      estimate.total += sum;
      estimate.parts.push_back(
          {name,
           times,
           {sum.luts / times, sum.flip_flops / times, sum.half_brams / times, sum.dsps / times}});
    }
    std::stable_sort(estimate.parts.begin(), estimate.parts.end(),
                     [](const auto& a, const auto& b) {
                       return a.each.luts * a.instances > b.each.luts * b.instances;
                     });
  }

 private:
  std::map<std::string, Cells> modules_;
  std::map<std::string, std::pair<std::int64_t, XilinxResources>> kinds_;
};

nlohmann::ordered_json numbers(const XilinxResources& resources) {
  return {{"luts", resources.luts},
          {"flip_flops", resources.flip_flops},
          {"bram36", static_cast<double>(resources.half_brams) / 2},
          {"dsps", resources.dsps}};
}

/// Runs a script that reads a design and then synthesises it, in the folder, and adds up.
XilinxEstimate estimate_read(const fs::path& folder, const std::string& read,
                             const std::string& top) {
  const fs::path script = folder / "script.ys";
  std::ofstream out(script);
  out << read
      << fmt::format(
             "synth_xilinx -family xc7 -noiopad -noclkbuf -top {}\n"
             "tee -q -o stat.txt stat\n",
             top);
  if (!out.flush())
    throw Error(script.string(), "cannot be written", "set TMPDIR to a folder with space");
  run_tool({"yosys", "yosys", "ERROR:"}, folder, "yosys -q -s script.ys");
  std::ifstream in(folder / "stat.txt");
  std::ostringstream stat;
  stat << in.rdbuf();
  XilinxEstimate estimate = count_xilinx(stat.str(), top);
  estimate.top = top;
  return estimate;
}

}  // namespace

XilinxResources& XilinxResources::operator+=(const XilinxResources& other) {
  luts += other.luts;
  flip_flops += other.flip_flops;
  half_brams += other.half_brams;
  dsps += other.dsps;
  return *this;
}

XilinxResources XilinxResources::operator*(std::int64_t times) const {
  return {luts * times, flip_flops * times, half_brams * times, dsps * times};
}

XilinxEstimate count_xilinx(const std::string& stat, const std::string& top) {
  const auto modules = read_stat(stat);
  std::set<std::string> below;
  for (const auto& [name, cells] : modules)
    for (const auto& [type, count] : cells) below.insert(type);
  XilinxEstimate estimate;
  Counter counter(modules);
  for (const auto& [name, cells] : modules) {
    if (plain_module_name(name) == top && below.count(name) == 0) {
      counter.add(name, 1);
      counter.finish(estimate);
      return estimate;
    }
  }
  throw Error(top, "is in no section of Yosys' stat");
}

XilinxEstimate estimate_xilinx(const SynthesisRequest& request) {
  const TemporaryFolder folder;
  XilinxEstimate estimate = estimate_read(folder.path(), read_rtl(request), request.top);
  estimate.parameters = request.parameters;
  return estimate;
}

XilinxEstimate estimate_xilinx_folder(const fs::path& folder) {
  constexpr const char* kTop = "system";
  const fs::path rtl = folder / "rtl", images = folder / "mem";
  if (!fs::is_regular_file(rtl / (std::string(kTop) + ".v")) || !fs::is_directory(images)) {
    throw Error(folder.string(), "has no rtl/system.v and mem/",
                "give a folder of `lacuna fpga` for a board with a shell");
  }
  // Yosys runs in a copy of mem/, where $readmemh finds its images and nothing else is written.
  const TemporaryFolder scratch;
  const fs::path work = scratch.path() / "mem";
  fs::copy(images, work);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(rtl)) {
    // The board's own top has parts of the vendor in it.
    if (entry.path().extension() == ".v" && entry.path().filename() != "top.v")
      files.push_back(fs::absolute(entry.path()));
  }
  std::sort(files.begin(), files.end());
  std::string script;
  for (const fs::path& file : files) script += fmt::format("read_verilog \"{}\"\n", file.string());
  return estimate_read(work, script + fmt::format("hierarchy -check -top {}\n", kTop), kTop);
}

nlohmann::ordered_json to_json(const XilinxEstimate& estimate, const Board& board) {
  const auto luts = board.resources.find("LUTs");
  if (luts == board.resources.end())
    throw Error("board '" + board.name + "'", "has no LUTs of Xilinx", "choose one with Vivado");
  nlohmann::ordered_json parameters = nlohmann::ordered_json::object();
  for (const auto& [name, value] : estimate.parameters) parameters[name] = value;
  nlohmann::ordered_json parts = nlohmann::ordered_json::array();
  for (const XilinxPart& part : estimate.parts) {
    nlohmann::ordered_json row{{"module", part.module}, {"instances", part.instances}};
    row["each"] = numbers(part.each);
    parts.push_back(std::move(row));
  }
  const double share =
      100 * static_cast<double>(estimate.total.luts) / static_cast<double>(luts->second);
  return {{"top", estimate.top},
          {"parameters", parameters},
          {"device", board.settings.at("PART")},
          {"total", numbers(estimate.total)},
          {"luts_percent", share},
          {"parts", parts}};
}

}  // namespace lacuna::sim
