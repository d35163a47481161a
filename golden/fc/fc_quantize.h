// SPDX-License-Identifier: Apache-2.0
// Quantisation of a fully-connected float network into a bundle of FcLayers (docs/fc.md).
#pragma once

#include "golden/bundle.h"
#include "golden/fc/float_fc.h"

namespace lacuna::golden {

/// Quantises. Weights as golden/quantize_rows.h says, one scale an output. Formats are chosen on
/// `images`, real inputs that the network is made for: of the inputs the most fraction bits that
/// hold them, of 8-bit activations those with the least squared error of rounding and clamping, of
/// the outputs the most that hold 1.25 times the largest.
/// @param images [images, inputs]
/// @return layers "fc0", "fc1", ...
/// @throws Error naming the layer: sizes that do not fit, a number outside every format.
Bundle quantize(const FloatFcNetwork& network, const FloatMatrix& images);

}  // namespace lacuna::golden
