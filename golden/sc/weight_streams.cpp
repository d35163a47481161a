// SPDX-License-Identifier: Apache-2.0
#include "golden/sc/weight_streams.h"

#include "golden/parallel.h"

namespace lacuna::golden {

WeightStreams::WeightStreams(const ScLayer& layer, const Registers& registers, int bias, int delay)
    : outputs_(static_cast<std::size_t>(layer.outputs)),
      streams_(static_cast<std::size_t>(layer.integral)),
      words_(static_cast<std::size_t>(stream_words(layer.inputs))) {
  const auto cycles = static_cast<std::size_t>(layer.length);
  bits_.resize(cycles * outputs_ * streams_ * words_);
  bias_.resize(cycles * outputs_);
  in_parallel(layer.length, [&](int cycle) {
    std::vector<std::int16_t> states(static_cast<std::size_t>(layer.inputs));
    for (int stream = 0; stream < layer.integral; ++stream) {
      for (int input = 0; input < layer.inputs; ++input)
        states[static_cast<std::size_t>(input)] =
            static_cast<std::int16_t>(registers.weight(input, stream, cycle + delay));
      const int bias_state = registers.weight(bias, stream, cycle + delay);
      const std::int16_t* code = layer.codes.data();
      for (int output = 0; output < layer.outputs; ++output, code += layer.inputs + 1) {
        std::uint64_t* words = bits_.data() + place(cycle, output, stream);
        for (int input = 0; input < layer.inputs; ++input)
          words[input / 64] |= std::uint64_t{states[static_cast<std::size_t>(input)] < code[input]}
                               << (input % 64);
        bias_[static_cast<std::size_t>(cycle) * outputs_ + static_cast<std::size_t>(output)] +=
            static_cast<std::int8_t>(bias_state < code[layer.inputs] ? 1 : -1);
      }
    }
  });
}

}  // namespace lacuna::golden
