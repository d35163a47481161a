// SPDX-License-Identifier: Apache-2.0
#include "models/quantised_weights.h"

#include <ATen/Parallel.h>

#include <cmath>

namespace lacuna::models {
namespace {

using golden::WeightFormat;
using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

constexpr std::int64_t kRowsATime = 16;   ///< of a thread
constexpr double kUsualMagnitude = 0.05;  // W0 of a layer of about a hundred units
constexpr float kTernaryCut = 1.0F / 3;   ///< of W0, where sampling is off

/// Uniform in [0, 1) for every weight of every sample: the finaliser of MurmurHash3 over a counter,
/// because a generator with a state would take longer than the products' gradient.
inline float uniform(std::uint32_t counter, std::uint32_t seed) {
  std::uint32_t x = counter * 0x9e3779b9U + seed;
  x = (x ^ x >> 16) * 0x85ebca6bU;
  x = (x ^ x >> 13) * 0xc2b2ae35U;
  x ^= x >> 16;
  return static_cast<float>(x >> 8) * 0x1p-24F;
}

struct Row {
  const float* master;
  float* quantised;
  std::int64_t columns, first;  ///< number of the row's first weight in the matrix
  std::uint32_t seed;
};

template <bool kSample>
void binary_row(const Row& row, float magnitude) {
#pragma omp simd
  for (std::int64_t j = 0; j < row.columns; ++j) {
    const float u = kSample ? uniform(static_cast<std::uint32_t>(row.first + j), row.seed) : 0.5F;
    row.quantised[j] = row.master[j] >= (2 * u - 1) * magnitude ? magnitude : -magnitude;
  }
}

template <bool kSample>
void ternary_row(const Row& row, float magnitude) {
#pragma omp simd
  for (std::int64_t j = 0; j < row.columns; ++j) {
    const float u =
        kSample ? uniform(static_cast<std::uint32_t>(row.first + j), row.seed) : kTernaryCut;
    const float m = row.master[j];
    const float sign = m > u * magnitude ? 1.0F : m < -u * magnitude ? -1.0F : 0.0F;
    row.quantised[j] = sign * magnitude;
  }
}

Tensor quantise(const Tensor& master, WeightFormat format, float magnitude, bool sample,
                std::uint32_t seed) {
  const std::int64_t columns = master.size(1);
  Tensor quantised = torch::empty_like(master);
  const auto quantise_row = format == WeightFormat::kBinary
                                ? (sample ? binary_row<true> : binary_row<false>)
                                : (sample ? ternary_row<true> : ternary_row<false>);
  const float* from = master.data_ptr<float>();
  float* to = quantised.data_ptr<float>();
  at::parallel_for(0, master.size(0), kRowsATime, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t r = begin; r < end; ++r) {
      quantise_row({from + r * columns, to + r * columns, columns, r * columns, seed}, magnitude);
    }
  });
  return quantised;
}

struct StraightThroughFunction : torch::autograd::Function<StraightThroughFunction> {
  static Variable forward(AutogradContext*, const Variable& master, std::int64_t format,
                          double magnitude, bool sample, std::int64_t seed) {
    return quantise(master, static_cast<WeightFormat>(format), static_cast<float>(magnitude),
                    sample, static_cast<std::uint32_t>(seed));
  }
  static variable_list backward(AutogradContext*, const variable_list& gradients) {
    return {gradients[0], {}, {}, {}, {}};
  }
};

}  // namespace

double weight_magnitude(std::int64_t fan_in, std::int64_t fan_out) {
  return 0.5 * std::sqrt(6.0 / static_cast<double>(fan_in + fan_out));
}

double master_rate_factor(std::int64_t fan_in, std::int64_t fan_out) {
  return weight_magnitude(fan_in, fan_out) / kUsualMagnitude;
}

std::uint32_t draw_seed() {
  return static_cast<std::uint32_t>(
      torch::randint(std::int64_t{1} << 32, {1}, torch::kLong).item<std::int64_t>());
}

Tensor quantised_weights(const Tensor& master, WeightFormat format,
                         std::optional<std::uint32_t> seed) {
  if (!golden::has_one_magnitude(format)) return master;
  return StraightThroughFunction::apply(
      master, static_cast<std::int64_t>(format), weight_magnitude(master.size(1), master.size(0)),
      seed.has_value(), static_cast<std::int64_t>(seed.value_or(0)));
}

}  // namespace lacuna::models
