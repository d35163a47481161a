// SPDX-License-Identifier: Apache-2.0
#include "sim/fc/scoreboard.h"

#include <fmt/format.h>

#include <algorithm>

namespace lacuna::sim {

std::string FcMismatch::str() const {
  return fmt::format("mismatch: engine {}, image {}, output {}: {} expected {}, got {}", engine,
                     image, output, what, expected, got);
}

void ActivationChecker::begin(std::size_t run) {
  run_ = &workload_.runs[run];
  image_ = beat_ = 0;
}

bool ActivationChecker::complete() const { return run_ != nullptr && image_ == run_->images(); }

bool ActivationChecker::differ(const std::string& what, std::size_t output, std::int64_t expected,
                               std::int64_t got) {
  mismatch_ =
      FcMismatch{workload_.layers[layer_].engine.top, what, layer_, image_, output, expected, got};
  return false;
}

bool ActivationChecker::check(const Beat& beat, bool last) {
  if (mismatch_) return false;
  if (run_ == nullptr || complete()) return differ("outputs after the last image", 0, 0, 1);
  const FcLayerWorkload& layer = workload_.layers[layer_];
  const auto outputs = static_cast<std::size_t>(layer.outputs);
  const auto lanes = static_cast<std::size_t>(layer.engine.out_lanes);
  const std::size_t first = beat_ * lanes;
  BitReader bits(beat);
  for (std::size_t output = first; output < std::min(outputs, first + lanes); ++output) {
    const auto got = static_cast<std::int16_t>(bits.get(16));
    const std::int16_t expected = run_->expected[layer_][image_ * outputs + output];
    if (got != expected) return differ("y", output, expected, got);
  }
  const bool is_last = first + lanes >= outputs;
  if (last != is_last) return differ("last beat of the image", first, is_last, last);
  ++beat_;
  if (is_last) {
    beat_ = 0;
    ++image_;
    ++images_;
  }
  return true;
}

FcScoreboard::FcScoreboard(const sc_core::sc_module_name& name, const FcWorkload& workload,
                           double stall, std::uint64_t seed)
    : sc_module(name), stall_(stall, seed) {
  for (std::size_t layer = 0; layer < workload.layers.size(); ++layer)
    checkers_.emplace_back(workload, layer);
}

void FcScoreboard::begin(std::size_t run) {
  for (ActivationChecker& checker : checkers_) checker.begin(run);
}

void FcScoreboard::put(std::size_t layer, const Beat& data, bool last) {
  ++taken_;
  if (!checkers_[layer].check(data, last) && !mismatch_) mismatch_ = checkers_[layer].mismatch();
}

}  // namespace lacuna::sim
