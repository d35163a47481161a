// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/lstm_energy.h"

#include <algorithm>
#include <cmath>

namespace lacuna::sim {
namespace {

constexpr double kValueBits = 8, kWordBits = 16;
// Of a unit and stream: a_x acc_x and a_h acc_h of four gates; f c, i g and o tanh(c); five table
// look-ups, each a product of a difference and 8 bits of the argument.
constexpr double kScaleProducts = 8, kStateProducts = 3, kLookUps = 5;
constexpr double kTableBytes = 129 * 4, kTableBits = 32;

}  // namespace

EngineEnergy lstm_energy(const CosimResult& result, const Technology& technology) {
  EngineEnergy energy;
  const Account account(technology, energy);
  for (const auto& layer : result.layers) {
    const auto& engine = layer.engine;
    const double batch = engine.batch;
    const double acc = engine.acc_width;
    const double macs = static_cast<double>(layer.run.words) * engine.lanes * batch;
    const double states = static_cast<double>(layer.steps) * layer.units * batch;

    const double pe = account.products(macs, golden::weight_format_of_bits(engine.weight_bits)) +
                      account.add(macs, acc);
    account.book("multiply and add", macs, pe);

    // Each MAC reads and writes its sum; the drain reads both sums of each row once.
    const double sum_accesses = 2 * macs + states * 4 * 2;
    const double sum_bytes = 2.0 * 2 * engine.depth * acc / 8;
    const double sums = account.access(sum_accesses, acc, sum_bytes);
    account.book("sums", sum_accesses, sums);

    const double state_products = kStateProducts + (engine.cell_norm ? 1 : 0);
    const double elementwise =
        account.multiply(states * kScaleProducts, kWordBits, acc) +
        account.multiply(states * state_products, kWordBits, kWordBits) +
        account.multiply(states * kLookUps, kWordBits, kValueBits) +
        account.access(states * kLookUps, kTableBits, kTableBytes) +
        account.add(states * (kScaleProducts + state_products + kLookUps), 2 * kWordBits);
    account.book("element-wise", states, elementwise);

    const double cell =
        account.access(states * 2, kWordBits, engine.max_units * batch * kWordBits / 8);
    account.book("cell memory", states * 2, cell);
    const double reads = states / engine.ew_width;
    const double parameter_bits = (12 + (engine.cell_norm ? 2 : 0)) * kWordBits;
    const double parameters =
        account.access(reads, parameter_bits, engine.max_units * parameter_bits / 8);
    account.book("parameter memory", reads, parameters);

    const double places = std::max(engine.max_units, engine.max_inputs);
    const double entry = std::ceil(std::log2(places)) + batch * kValueBits;
    const double list_accesses =
        static_cast<double>(layer.kept_columns + layer.run.commands);  // written once, read a block
    const double lists = account.access(list_accesses, entry, 2 * places * entry / 8);
    account.book("list memories", list_accesses, lists);

    const double bytes = static_cast<double>(layer.run.beats) * engine.port_bytes();
    account.book("main memory, bytes", bytes, account.dram(bytes));

    energy.pe += pe;
    energy.pe_with_sums += pe + sums;
    energy.engine += pe + sums + elementwise + cell + parameters + lists;
    energy.dram += account.dram(bytes);
  }
  return energy;
}

}  // namespace lacuna::sim
