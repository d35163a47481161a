// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/sc_energy.h"

#include <cmath>

#include "golden/sc/streams.h"

namespace lacuna::sim {
namespace {

constexpr double kCounterBits = 12, kSumBits = 32;

}  // namespace

double tree_bits(int inputs, int integral) {
  double bits = 0;
  int width = static_cast<int>(std::ceil(std::log2(integral + 1))) + 1;
  for (int numbers = inputs; numbers > 1; numbers = (numbers + 1) / 2)
    bits += static_cast<double>(numbers / 2) * width++;
  return bits;
}

EngineEnergy sc_energy(const ScCosimResult& result, const Technology& technology) {
  EngineEnergy energy;
  const Account account(technology, energy);
  const golden::ScEngine& engine = result.engine;
  const auto cycles = static_cast<double>(result.run.cycles()[kScRuns]);
  const int inputs[] = {engine.inputs, engine.hidden1, engine.hidden2};
  const int outputs[] = {engine.hidden1, engine.hidden2, engine.outputs};

  // A comparison is a subtraction; the AND is not counted, nor are the registers' own flips.
  double weights = 0, tree = 0;
  for (int layer = 0; layer < 3; ++layer) {
    weights += static_cast<double>(outputs[layer]) * (inputs[layer] + 1) * engine.integral;
    tree += outputs[layer] * tree_bits(inputs[layer] + 1, engine.integral);
  }
  const double compares = cycles * (engine.inputs + weights);
  const double comparators = account.add(compares, golden::kStreamBits);
  account.book("comparators", compares, comparators);

  const double adders = account.add(cycles * tree, 1);
  account.book("adder trees, bits", cycles * tree, adders);

  const double counts = cycles * (engine.hidden1 + engine.hidden2);
  const double counters = 2 * account.add(counts, kCounterBits) +  // moved and compared
                          account.add(cycles * engine.outputs, kSumBits);
  account.book("counters and sums", counts + cycles * engine.outputs, counters);

  energy.pe = comparators + adders;
  energy.pe_with_sums = energy.engine = energy.pe + counters;
  return energy;
}

}  // namespace lacuna::sim
