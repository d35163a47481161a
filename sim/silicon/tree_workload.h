// SPDX-License-Identifier: Apache-2.0
// What the adder trees of a network's neurons sum while it runs: the partial sums of docs/sc.md and
// docs/fc.md, cycle by cycle.
#pragma once

#include <vector>

#include "golden/bundle.h"
#include "sim/silicon/adder_tree.h"

namespace lacuna::sim {

/// A few neurons of each layer on a few images. [layer]
/// @param x images, index [image * inputs + input]
/// @throws Error for networks of other kinds, or without enough images.
std::vector<TreeWorkload> tree_workloads(const golden::Bundle& bundle,
                                         const std::vector<std::int8_t>& x, std::uint64_t seed);

}  // namespace lacuna::sim
