// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/sram.h"

namespace lacuna::sim {
namespace {

constexpr double kCellSquares = 140;  ///< feature sizes squared, of six transistors and one port
constexpr double kPortGrowth = 0.5;   ///< of the cell, for each further port
constexpr double kCellShare = 0.5;    ///< of a memory's area; the rest decodes, drives and senses

/// What the technology table's memory is of.
constexpr double kTableNanometre = 45, kTableVolt = 0.9;

}  // namespace

double SramModel::area(const NetlistMemory& memory) const {
  const double micrometre = nanometre_ * 1e-3;
  const double further = static_cast<double>(memory.ports()) - 1;
  return static_cast<double>(memory.bits()) * kCellSquares * micrometre * micrometre *
         (1 + kPortGrowth * further) / kCellShare;
}

double SramModel::access(const NetlistMemory& memory) const {
  const double volts = volt_ / kTableVolt;
  const double bit = technology_.memory_bit(static_cast<double>(memory.bits()) / 8) * 1e-12;
  return static_cast<double>(memory.width) * bit * nanometre_ / kTableNanometre * volts * volts;
}

}  // namespace lacuna::sim
