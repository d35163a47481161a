// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/fc_energy.h"

#include <cmath>

namespace lacuna::sim {
namespace {

constexpr double kValueBits = 8, kScaleBits = 16, kBiasBits = 32;

}  // namespace

EngineEnergy fc_energy(const FcCosimResult& result, const Technology& technology) {
  EngineEnergy energy;
  const Account account(technology, energy);
  for (const auto& layer : result.layers) {
    const auto& engine = layer.engine;
    const double images = static_cast<double>(layer.images);
    const double macs = static_cast<double>(layer.macs());
    const double outputs = static_cast<double>(layer.outputs) * images;
    const double bits = engine.weight_bits;

    const double pe = account.products(macs, golden::weight_format_of_bits(engine.weight_bits)) +
                      account.add(macs, engine.acc_width);
    account.book("multiply and add", macs, pe);

    // A word has a weight of each neuron of its group; the memory is as deep as the layer needs.
    // All at once, weights and activations lie in registers.
    const double words = engine.parallel() ? 0 : static_cast<double>(layer.words) * images;
    const double word_bits = bits * engine.neurons();
    const double weights = account.access(words, word_bits, layer.depth * word_bits / 8);
    account.book("weight memory", words, weights);

    // Activations are written and read by beats. A group that skips is at an input of its own and
    // has a copy of both banks.
    const double inputs = static_cast<double>(layer.inputs) * images;
    const double beats = std::ceil(layer.inputs / static_cast<double>(engine.in_lanes)) * images;
    const double copies = engine.skip ? engine.groups : 1;
    const double accesses = engine.parallel() ? 0 : (engine.skip ? words : inputs) + beats * copies;
    const double values =
        account.access(accesses, engine.in_lanes * kValueBits, 2.0 * layer.inputs);
    account.book("activation memory", accesses, values);

    // The comparison is a subtraction; the register's own flips are not counted, as no register's.
    const double compares = engine.masked ? inputs * engine.groups : 0;
    const double mask = account.add(compares, engine.lfsr_bits);
    account.book("mask", compares, mask);

    const double parameter_bits = kScaleBits + kBiasBits;
    const double drain =
        account.multiply(outputs, kScaleBits, engine.acc_width) +
        account.add(outputs, engine.acc_width + kScaleBits) +
        account.access(outputs, parameter_bits, layer.outputs * parameter_bits / 8);
    account.book("scale, bias and rounding", outputs, drain);

    energy.pe += pe;
    energy.pe_with_sums += pe;  // sums are registers
    energy.engine += pe + weights + values + mask + drain;
  }
  return energy;
}

}  // namespace lacuna::sim
