// SPDX-License-Identifier: Apache-2.0
// Parts as designs: the neurons, multipliers and processing elements that the papers compare, each
// with a bench that feeds random values and knows what must come out.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <numeric>

#include "golden/error.h"
#include "golden/fc/connection_mask.h"
#include "golden/random.h"
#include "golden/weight_format.h"
#include "sim/silicon/design.h"
#include "sim/silicon/gate_pins.h"
#include "sim/silicon/packed.h"

namespace lacuna::sim {
namespace {

int parameter(const Parameters& parameters, const char* name) {
  for (const auto& [each, value] : parameters) {
    if (each == name) return value;
  }
  throw Error(name, "is not among the design's parameters");
}

std::uint32_t mask_of(int bits) {
  return static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
}
std::uint32_t bits_of(int value, int bits) {
  return static_cast<std::uint32_t>(value) & mask_of(bits);
}

/// Compares one output in many cycles and remembers the first difference.
class Checker {
 public:
  Checker(std::string top, std::string output) : top_(std::move(top)), output_(std::move(output)) {}

  void compare(std::uint64_t cycle, std::uint64_t expected, std::uint64_t got) {
    ++compared_;
    if (expected != got && difference_.empty())
      difference_ = fmt::format("gates of {}: {} in cycle {}: expected {:#x}, got {:#x}", top_,
                                output_, cycle, expected, got);
  }
  GateRun result(std::string workload) const {
    return {std::move(workload), compared_, difference_};
  }

 private:
  std::string top_, output_, difference_;
  std::uint64_t compared_ = 0;
};

int draw_weight(golden::Random& random, golden::WeightFormat format) {
  int weight = 0;
  do {
    weight = static_cast<int>(
        random.integer(golden::weight_minimum(format), golden::weight_maximum(format)));
  } while (!golden::holds(format, weight));
  return weight;
}

/// A weight as the RTL has it: two's complement, but binary is the sign alone.
std::uint32_t code_of(int weight, int weight_bits) {
  return weight_bits == 1 ? (weight < 0 ? 1u : 0u) : bits_of(weight, weight_bits);
}

int draw_value(golden::Random& random, int bits) {
  const std::int64_t most = std::int64_t{1} << (bits - 1);
  return static_cast<int>(random.integer(-most, most - 1));
}

/// Images through the paper's neuron, one input a cycle without a pause: 2^LfsrBits inputs, of
/// which the mask lets exactly Depth through.
GateRun run_neuron(GateSimulation& gates, const Parameters& parameters,
                   const WorkloadRequest& request) {
  constexpr int kImages = 3, kPipeline = 3;
  const int depth = parameter(parameters, "Depth");
  const int value_bits = parameter(parameters, "ValueBits");
  const int weight_bits = parameter(parameters, "WeightBits");
  const int acc_width = parameter(parameters, "AccWidth");
  const bool masked = parameter(parameters, "Masked") != 0;
  golden::ConnectionMask mask;
  mask.bits = parameter(parameters, "LfsrBits");
  const int inputs = masked ? 1 << mask.bits : depth;
  if (depth > inputs) throw Error("Depth", "is more than 2^LfsrBits", "set both");
  mask.threshold = masked ? static_cast<std::uint32_t>(inputs - depth) : 0;
  mask.groups = 1;
  const auto exists = [connections = golden::group_connections(mask, inputs).front()](int input) {
    return std::binary_search(connections.begin(), connections.end(), input);
  };

  golden::Random random(request.input.seed);
  GatePins pins(gates, request.input.seed);
  const auto cycle = [&](bool count) {
    gates.settle(count);
    gates.edge();
  };
  pins.set("seed_i", golden::mask_seeds(mask).front());
  pins.set("threshold_i", mask.threshold);
  pins.set("step_i", 0);
  pins.set("rst_ni", 0);
  cycle(false);
  pins.set("rst_ni", 1);
  const auto format = golden::weight_format_of_bits(weight_bits);
  std::vector<int> weights;
  for (int word = 0; word < depth; ++word) {
    weights.push_back(draw_weight(random, format));
    pins.set("weight_we_i", 1);
    pins.set("weight_addr_i", static_cast<std::uint32_t>(word));
    pins.set("weight_data_i", code_of(weights.back(), weight_bits));
    cycle(false);
  }
  pins.set("weight_we_i", 0);

  Checker sums("lac_lfsr_neuron", "sum_o");
  std::vector<std::uint32_t> expected;
  std::size_t next = 0;
  const auto step = [&](std::uint64_t now) {
    gates.settle(true);
    if (pins.get("sum_valid_o") != 0)
      sums.compare(now, next < expected.size() ? expected[next++] : ~std::uint64_t{0},
                   pins.get("sum_o"));
    gates.edge();
  };
  std::uint64_t now = 0;
  for (int image = 0; image < kImages; ++image) {
    int sum = 0;
    std::size_t word = 0;
    for (int input = 0; input < inputs; ++input) {
      const int value = draw_value(random, value_bits);
      if (exists(input)) sum += weights[word++] * value;
      if (input + 1 == inputs) expected.push_back(bits_of(sum, acc_width));
      pins.set("step_i", 1);
      pins.set("last_i", input + 1 == inputs ? 1 : 0);
      pins.set("value_i", bits_of(value, value_bits));
      step(now++);
    }
  }
  pins.set("step_i", 0);
  for (int n = 0; n < kPipeline; ++n) step(now++);
  if (next != expected.size()) sums.compare(now, expected.size(), next);
  return sums.result(fmt::format("{} images of {} random inputs, random weights", kImages, inputs));
}

/// A new weight every 8 cycles, as many streams share one; a new value in each.
GateRun run_multiply(GateSimulation& gates, const Parameters& parameters,
                     const WorkloadRequest& request) {
  constexpr int kCycles = 4096, kShared = 8;
  const int weight_bits = parameter(parameters, "WeightBits");
  const int value_bits = parameter(parameters, "ValueBits");
  const int product_bits = parameter(parameters, "ProductBits");
  const auto format = golden::weight_format_of_bits(weight_bits);
  golden::Random random(request.input.seed);
  GatePins pins(gates, request.input.seed);
  Checker products("lac_multiply", "product_o");
  int weight = 0;
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    if (cycle % kShared == 0) weight = draw_weight(random, format);
    const int value = draw_value(random, value_bits);
    pins.set("weight_i", code_of(weight, weight_bits));
    pins.set("value_i", bits_of(value, value_bits));
    gates.settle(true);
    products.compare(static_cast<std::uint64_t>(cycle), bits_of(weight * value, product_bits),
                     pins.get("product_o"));
  }
  return products.result(fmt::format("{} random products, a weight for {}", kCycles, kShared));
}

/// One product a cycle into the words of a bank in turn, while the other bank drains.
GateRun run_pe(GateSimulation& gates, const Parameters& parameters,
               const WorkloadRequest& request) {
  constexpr int kRounds = 64, kColumns = 8;
  const int weight_bits = parameter(parameters, "WeightBits");
  const int value_bits = parameter(parameters, "ValueBits");
  const int acc_width = parameter(parameters, "AccWidth");
  const int bank_addr = parameter(parameters, "BankAddr");
  const int words = 1 << (bank_addr - 1);
  const auto format = golden::weight_format_of_bits(weight_bits);
  golden::Random random(request.input.seed);
  GatePins pins(gates, request.input.seed);
  Checker chain("lac_pe", "chain_o");

  std::vector<int> sums(static_cast<std::size_t>(4 * words));  // {of h, bank, word}
  int product = 0;                                             // in flight
  std::uint64_t shown = 0, cycle = 0;                          // what the chain must hold
  bool known = false;
  const auto chained = [&](int high, int low) {
    return std::uint64_t{bits_of(high, acc_width)} << acc_width | bits_of(low, acc_width);
  };
  pins.set("drain_load_i", 1);
  const std::uint32_t nothing[4] = {};
  gates.set(gates.port("chain_i"), nothing);
  for (int round = 0; round < kRounds; ++round) {
    const int bank = round % 2;
    for (int step = 0; step <= 2 * kColumns * words; ++step) {
      const bool multiplying = step < 2 * kColumns * words;
      const int weight = draw_weight(random, format), value = draw_value(random, value_bits);
      pins.set("mul_en_i", multiplying ? 1 : 0);
      pins.set("weight_i", code_of(weight, weight_bits));
      pins.set("value_i", bits_of(value, value_bits));
      // The sum of the product before: columns of x, then of h.
      const int at = step - 1;
      const bool adding = at >= 0;
      const bool first = adding && at % (kColumns * words) < words;
      const int of_h = adding && at >= kColumns * words ? 1 : 0;
      const int word = adding ? at % words : 0;
      const int sum_at = (of_h * 2 + bank) * words + word;
      pins.set("acc_en_i", adding ? 1 : 0);
      pins.set("acc_first_i", first ? 1 : 0);
      pins.set("acc_addr_i", static_cast<std::uint32_t>(sum_at));
      // The other bank, complete since the round before.
      const bool drain = step % kColumns == 0;
      const int drain_word = step / kColumns % words;
      const int drain_at = (1 - bank) * words + drain_word;
      pins.set("drain_en_i", drain ? 1 : 0);
      pins.set("drain_addr_i", static_cast<std::uint32_t>(drain_at));
      gates.settle(true);
      if (known) {
        std::uint32_t got[4] = {};
        gates.get(gates.port("chain_o"), got);
        chain.compare(cycle, shown, got[0] | std::uint64_t{got[1]} << 32);
      }
      gates.edge();
      ++cycle;
      if (drain && round > 0) {
        shown = chained(sums[static_cast<std::size_t>(2 * words + drain_at)],
                        sums[static_cast<std::size_t>(drain_at)]);
        known = true;
      }
      if (adding) {
        int& sum = sums[static_cast<std::size_t>(sum_at)];
        sum = (first ? 0 : sum) + product;
      }
      if (multiplying) product = weight * value;
    }
  }
  return chain.result(fmt::format("{} blocks of {} words, {} columns of x and of h, random",
                                  kRounds, words, kColumns));
}

/// Random states, bits that are 1 for three inputs of ten, codes that stay.
GateRun run_sc_neuron(GateSimulation& gates, const Parameters& parameters,
                      const WorkloadRequest& request) {
  constexpr int kCycles = 2048, kDelay = 2;
  constexpr double kOnes = 0.3;
  const int inputs = parameter(parameters, "Inputs"), integral = parameter(parameters, "Integral");
  const bool bipolar = parameter(parameters, "Bipolar") != 0;
  const int width = parameter(parameters, "Width");
  golden::Random random(request.input.seed);
  GatePins pins(gates, request.input.seed);
  const auto draw = [&](int count, std::vector<int>& numbers) {
    numbers.clear();
    for (int at = 0; at < count; ++at)
      numbers.push_back(static_cast<int>(random.integer(0, mask_of(width))));
    return packed(numbers, width);
  };
  std::vector<int> codes, states;
  gates.set(gates.port("codes_i"), draw(inputs + 1, codes).data());
  const int sum_bits = static_cast<int>(gates.port("sum_o").bits.size());
  Checker sums("lac_sc_neuron", "sum_o");
  std::deque<int> expected;
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    gates.set(gates.port("states_i"), draw(integral * (inputs + 1), states).data());
    std::vector<std::uint32_t> bits(static_cast<std::size_t>(inputs + 31) / 32);
    int sum = 0;
    for (int input = 0; input <= inputs; ++input) {
      const bool one = input == inputs || random.chance(kOnes);
      if (input < inputs && one) bits[static_cast<std::size_t>(input / 32)] |= 1u << (input % 32);
      int weight = 0;
      for (int k = 0; k < integral; ++k) {
        const auto state = states[static_cast<std::size_t>(k * (inputs + 1) + input)];
        weight += state < codes[static_cast<std::size_t>(input)] ? 1 : -1;
      }
      sum += one ? weight : bipolar ? -weight : 0;
    }
    gates.set(gates.port("bits_i"), bits.data());
    gates.settle(true);
    expected.push_back(sum);
    if (cycle >= kDelay) {
      sums.compare(static_cast<std::uint64_t>(cycle), bits_of(expected.front(), sum_bits),
                   pins.get("sum_o"));
      expected.pop_front();
    }
    gates.edge();
  }
  return sums.result(fmt::format("{} cycles of random streams, {} of 10 bits are 1", kCycles,
                                 static_cast<int>(10 * kOnes)));
}

/// Weights that stay, a vector of random values a cycle.
GateRun run_radix_neuron(GateSimulation& gates, const Parameters& parameters,
                         const WorkloadRequest& request) {
  constexpr int kCycles = 1024, kDelay = 2;
  const int inputs = parameter(parameters, "Inputs");
  const int weight_bits = parameter(parameters, "WeightBits");
  const int value_bits = parameter(parameters, "ValueBits");
  const int acc_width = parameter(parameters, "AccWidth");
  golden::Random random(request.input.seed);
  GatePins pins(gates, request.input.seed);
  const auto draw = [&](int bits, std::vector<int>& numbers) {
    numbers.clear();
    for (int at = 0; at < inputs; ++at) numbers.push_back(draw_value(random, bits));
    return packed(numbers, bits);
  };
  std::vector<int> weights, values;
  gates.set(gates.port("weights_i"), draw(weight_bits, weights).data());
  Checker sums("lac_radix_neuron", "sum_o");
  std::deque<int> expected;
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    gates.set(gates.port("values_i"), draw(value_bits, values).data());
    gates.settle(true);
    expected.push_back(std::inner_product(values.begin(), values.end(), weights.begin(), 0));
    if (cycle >= kDelay) {
      sums.compare(static_cast<std::uint64_t>(cycle), bits_of(expected.front(), acc_width),
                   pins.get("sum_o"));
      expected.pop_front();
    }
    gates.edge();
  }
  return sums.result(fmt::format("{} random vectors, weights that stay", kCycles));
}

SiliconDesign part(const char* top, const char* folder, const std::string& name,
                   Parameters parameters, decltype(&run_pe) run) {
  SiliconDesign design;
  design.top = top;
  design.name = name;
  design.file_list = fmt::format("{}/{}.f", folder, top);
  design.parameters = std::move(parameters);
  design.run = run;
  return design;
}

}  // namespace

std::vector<SiliconDesign> part_designs() {
  std::vector<SiliconDesign> designs;
  // P5's five sparsities of 1024 inputs; the first is the conventional neuron.
  const std::pair<const char*, int> depths[] = {
      {"p0", 1024}, {"p50", 512}, {"p75", 256}, {"p87.5", 128}, {"p93.75", 64}};
  for (const auto& [name, depth] : depths) {
    designs.push_back(part("lac_lfsr_neuron", "fc", name,
                           {{"Depth", depth},
                            {"WeightBits", 1},
                            {"ValueBits", 8},
                            {"AccWidth", 20},
                            {"Masked", depth < 1024 ? 1 : 0},
                            {"LfsrBits", 10}},
                           run_neuron));
  }
  // States of 8 bits, as the engines have them, and of 12, as P4's full precision.
  constexpr int kValueBits = 8, kWideBits = 12;
  for (const int value_bits : {kValueBits, kWideBits}) {
    const std::string suffix = value_bits == kValueBits ? "" : fmt::format("_{}", value_bits);
    for (const auto format : golden::weight_formats()) {
      const int bits = golden::weight_bits(format);
      designs.push_back(part(
          "lac_multiply", "common", golden::name_of(format) + suffix,
          {{"WeightBits", bits}, {"ValueBits", value_bits}, {"ProductBits", bits + value_bits}},
          run_multiply));
      designs.push_back(
          part("lac_pe", "lstm", golden::name_of(format) + suffix,
               {{"WeightBits", bits},
                {"ValueBits", value_bits},
                {"AccWidth", golden::accumulator_width(format) + value_bits - kValueBits},
                {"BankAddr", 5}},
               run_pe));
    }
  }
  // A part of P6's 784 inputs: 28 of these and a tree make a neuron. Beside the integral ones the
  // conventional and the binary-radix neuron.
  constexpr int kPart = 28, kStateBits = 11;
  constexpr int kRadixInputs = 4;  // ABC takes minutes for the sum of more products
  const auto stochastic = [&](const std::string& name, int bipolar, int integral) {
    designs.push_back(part(
        "lac_sc_neuron", "sc", name,
        {{"Inputs", kPart}, {"Bipolar", bipolar}, {"Integral", integral}, {"Width", kStateBits}},
        run_sc_neuron));
  };
  for (const int integral : {1, 2, 4}) stochastic(fmt::format("m{}", integral), 0, integral);
  stochastic("bipolar", 1, 1);
  designs.push_back(part(
      "lac_radix_neuron", "fc", "int8",
      {{"Inputs", kRadixInputs}, {"WeightBits", 8}, {"ValueBits", kValueBits}, {"AccWidth", 26}},
      run_radix_neuron));
  return designs;
}

}  // namespace lacuna::sim
