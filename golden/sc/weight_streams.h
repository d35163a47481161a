// SPDX-License-Identifier: Apache-2.0
// The weight streams of a layer, packed: they depend on codes and seed alone, so one set serves all
// images.
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/sc/streams.h"

namespace lacuna::golden {

/// 64-bit words that hold a bit of each of `bits` streams.
inline int stream_words(int bits) { return (bits + 63) / 64; }

class WeightStreams {
 public:
  /// @param bias  number of the bias's register
  /// @param delay cycles by which the layer's bits come after the network's
  WeightStreams(const ScLayer& layer, const Registers& registers, int bias, int delay);

  /// Bits of all inputs' weights of an output: stream_words(inputs) words.
  const std::uint64_t* bits(int cycle, int output, int stream) const {
    return bits_.data() + place(cycle, output, stream);
  }
  /// An input's integral number, -integral..integral.
  int weight(int cycle, int output, int input) const {
    int ones = 0;
    for (int stream = 0; stream < static_cast<int>(streams_); ++stream)
      ones += static_cast<int>(bits(cycle, output, stream)[input / 64] >> (input % 64) & 1);
    return 2 * ones - static_cast<int>(streams_);
  }
  /// The bias's integral number, -integral..integral.
  int bias(int cycle, int output) const {
    return bias_[static_cast<std::size_t>(cycle) * outputs_ + static_cast<std::size_t>(output)];
  }

 private:
  std::size_t place(int cycle, int output, int stream) const {
    const std::size_t row =
        static_cast<std::size_t>(cycle) * outputs_ + static_cast<std::size_t>(output);
    return (row * streams_ + static_cast<std::size_t>(stream)) * words_;
  }

  std::size_t outputs_, streams_, words_;
  std::vector<std::uint64_t> bits_;
  std::vector<std::int8_t> bias_;
};

}  // namespace lacuna::golden
