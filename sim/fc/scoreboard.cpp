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

bool ActivationChecker::complete() const {
  return run_ != nullptr && image_ == run_->cycles.size();
}

bool ActivationChecker::differ(const std::string& what, std::size_t output, std::int64_t expected,
                               std::int64_t got) {
  mismatch_ = FcMismatch{workload_.engine.top, what, image_, output, expected, got};
  return false;
}

bool ActivationChecker::check(const Beat& beat, bool last) {
  if (mismatch_) return false;
  if (run_ == nullptr || complete()) return differ("outputs after the last image", 0, 0, 1);
  const auto outputs = static_cast<std::size_t>(workload_.outputs);
  const auto lanes = static_cast<std::size_t>(workload_.engine.out_lanes);
  const std::size_t first = beat_ * lanes;
  BitReader bits(beat);
  for (std::size_t output = first; output < std::min(outputs, first + lanes); ++output) {
    const auto got = static_cast<std::int16_t>(bits.get(16));
    const std::int16_t expected = run_->expected[image_ * outputs + output];
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

}  // namespace lacuna::sim
