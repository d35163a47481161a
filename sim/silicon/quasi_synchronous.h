// SPDX-License-Identifier: Apache-2.0
// The quasi-synchronous network (P6): a lower supply at the same clock, so that sums are late at
// times. From volt to delay to late bits to the network's error and its energy; each step in
// docs/faults.md.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "golden/bundle.h"
#include "sim/silicon/adder_tree.h"

namespace lacuna::sim {

/// Delay by the alpha-power law (T. Sakurai, A. R. Newton, "Alpha-Power Law MOSFET Model and its
/// Applications to CMOS Inverter Delay and Other Formulas", JSSC 25(2), 1990), energy by the square
/// of the voltage.
struct VoltageLaw {
  double nominal = 1.8;     ///< volt
  double threshold = 0.45;  ///< volt
  double alpha = 1.3;

  /// Of the delay at nominal supply. @throws Error at the threshold and below.
  double delay(double volt) const;
  double energy(double volt) const { return volt * volt / (nominal * nominal); }
};

/// The adder tree of a layer's neurons.
struct LayerTree {
  int numbers = 0, in_bits = 0, sum_bits = 0;
  double area = 0, longest_path = 0;  ///< square micrometres, second
};

struct VoltagePoint {
  double volt = 0, delay = 0, energy = 0;  ///< the latter two relative
  std::vector<double> late;  ///< share of cycles in which the layer's latest bit is late, [layer]
  double wrong = 0;          ///< per cent of the images
};

struct QuasiSynchronous {
  std::string top;
  std::string library;
  VoltageLaw law;
  double period = 0;  ///< second: the longest of the layers' paths at nominal supply
  int images = 0;
  std::uint64_t seed = 0;
  std::vector<LayerTree> layers;
  std::vector<VoltagePoint> points;
};

/// @param bundle stochastic, or fully connected with a parallel engine
/// @param x      images, index [image * inputs + input]
/// @param labels one an image
/// @param volts  supplies, at most nominal
QuasiSynchronous quasi_synchronous(const golden::Bundle& bundle, const std::vector<std::int8_t>& x,
                                   const std::vector<int>& labels, const std::vector<double>& volts,
                                   std::uint64_t seed, const Library& library);

/// Fields of lacuna.faults/1 but bundle and schema.
nlohmann::ordered_json to_json(const QuasiSynchronous& result);

/// What a terminal shows, 80 columns.
std::string to_table(const QuasiSynchronous& result);

}  // namespace lacuna::sim
