// SPDX-License-Identifier: Apache-2.0
// Weights of few values learned in training (P4, "Learning recurrent binary/ternary weights").
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <optional>

#include "golden/weight_format.h"

namespace lacuna::models {

/// The fixed magnitude W0 of quantised weights, half of Glorot's bound: 1/2 sqrt(6 / (fan_in +
/// fan_out)).
double weight_magnitude(std::int64_t fan_in, std::int64_t fan_out);

/// Factor of the learning rate of master weights: they move in steps of W0, whatever the layer's
/// size.
double master_rate_factor(std::int64_t fan_in, std::int64_t fan_out);

/// A seed for a sample, from Torch's generator.
std::uint32_t draw_seed();

/// Quantises master weights [rows, columns].
///
/// Binary: W0 with the probability clip((W / W0 + 1) / 2, 0, 1), else -W0; without a seed W0 where
/// W >= 0.
/// Ternary: sign(W) W0 with the probability clip(|W / W0|, 0, 1), else 0; without a seed where
/// |W| > W0 / 3.
/// Others: W itself, their rounding comes with the bundle.
///
/// The gradient with respect to a master weight is that of the quantised one.
/// @param seed draws one sample; the same seed gives the same sample
torch::Tensor quantised_weights(const torch::Tensor& master, golden::WeightFormat format,
                                std::optional<std::uint32_t> seed = std::nullopt);

}  // namespace lacuna::models
