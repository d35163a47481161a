// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/timing.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"
#include "sim/common/tool.h"
#include "sim/silicon/netlist_verilog.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

constexpr double kPeriod = 1e-6;  ///< second; OpenSTA's single precision leaves 0.1 ps of it
constexpr const char* kReport = "timing.txt";
constexpr const char* kDelays = "delays.sdf";

/// A library of the wire model alone.
void write_wires(const fs::path& file, const WireModel& wires) {
  std::ofstream out(file);
  fmt::print(out,
             "library(wires) {{\n"
             "  time_unit : \"1ns\"; voltage_unit : \"1V\"; current_unit : \"1uA\";\n"
             "  leakage_power_unit : \"1nW\"; pulling_resistance_unit : \"1kohm\";\n"
             "  capacitive_load_unit (1,pf);\n"
             "  slew_lower_threshold_pct_rise : 20; slew_upper_threshold_pct_rise : 80;\n"
             "  slew_lower_threshold_pct_fall : 20; slew_upper_threshold_pct_fall : 80;\n"
             "  input_threshold_pct_rise : 50; input_threshold_pct_fall : 50;\n"
             "  output_threshold_pct_rise : 50; output_threshold_pct_fall : 50;\n"
             "  wire_load(\"lacuna\") {{\n"
             "    resistance : 0; area : 0; capacitance : {}; slope : {};\n"
             "    fanout_length(1, {}); fanout_length(2, {});\n"
             "  }}\n}}\n",
             wires.farad_per_um * 1e12, wires.next_um, wires.first_um,
             wires.first_um + wires.next_um);
}

/// @param commands once the design stands
void write_script(const fs::path& file, const Netlist& netlist, const Library& library,
                  const std::string& commands) {
  std::ofstream out(file);
  std::set<Net> clocks;
  for (const NetlistCell& cell : netlist.cells) {
    if (cell.type->kind == CellKind::kFlipFlop) clocks.insert(cell.pins[cell.type->clock]);
  }
  std::string clock;
  for (const Net net : clocks) clock += " " + net_name(net);
  fmt::print(out,
             "read_liberty \"{}\"\n"
             "read_liberty wires.lib\n"
             "read_verilog netlist.v\n"
             "link_design {}\n"
             "set_cmd_units -time ns -capacitance pF -resistance kOhm -voltage V -current uA "
             "-power W\n"
             "create_clock -name clk -period {}{}\n"
             "set_input_delay 0 -clock clk [all_inputs]\n"
             "set_output_delay 0 -clock clk [all_outputs]\n"
             "set_input_transition 0 [all_inputs]\n"
             "set_false_path -from [get_ports {{{} {}}}]\n"
             "set_wire_load_model -name lacuna\n"
             "{}",
             fs::absolute(library.file).string(), netlist.top, kPeriod * 1e9,
             clock.empty() ? "" : fmt::format(" [get_ports {{{}}}]", clock), net_name(kNetZero),
             net_name(kNetOne), commands);
}

void run_sta(const fs::path& folder, const Netlist& netlist, const Library& library,
             const WireModel& wires, const std::string& commands) {
  write_verilog(folder / "netlist.v", netlist);
  write_wires(folder / "wires.lib", wires);
  write_script(folder / "timing.tcl", netlist, library, commands);
  run_tool({"sta", "opensta", "Error:"}, folder, "sta -no_init -no_splash -exit timing.tcl");
}

std::size_t pin_of(const LibertyCell& type, const std::string& name) {
  for (std::size_t pin = 0; pin < type.pins.size(); ++pin) {
    if (type.pins[pin].name == name) return pin;
  }
  throw Error("sta", "gives a delay of pin " + name + ", which " + type.name + " has not");
}

/// Of lines like (INSTANCE c12) and (IOPATH A Y (0.10::0.11) (0.08::0.09)), in ns; the slower of
/// two figures counts.
std::vector<std::vector<GateDelay>> parse_delays(const fs::path& file, const Netlist& netlist) {
  std::ifstream in(file);
  std::vector<std::vector<GateDelay>> delays(netlist.cells.size());
  std::size_t cell = 0;
  for (std::string line; std::getline(in, line);) {
    for (char& letter : line) {
      if (letter == '(' || letter == ')' || letter == ':') letter = ' ';
    }
    std::istringstream words(line);
    std::string word, input, output;
    words >> word;
    if (word == "INSTANCE") {
      if (words >> word) cell = std::stoul(word.substr(1));
    } else if (word == "IOPATH") {
      double rise_least = 0, fall_least = 0;
      GateDelay delay;
      words >> input >> output >> rise_least >> delay.rise >> fall_least >> delay.fall;
      if (!words) throw Error("sta", "gives a delay that cannot be read: " + line);
      const LibertyCell& type = *netlist.cells.at(cell).type;
      delay.input = pin_of(type, input);
      delay.output = pin_of(type, output);
      delay.rise *= 1e-9;
      delay.fall *= 1e-9;
      delays[cell].push_back(delay);
    }
  }
  return delays;
}

/// What the two reports say.
Timing parse(const fs::path& report) {
  std::ifstream in(report);
  Timing timing;
  bool slack_found = false, power_found = false;
  std::string before;  // the path's last cell by its number: a register has a line for clock and Q
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::vector<std::string> all;
    for (std::string word; words >> word;) all.push_back(word);
    if (all.size() == 3 && all[1] == "slack") {
      timing.longest_path = kPeriod - std::stod(all[0]) * 1e-9;
      slack_found = true;
    } else if (all.size() >= 5 && all[0] == "Total" && !power_found) {
      timing.dynamic_energy = (std::stod(all[1]) + std::stod(all[2])) * kPeriod;
      timing.leakage = std::stod(all[3]);
      power_found = true;
    } else if (all.size() >= 2 && all[all.size() - 2].find('/') != std::string::npos) {
      const std::string& pin = all[all.size() - 2];
      const std::string cell = pin.substr(0, pin.find('/'));
      if (cell != before) timing.path.push_back(all.back().substr(1, all.back().size() - 2));
      before = cell;
    }
  }
  if (!slack_found || !power_found) throw Error("sta", "reported no path or no power");
  return timing;
}

}  // namespace

Timing time_netlist(const Netlist& netlist, const Library& library, const WireModel& wires) {
  const TemporaryFolder folder;
  run_sta(folder.path(), netlist, library, wires,
          fmt::format("report_checks -path_delay max -format full -digits 6 > {0}\n"
                      "report_power -digits 12 >> {0}\n",
                      kReport));
  return parse(folder.path() / kReport);
}

std::vector<std::vector<GateDelay>> gate_delays(const Netlist& netlist, const Library& library,
                                                const WireModel& wires) {
  const TemporaryFolder folder;
  run_sta(folder.path(), netlist, library, wires,
          fmt::format("write_sdf -digits 6 -no_timestamp -no_version {}\n", kDelays));
  return parse_delays(folder.path() / kDelays, netlist);
}

void require_clock(const Timing& timing, const std::string& top, double hertz) {
  if (timing.longest_path * hertz <= 1) return;
  throw CheckFailed(fmt::format(
      "timing: the longest path of {} takes {:.3f} ns, a period of {:.6g} MHz {:.3f} ns; set "
      "--clock to {:.6g} at most",
      top, timing.longest_path * 1e9, hertz * 1e-6, 1e9 / hertz,
      std::floor(timing.fmax() * 1e-4) * 1e-2));
}

}  // namespace lacuna::sim
