// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/account.h"

namespace lacuna::sim {
namespace {

constexpr double kPico = 1e-12;
constexpr double kValueBits = 8;

}  // namespace

double Account::multiply(double count, double bits_a, double bits_b) const {
  return count * bits_a * bits_b * technology_.energy("multiply") * kPico;
}

double Account::add(double count, double bits) const {
  return count * bits * technology_.energy("add") * kPico;
}

double Account::access(double count, double bits, double bytes) const {
  return count * bits * technology_.memory_bit(bytes) * kPico;
}

double Account::dram(double bytes) const { return bytes * 8 * technology_.energy("dram") * kPico; }

double Account::products(double count, golden::WeightFormat format) const {
  return golden::has_one_magnitude(format)
             ? add(count, kValueBits)
             : multiply(count, golden::weight_bits(format), kValueBits);
}

void Account::book(const std::string& part, double events, double joule) const {
  for (auto& known : energy_.parts) {
    if (known.part != part) continue;
    known.events += events;
    known.joule += joule;
    return;
  }
  energy_.parts.push_back({part, events, joule});
}

}  // namespace lacuna::sim
