// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/adder_tree.h"

#include <fmt/format.h>

#include <numeric>

#include "golden/error.h"
#include "sim/silicon/gate_simulation.h"
#include "sim/silicon/packed.h"
#include "sim/silicon/synthesis.h"

namespace lacuna::sim {
namespace {

SynthesisRequest request_of(int numbers, int in_bits, int sum_bits) {
  SynthesisRequest request;
  request.file_list = "common/lac_sum.f";
  request.top = "lac_sum";
  request.parameters = {{"Numbers", numbers}, {"InWidth", in_bits}, {"SumWidth", sum_bits}};
  return request;
}

}  // namespace

AdderTree::AdderTree(int numbers, int in_bits, int sum_bits, const Library& library,
                     const WireModel& wires)
    : netlist_(synthesise(request_of(numbers, in_bits, sum_bits), library).netlist),
      timing_(time_netlist(netlist_, library, wires)),
      delays_(gate_delays(netlist_, library, wires)) {}

std::vector<std::vector<double>> AdderTree::late(const TreeWorkload& workload,
                                                 const std::vector<double>& deadlines) const {
  GateSimulation gates(netlist_);
  TimedSimulation timed(netlist_, delays_);
  const NetlistPort& in = gates.port("numbers_i");
  const NetlistPort& out = gates.port("sum_o");
  std::vector<std::vector<double>> late(deadlines.size(), std::vector<double>(out.bits.size()));
  std::vector<std::uint8_t> before;
  const double share = 1 / static_cast<double>(workload.cycles.size() - 1);
  for (const auto& numbers : workload.cycles) {
    gates.set(in, packed(numbers, workload.in_bits).data());
    gates.settle(false);
    const std::int64_t sum = std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0});
    for (std::size_t bit = 0; bit < out.bits.size(); ++bit) {
      if ((sum >> bit & 1) != gates.values()[out.bits[bit]])
        throw CheckFailed(fmt::format("adder tree: the gates' sum is not {} in bit {}", sum, bit));
    }
    if (!before.empty()) {
      timed.run(before, gates.values());
      for (std::size_t at = 0; at < deadlines.size(); ++at) {
        for (std::size_t bit = 0; bit < out.bits.size(); ++bit) {
          const Net net = out.bits[bit];
          if (timed.at(net, deadlines[at]) != (gates.values()[net] != 0)) late[at][bit] += share;
        }
      }
    }
    before = gates.values();
  }
  return late;
}

}  // namespace lacuna::sim
