// SPDX-License-Identifier: Apache-2.0
// A fully-connected network whose sums are wrong at times: the fully parallel binary-radix design
// under faults (rtl/fc/lac_radix_layer.v, docs/faults.md).
#pragma once

#include <cstdint>
#include <vector>

#include "golden/bundle.h"
#include "golden/faults.h"
#include "golden/fc/fc_engine.h"

namespace lacuna::golden {

/// Every layer's outputs under faults of the neurons' sums; without a flip they are Fc's.
/// @param engines parallel ones, one a layer; their acc_width is the width of the faulty registers
/// @param x       index [image * inputs + input], images that follow each other from the start of a
///                run, without stalls
/// @return [layer], each index [image * outputs + output]
/// @throws Error for faults of another site and for an engine that is not parallel.
std::vector<std::vector<std::int16_t>> run_with_faults(const std::vector<FcLayer>& layers,
                                                       const std::vector<FcEngine>& engines,
                                                       const std::vector<std::int8_t>& x,
                                                       const Faults& faults);

}  // namespace lacuna::golden
