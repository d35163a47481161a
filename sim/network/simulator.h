// SPDX-License-Identifier: Apache-2.0
// What runs the RTL.
#pragma once

#include <string>

namespace lacuna::sim {

enum class Simulator { kVerilator, kIcarus };

/// @throws Error for other names than "verilator" and "icarus".
Simulator simulator_of(const std::string& name);
std::string name_of(Simulator simulator);

}  // namespace lacuna::sim
