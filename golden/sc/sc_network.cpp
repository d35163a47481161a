// SPDX-License-Identifier: Apache-2.0
#include "golden/sc/sc_network.h"

#include <algorithm>
#include <array>
#include <functional>

#include "golden/error.h"
#include "golden/overloaded.h"
#include "golden/parallel.h"

namespace lacuna::golden {
namespace {

constexpr int kImages = 8;  // a block's, which share what is read of the weight streams

/// A number for each image of a block; 64 bits, as wide as the words that are counted, so that a
/// processor's vector holds either.
using Counts = std::array<std::int64_t, kImages>;

/// Ones of each image. @param words index [word * kImages + image]
Counts ones(const std::uint64_t* words, int count) {
  Counts sums{};
  for (int word = 0; word < count; ++word, words += kImages) {
    for (std::size_t image = 0; image < kImages; ++image)
      sums[image] += __builtin_popcountll(words[image]);
  }
  return sums;
}

/// Adds each image's ones of what `gate` makes of its bits and the weights'.
template <typename Gate>
void add_ones(const std::uint64_t* words, const std::uint64_t* weights, int count, Gate gate,
              Counts& sums) {
  Counts local = sums;
  for (int word = 0; word < count; ++word, words += kImages) {
    for (std::size_t image = 0; image < kImages; ++image)
      local[image] += __builtin_popcountll(gate(words[image], weights[word]));
  }
  sums = local;
}

/// Sums of the products of each image's bits and a weight's streams. @param active ones of the bits
Counts products(const ScLayer& layer, const WeightStreams& weights, int cycle, int output,
                const std::uint64_t* bits, const Counts& active) {
  const int words = stream_words(layer.inputs), m = layer.integral;
  Counts sums{};
  for (int stream = 0; stream < m; ++stream) {
    const std::uint64_t* weight = weights.bits(cycle, output, stream);
    if (layer.bipolar) {
      add_ones(bits, weight, words, std::bit_xor<>(), sums);
    } else {
      add_ones(bits, weight, words, std::bit_and<>(), sums);
    }
  }
  for (std::size_t image = 0; image < kImages; ++image) {
    // Bipolar: bits that differ count -1, the others 1. Unipolar: where x has a 1, a weight's 1
    // counts 1, its 0 counts -1.
    sums[image] = layer.bipolar ? std::int64_t{m} * layer.inputs - 2 * sums[image]
                                : 2 * sums[image] - m * active[image];
  }
  return sums;
}

/// A bit of each of `width` streams for every cycle and image of a block.
class Streams {
 public:
  Streams(int cycles, int width)
      : words_(stream_words(width)),
        bits_(static_cast<std::size_t>(cycles) * kImages * static_cast<std::size_t>(words_)) {}

  int words() const { return words_; }
  /// Index [word * kImages + image].
  const std::uint64_t* at(int cycle) const { return bits_.data() + place(cycle, 0, 0); }
  void set(int cycle, int image, int stream) {
    bits_[place(cycle, image, stream)] |= std::uint64_t{1} << (stream % 64);
  }
  bool is_set(int cycle, int image, int stream) const {
    return (bits_[place(cycle, image, stream)] >> (stream % 64) & 1) != 0;
  }

 private:
  std::size_t place(int cycle, int image, int stream) const {
    const int word = cycle * words_ + stream / 64;
    return static_cast<std::size_t>(word) * kImages + static_cast<std::size_t>(image);
  }

  int words_;
  std::vector<std::uint64_t> bits_;
};

/// @throws Error where one is of another kind.
std::vector<const ScLayer*> stochastic_layers(const Bundle& bundle) {
  std::vector<const ScLayer*> layers;
  const Overloaded add{[&](const ScLayer& layer) { layers.push_back(&layer); },
                       [](const auto& other) {
                         throw Error(other.name, "is no stochastic layer",
                                     "run the bundle on the engine that it names");
                       }};
  for (const Layer& layer : bundle.layers) std::visit(add, layer);
  return layers;
}

}  // namespace

/// Up to kImages images on their way through the layers.
class ScNetwork::Block {
 public:
  /// @param faults one an image, or null
  Block(const ScNetwork& network, const std::int8_t* x, int images, const ScImageFaults* faults)
      : network_(network),
        images_(images),
        faults_(faults),
        streams_(network.layers_.front()->length, network.layers_.front()->inputs) {
    const ScLayer& first = *network.layers_.front();
    for (int image = 0; image < images; ++image) {
      for (int input = 0; input < first.inputs; ++input) {
        const int value = x[image * first.inputs + input];
        if (value < 0) throw Error("input", "a stochastic network takes none below 0");
        const int code = input_code(value);
        for (int cycle = 0; code > 0 && cycle < first.length; ++cycle) {
          if (network.registers_.input(input, cycle) < code) streams_.set(cycle, image, input);
        }
      }
    }
  }

  const Streams& streams() const { return streams_; }  ///< that the next layer takes

  /// Runs a layer. Its bits become the streams; of the last layer the sums are returned, index
  /// [image * outputs + output].
  std::vector<std::int32_t> run(std::size_t number) {
    const ScLayer& layer = *network_.layers_[number];
    const bool last = number + 1 == network_.layers_.size();
    const WeightStreams& weights = network_.weights_[number];
    const int place = static_cast<int>(number),
              sum_bits = sc_sum_bits(layer.inputs, layer.integral);
    Streams out(last ? 0 : layer.length, layer.outputs);
    std::vector<std::int32_t> sums(static_cast<std::size_t>(kImages * layer.outputs),
                                   last ? 0 : layer.states / 2);
    for (int cycle = 0; cycle < layer.length; ++cycle) {
      const std::uint64_t* bits = streams_.at(cycle);
      const Counts active = ones(bits, streams_.words());
      for (int output = 0; output < layer.outputs; ++output) {
        const Counts moves = products(layer, weights, cycle, output, bits, active);
        const int bias = weights.bias(cycle, output);
        for (int image = 0; image < images_; ++image) {
          std::int32_t& sum = sums[static_cast<std::size_t>(image * layer.outputs + output)];
          auto added = static_cast<std::int32_t>(moves[static_cast<std::size_t>(image)]) + bias;
          if (faults_ != nullptr) added = faults_[image].sum(added, place, output, cycle, sum_bits);
          sum += added;
          if (last) continue;
          sum = std::clamp(sum, 0, layer.states - 1);
          bool bit = sum >= layer.states / 2;
          if (faults_ != nullptr) bit ^= faults_[image].bit(place, output, cycle, layer.outputs);
          if (bit) out.set(cycle, image, output);
        }
      }
    }
    streams_ = std::move(out);
    return sums;
  }

 private:
  const ScNetwork& network_;
  int images_;
  const ScImageFaults* faults_;
  Streams streams_;
};

ScNetwork::ScNetwork(const Bundle& bundle, std::uint64_t seed, int layer_delay)
    : layers_(stochastic_layers(bundle)), registers_(seed, layers_.front()->spread()) {
  int delay = 0;
  for (const ScLayer* layer : layers_) {
    weights_.emplace_back(*layer, registers_, layers_.front()->inputs, delay);
    delay += layer_delay;
  }
}

std::vector<std::int32_t> ScNetwork::run(const std::vector<std::int8_t>& x, int images,
                                         const std::vector<ScImageFaults>& faults) const {
  const int inputs = layers_.front()->inputs, outputs = layers_.back()->outputs;
  std::vector<std::int32_t> all(static_cast<std::size_t>(images) *
                                static_cast<std::size_t>(outputs));
  in_parallel((images + kImages - 1) / kImages, [&](int number) {
    const int first = number * kImages, count = std::min(kImages, images - first);
    Block block(*this, x.data() + std::ptrdiff_t{first} * inputs, count,
                faults.empty() ? nullptr : &faults[static_cast<std::size_t>(first)]);
    std::vector<std::int32_t> sums;
    for (std::size_t layer = 0; layer < layers_.size(); ++layer) sums = block.run(layer);
    std::copy_n(sums.begin(), count * outputs, all.begin() + std::ptrdiff_t{first} * outputs);
  });
  return all;
}

ScTrace ScNetwork::trace(const std::vector<std::int8_t>& x,
                         const std::vector<ScImageFaults>& faults) const {
  ScTrace trace;
  Block block(*this, x.data(), 1, faults.empty() ? nullptr : faults.data());
  const auto unpack = [&](int cycles, int width) {
    std::vector<std::uint8_t> bits;
    for (int cycle = 0; cycle < cycles; ++cycle) {
      for (int stream = 0; stream < width; ++stream)
        bits.push_back(block.streams().is_set(cycle, 0, stream) ? 1 : 0);
    }
    return bits;
  };
  trace.input = unpack(layers_.front()->length, layers_.front()->inputs);
  for (std::size_t number = 0; number < layers_.size(); ++number) {
    const ScLayer& layer = *layers_[number];
    auto sums = block.run(number);
    if (number + 1 < layers_.size()) {
      trace.streams.push_back(unpack(layer.length, layer.outputs));
    } else {
      trace.sums.assign(sums.begin(), sums.begin() + layer.outputs);
    }
  }
  return trace;
}

}  // namespace lacuna::golden
