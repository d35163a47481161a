// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/neurons.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "golden/error.h"
#include "golden/fc/fc.h"
#include "golden/sc/sc_network.h"
#include "sim/network/fc_cosim.h"
#include "sim/network/sc_cosim.h"
#include "sim/silicon/buffer_tree.h"
#include "sim/silicon/gate_pins.h"
#include "sim/silicon/packed.h"

namespace lacuna::sim {
namespace {

constexpr int kNeuronDelay = 2;    ///< cycles from a neuron's inputs to its sum
constexpr int kRegisters = 8;      ///< of a bank that stands for banks of any size
constexpr int kCounterBits = 12;   ///< of lac_sc_nstanh
constexpr int kFirstTaps = 0x402;  ///< of the first weights' registers

/// Gates of a part and what one of them did.
class Part {
 public:
  Part(std::string name, const char* file_list, const char* top, Parameters parameters,
       const Library& library, const Technology& technology, const SiliconOptions& options)
      : library_(library),
        wires_(WireModel::at_node(options.nanometre)),
        sram_(technology, options.nanometre, library.voltage),
        synthesis_(synthesise({file_list, top, std::move(parameters), true, options.cells_up_to},
                              library)) {
    buffer_large_nets(synthesis_.netlist, library, wires_);
    part_.name = std::move(name);
    part_.cells = synthesis_.netlist.cells.size();
    part_.area = synthesis_.netlist.cell_area();
    for (const NetlistMemory& memory : synthesis_.netlist.memories)
      part_.area += sram_.area(memory);
    const Timing timing = time_netlist(synthesis_.netlist, library, wires_);
    part_.longest_path = timing.longest_path;
    if (options.hertz) require_clock(timing, part_.name, *options.hertz);
  }

  /// Runs one of them. @param drive counts the cycles of `images` images
  void run(std::uint64_t seed, std::uint64_t images, const std::function<void(GatePins&)>& drive) {
    GateSimulation gates(synthesis_.netlist);
    GatePins pins(gates, seed);
    drive(pins);
    // The network's clock is known when all its parts are: at 1 Hz leakage is watt times cycles.
    const GateEnergy energy =
        gate_energy(synthesis_.netlist, library_, gates.activity(), wires_, sram_, 1);
    part_.leakage += energy.leakage / static_cast<double>(images);
    part_.energy += (energy.total() - energy.leakage) / static_cast<double>(images);
    ++part_.measured;
  }

  void compare(std::uint64_t cycle, int expected, std::uint32_t got, std::size_t bits) {
    const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
    ++part_.compared;
    if ((static_cast<std::uint32_t>(expected) & mask) != got)
      throw CheckFailed(fmt::format("gates of {}: output in cycle {}: expected {}, got {:#x}",
                                    part_.name, cycle, expected, got));
  }

  NetworkPart times(std::uint64_t instances) const {
    NetworkPart made = part_;
    made.instances = instances;
    made.energy /= static_cast<double>(part_.measured);
    made.leakage /= static_cast<double>(part_.measured);
    return made;
  }

 private:
  const Library& library_;
  WireModel wires_;
  SramModel sram_;
  Synthesis synthesis_;
  NetworkPart part_;
};

struct Request {
  int neurons, images;
  std::uint64_t seed;
  const Library& library;
  const Technology& technology;
  const SiliconOptions& options;

  Part part(std::string name, const char* file_list, const char* top, Parameters parameters) const {
    return {std::move(name), file_list, top, std::move(parameters), library, technology, options};
  }
  std::vector<int> chosen(int outputs) const {
    std::vector<int> found;
    const int count = std::min(neurons, outputs);
    for (int n = 0; n < count; ++n) found.push_back(n * outputs / count);
    return found;
  }
};

/// A layer's neurons and counters on the streams that an image sends.
class StochasticLayer {
 public:
  StochasticLayer(const golden::ScNetwork& network, std::size_t at, const Request& request)
      : network_(network),
        at_(at),
        layer_(*network.layers()[at]),
        request_(request),
        neuron_(request.part("lac_sc_neuron, " + layer_.name, "sc/lac_sc_neuron.f", "lac_sc_neuron",
                             {{"Inputs", layer_.inputs},
                              {"Bipolar", layer_.bipolar ? 1 : 0},
                              {"Integral", layer_.integral},
                              {"Width", golden::kStreamBits}})) {
    if (layer_.states > 0) {
      const int sum_bits = golden::sc_sum_bits(layer_.inputs, layer_.integral);
      counter_.emplace_back(
          request.part("lac_sc_nstanh, " + layer_.name, "sc/lac_integral_dnn.f", "lac_sc_nstanh",
                       {{"Count", 1}, {"SumWidth", sum_bits}, {"CountWidth", kCounterBits}}));
    }
  }

  /// @param bits of each image into the layer, index [cycle * inputs + input]
  /// @param out  the layer's own, unless it is the last
  void run(const std::vector<const std::vector<std::uint8_t>*>& bits,
           const std::vector<const std::vector<std::uint8_t>*>& out) {
    const golden::Registers registers(request_.seed, layer_.spread());
    states_.clear();
    const int bias = network_.layers().front()->inputs;
    const int delay = static_cast<int>(at_) * golden::kScLayerDelay;
    for (int cycle = 0; cycle < layer_.length; ++cycle) {
      std::vector<int> now;
      for (int stream = 0; stream < layer_.integral; ++stream) {
        for (int input = 0; input < layer_.inputs; ++input)
          now.push_back(registers.weight(input, stream, cycle + delay));
        now.push_back(registers.weight(bias, stream, cycle + delay));
      }
      states_.push_back(packed(now, golden::kStreamBits));
    }
    for (const int output : request_.chosen(layer_.outputs)) {
      std::vector<std::vector<int>> sums;
      neuron_.run(request_.seed, bits.size(), [&](GatePins& pins) {
        for (const auto* image : bits) sums.push_back(sum_image(pins, output, *image));
      });
      if (counter_.empty()) continue;
      counter_.front().run(request_.seed, bits.size(), [&](GatePins& pins) {
        for (std::size_t image = 0; image < sums.size(); ++image)
          count_image(pins, output, sums[image], *out[image]);
      });
    }
  }

  void add_to(std::vector<NetworkPart>& parts) const {
    const auto outputs = static_cast<std::uint64_t>(layer_.outputs);
    parts.push_back(neuron_.times(outputs));
    for (const Part& counter : counter_) parts.push_back(counter.times(outputs));
  }

 private:
  std::vector<int> sum_image(GatePins& pins, int output, const std::vector<std::uint8_t>& bits) {
    const auto inputs = static_cast<std::size_t>(layer_.inputs);
    const auto codes = layer_.codes.begin() + std::ptrdiff_t{output} * (layer_.inputs + 1);
    const NetlistPort& states = pins.gates().port("states_i");
    const NetlistPort& into = pins.gates().port("bits_i");
    const NetlistPort& sum = pins.gates().port("sum_o");
    pins.gates().set(pins.gates().port("codes_i"),
                     packed({codes, codes + layer_.inputs + 1}, golden::kStreamBits).data());
    pins.gates().settle(false);  // codes stay: what they change before the first cycle is not work
    const golden::WeightStreams& weights = network_.weights(at_);
    std::vector<int> sums;
    for (int cycle = 0; cycle < layer_.length + kNeuronDelay; ++cycle) {
      if (cycle < layer_.length) {
        const auto first = bits.begin() + static_cast<std::ptrdiff_t>(inputs) * cycle;
        pins.gates().set(into, packed({first, first + layer_.inputs}, 1).data());
        pins.gates().set(states, states_[static_cast<std::size_t>(cycle)].data());
        int expected = weights.bias(cycle, output);
        for (std::size_t input = 0; input < inputs; ++input) {
          const int sign = first[static_cast<std::ptrdiff_t>(input)] != 0 ? 1
                           : layer_.bipolar                               ? -1
                                                                          : 0;
          expected += sign * weights.weight(cycle, output, static_cast<int>(input));
        }
        sums.push_back(expected);
      }
      pins.gates().settle(true);
      if (cycle >= kNeuronDelay)
        neuron_.compare(static_cast<std::uint64_t>(cycle),
                        sums[static_cast<std::size_t>(cycle - kNeuronDelay)], pins.gates().get(sum),
                        sum.bits.size());
      pins.gates().edge();
    }
    return sums;
  }

  void count_image(GatePins& pins, int output, const std::vector<int>& sums,
                   const std::vector<std::uint8_t>& out) {
    pins.set("states_i", static_cast<std::uint32_t>(layer_.states));
    const NetlistPort& in = pins.gates().port("sums_i");
    const auto cycle = [&](bool begin, std::size_t at) {
      pins.set("begin_i", begin ? 1 : 0);
      pins.set("valid_i", begin ? 0 : 1);
      pins.gates().set(in, packed({sums[at]}, static_cast<int>(in.bits.size())).data());
      pins.gates().settle(true);
      // The bit after as many sums as came before this one.
      if (!begin && at > 0)
        counter_.front().compare(at,
                                 out[(at - 1) * static_cast<std::size_t>(layer_.outputs) +
                                     static_cast<std::size_t>(output)],
                                 pins.get("bits_o"), 1);
      pins.gates().edge();
    };
    cycle(true, 0);
    for (std::size_t at = 0; at < sums.size(); ++at) cycle(false, at);
  }

  const golden::ScNetwork& network_;
  std::size_t at_;
  const golden::ScLayer& layer_;
  const Request& request_;
  Part neuron_;
  std::vector<Part> counter_;                       ///< one, or none of the last layer
  std::vector<std::vector<std::uint32_t>> states_;  ///< [cycle], as the port has them
};

/// Registers from which streams are made: a small bank, seeded, that steps as long as an image
/// takes.
NetworkPart registers(const Request& request, std::uint64_t count, int cycles) {
  Part bank = request.part("lac_sc_registers, each", "sc/lac_integral_dnn.f", "lac_sc_registers",
                           {{"Count", kRegisters},
                            {"Width", golden::kStreamBits},
                            {"Taps", kFirstTaps},
                            {"IndexWidth", 4}});
  bank.run(request.seed, 1, [&](GatePins& pins) {
    const auto cycle = [&](bool count_it) {
      pins.gates().settle(count_it);
      pins.gates().edge();
    };
    pins.set("step_i", 0);
    pins.set("seed_we_i", 1);
    for (std::uint32_t at = 0; at < kRegisters; ++at) {
      pins.set("seed_index_i", at);
      pins.set("seed_data_i", 37 * at + 1);
      cycle(false);
    }
    pins.set("seed_we_i", 0);
    cycle(false);
    pins.set("step_i", 1);
    for (int at = 0; at < cycles; ++at) cycle(true);
  });
  NetworkPart each = bank.times(count);
  each.area /= kRegisters;
  each.cells /= kRegisters;
  each.energy /= kRegisters;
  each.leakage /= kRegisters;
  return each;
}

void measure_stochastic(const golden::Bundle& bundle, const std::vector<std::int8_t>& x,
                        const Request& request, NetworkSilicon& result) {
  const golden::ScNetwork network(bundle, request.seed);
  const auto& layers = network.layers();
  const auto inputs = static_cast<std::ptrdiff_t>(layers.front()->inputs);
  std::vector<golden::ScTrace> traces;
  for (std::ptrdiff_t image = 0; image < request.images; ++image)
    traces.push_back(network.trace({x.begin() + image * inputs, x.begin() + (image + 1) * inputs}));
  for (std::size_t at = 0; at < layers.size(); ++at) {
    std::vector<const std::vector<std::uint8_t>*> bits, out;
    for (const golden::ScTrace& trace : traces) {
      bits.push_back(at == 0 ? &trace.input : &trace.streams[at - 1]);
      out.push_back(at < trace.streams.size() ? &trace.streams[at] : nullptr);
    }
    StochasticLayer layer(network, at, request);
    layer.run(bits, out);
    layer.add_to(result.parts);
  }
  const golden::ScLayer& first = *layers.front();
  result.cycles_an_image = first.length + kNeuronDelay;
  result.parts.push_back(registers(
      request, static_cast<std::uint64_t>(first.inputs + first.integral * (first.inputs + 1)),
      first.length));
  result.top = "lac_integral_dnn";
}

void measure_binary_radix(const golden::Bundle& bundle, std::vector<std::int8_t> x,
                          const Request& request, NetworkSilicon& result) {
  for (const golden::Layer& any : bundle.layers) {
    const auto& layer = std::get<golden::FcLayer>(any);
    if (layer.mask) throw Error(layer.name, "has a mask", "take a network without one");
    const int weight_bits = golden::weight_bits(layer.weight_format);
    Part neuron =
        request.part("lac_radix_neuron, " + layer.name, "fc/lac_radix_neuron.f", "lac_radix_neuron",
                     {{"Inputs", layer.inputs},
                      {"WeightBits", weight_bits},
                      {"ValueBits", 8},
                      {"AccWidth", std::max(layer.accumulator_bits(), 21)}});
    for (const int output : request.chosen(layer.outputs)) {
      const auto weights = layer.weights.begin() + std::ptrdiff_t{output} * layer.inputs;
      neuron.run(request.seed, static_cast<std::uint64_t>(request.images), [&](GatePins& pins) {
        const NetlistPort& values = pins.gates().port("values_i");
        const NetlistPort& sum = pins.gates().port("sum_o");
        pins.gates().set(pins.gates().port("weights_i"),
                         packed({weights, weights + layer.inputs}, weight_bits).data());
        // An image a cycle: the pipeline fills before and empties after those that are counted.
        const auto expected = [&](int number) {
          const auto image = x.begin() + std::ptrdiff_t{number} * layer.inputs;
          return std::inner_product(weights, weights + layer.inputs, image, 0);
        };
        for (int cycle = -kNeuronDelay - 1; cycle < request.images + kNeuronDelay; ++cycle) {
          const int shown = std::clamp(cycle, 0, request.images - 1);
          const auto image = x.begin() + std::ptrdiff_t{shown} * layer.inputs;
          pins.gates().set(values, packed({image, image + layer.inputs}, 8).data());
          pins.gates().settle(cycle >= 0 && cycle < request.images);
          if (cycle >= kNeuronDelay)
            neuron.compare(static_cast<std::uint64_t>(cycle), expected(cycle - kNeuronDelay),
                           pins.gates().get(sum), sum.bits.size());
          pins.gates().edge();
        }
      });
    }
    result.parts.push_back(neuron.times(static_cast<std::uint64_t>(layer.outputs)));
    const auto y = golden::Fc(layer).run(x, request.images);
    x.assign(y.begin(), y.end());  // 0..127 but for the last layer's, which nobody takes
  }
  result.cycles_an_image = 1;
  result.top = "lac_radix_layer";
}

}  // namespace

double NetworkSilicon::area() const {
  double total = 0;
  for (const NetworkPart& part : parts) total += part.area * static_cast<double>(part.instances);
  return total;
}

double NetworkSilicon::energy() const {
  double total = 0;
  for (const NetworkPart& part : parts) total += part.energy * static_cast<double>(part.instances);
  return total;
}

std::uint64_t NetworkSilicon::cells() const {
  std::uint64_t total = 0;
  for (const NetworkPart& part : parts) total += part.cells * part.instances;
  return total;
}

double NetworkSilicon::longest_path() const {
  double longest = 0;
  for (const NetworkPart& part : parts) longest = std::max(longest, part.longest_path);
  return longest;
}

NetworkSilicon measure_neurons(const std::string& name, const golden::Bundle& bundle,
                               const NetworkInput& input, int neurons, const Library& library,
                               const Technology& technology, const SiliconOptions& options) {
  NetworkSilicon result;
  result.bundle = name;
  result.library = library.name;
  result.voltage = library.voltage;
  result.nanometre = options.nanometre;
  result.input = input.source;
  result.images = static_cast<std::uint64_t>(input.streams);
  const Request request{neurons, input.streams, options.workload.input.seed,
                        library, technology,    options};
  if (is_stochastic(bundle)) {
    measure_stochastic(bundle, images_of(input), request, result);
  } else if (is_fully_connected(bundle)) {
    measure_binary_radix(bundle, images_of(input), request, result);
  } else {
    throw Error(name, "is neither a stochastic nor a fully-connected network",
                "name an engine instead of --neurons");
  }
  result.hertz = options.hertz.value_or(1 / result.longest_path());
  for (NetworkPart& part : result.parts) part.energy += part.leakage / result.hertz;
  return result;
}

}  // namespace lacuna::sim
