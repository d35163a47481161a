// SPDX-License-Identifier: Apache-2.0
// A library small enough to reckon with: an inverter, a gate of two inputs, a flip-flop.
#pragma once

#include <fstream>
#include <string>

#include "sim/common/temporary_folder.h"
#include "sim/silicon/liberty.h"

namespace lacuna::sim {

/// 2 V, so that V^2 / 2 is 2; an inverter's toggle takes 0.5 pJ inside, a flip-flop's 0.25 pJ and
/// its clock's edges 0.1 and 0.3 pJ.
inline constexpr const char* kTinyLibrary = R"lib(library(tiny) {
  time_unit : "1ns"; voltage_unit : "1V"; leakage_power_unit : "1nW";
  capacitive_load_unit (1, pf);
  nom_voltage : 2;
  power_lut_template(scalar) { variable_1 : input_transition_time; index_1 ("0"); }
  cell(INV) {
    area : 10; cell_leakage_power : 3;
    pin(A) { direction : input; capacitance : 0.25; }
    pin(Y) { direction : output; function : "!A";
      internal_power() {
        rise_power(scalar) { values ("0.75"); }
        fall_power(scalar) { values ("0.25"); } } }
  }
  cell(NAND) {
    area : 20;
    pin(A) { direction : input; capacitance : 0.5; }
    pin(B) { direction : input; capacitance : 0.5; }
    pin(Y) { direction : output; function : "!(A B)"; }
  }
  cell(DFF) {
    area : 40; cell_leakage_power : 5;
    ff(IQ, IQN) { next_state : "D"; clocked_on : "C"; }
    pin(C) { direction : input; capacitance : 0.125; clock : true;
      internal_power() {
        rise_power(scalar) { values ("0.1"); }
        fall_power(scalar) { values ("0.3"); } } }
    pin(D) { direction : input; capacitance : 0.5; }
    pin(Q) { direction : output; function : "IQ";
      internal_power() { power(scalar) { values ("0.25"); } } }
  }
}
)lib";

/// A library's file while it lives, for tools that read it too.
class LibraryFile {
 public:
  explicit LibraryFile(const std::string& text) {
    const auto file = folder_.path() / "tiny.lib";
    std::ofstream out(file);
    for (const char c : text) {  // Yosys wants a statement a line
      out << c;
      if (c == '{' || c == ';' || c == '}') out << '\n';
    }
    out.close();
    library_ = read_library(file);
  }
  const Library& library() const { return library_; }

 private:
  TemporaryFolder folder_;
  Library library_;
};

inline Library library_of(const std::string& text) { return LibraryFile(text).library(); }

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? "nothing replaced" : text.replace(at, from.size(), to);
}

}  // namespace lacuna::sim
