// SPDX-License-Identifier: Apache-2.0
#include "sim/sc/checker.h"

#include <fmt/format.h>

namespace lacuna::sim {

std::string ScMismatch::str() const {
  return fmt::format("mismatch: engine {}, image {}, {}, cycle {}, neuron {}: expected {}, got {}",
                     engine, image, what, cycle, neuron, expected, got);
}

void ScChecker::begin(std::size_t run) {
  run_ = &workload_.runs[run];
  image_ = 0;
  for (Place& place : places_) place = {};
}

void ScChecker::differ(const std::string& what, Place place, std::size_t neuron,
                       std::int64_t expected, std::int64_t got) {
  if (mismatch_) return;
  mismatch_ =
      ScMismatch{workload_.engine.top, what, place.image, place.cycle, neuron, expected, got};
}

void ScChecker::listen(std::size_t layer, const Beat& bits) {
  Place& place = places_[layer];
  const std::string what = layer == 0 ? "stream 1" : "stream 2";
  if (run_ == nullptr || place.image == run_->expected.size()) {
    differ(what + " after the last image", place, 0, 0, 1);
    return;
  }
  const auto neurons =
      static_cast<std::size_t>(layer == 0 ? workload_.engine.hidden1 : workload_.engine.hidden2);
  const std::uint8_t* expected =
      run_->expected[place.image].streams[layer].data() + place.cycle * neurons;
  for (std::size_t neuron = 0; neuron < neurons; ++neuron) {
    const std::uint32_t got = bits[neuron / 32] >> (neuron % 32) & 1;
    if (got != expected[neuron]) return differ(what, place, neuron, expected[neuron], got);
  }
  bits_ += neurons;
  if (++place.cycle == static_cast<std::size_t>(workload_.length)) place = {place.image + 1, 0};
}

bool ScChecker::complete() const {
  if (run_ == nullptr) return false;
  const std::size_t images = run_->expected.size();
  return image_ == images && places_[0].image == images && places_[1].image == images;
}

void ScChecker::put(const Beat& sums) {
  if (run_ == nullptr || image_ == run_->expected.size())
    return differ("y after the last image", {}, 0, 0, 1);
  BitReader reader(sums);
  const Place place{image_, static_cast<std::size_t>(workload_.length)};
  const auto& expected = run_->expected[image_].sums;
  for (std::size_t output = 0; output < expected.size(); ++output) {
    const auto got = static_cast<std::int32_t>(reader.get(32));
    if (got != expected[output]) return differ("y", place, output, expected[output], got);
  }
  ++image_;
  ++images_;
}

}  // namespace lacuna::sim
