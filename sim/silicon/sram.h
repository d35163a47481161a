// SPDX-License-Identifier: Apache-2.0
// The stated model of memories that are not made of cells: area and energy by bits, ports and width
// (docs/silicon.md).
#pragma once

#include "sim/energy/technology.h"
#include "sim/silicon/netlist.h"

namespace lacuna::sim {

class SramModel {
 public:
  /// @param technology whose memory energies are scaled; the reference must outlive the model
  /// @param nanometre, volt of the library that the memories stand beside
  SramModel(const Technology& technology, double nanometre, double volt)
      : technology_(technology), nanometre_(nanometre), volt_(volt) {}

  double area(const NetlistMemory& memory) const;    ///< square micrometres
  double access(const NetlistMemory& memory) const;  ///< joule, a read or a write

 private:
  const Technology& technology_;
  double nanometre_, volt_;
};

}  // namespace lacuna::sim
