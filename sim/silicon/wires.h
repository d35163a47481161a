// SPDX-License-Identifier: Apache-2.0
// Capacitance of wires before placement: a net's length by the number of its sinks (docs/silicon.md
// names the source). One model for timing and energy.
#pragma once

#include <cstddef>

namespace lacuna::sim {

struct WireModel {
  double farad_per_um = 0.17e-15;
  double first_um = 18.38;  ///< of a net with one sink
  double next_um = 29.4;    ///< longer by each further sink

  /// The model is of 180 nm; lengths shrink with the feature size.
  static WireModel at_node(double nanometre) {
    constexpr double kNode = 180;
    WireModel model;
    model.first_um *= nanometre / kNode;
    model.next_um *= nanometre / kNode;
    return model;
  }

  double capacitance(std::size_t sinks) const {
    return sinks == 0 ? 0 : farad_per_um * (first_um + next_um * static_cast<double>(sinks - 1));
  }
};

}  // namespace lacuna::sim
