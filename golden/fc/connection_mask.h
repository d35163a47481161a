// SPDX-License-Identifier: Apache-2.0
// Which connections of a fully-connected layer exist: W_s = W o M, the columns of M being streams
// of registers with a comparator (P5, equation of section 2 and Algorithm 1).
#pragma once

#include <cstdint>
#include <vector>

#include "golden/lfsr.h"

namespace lacuna::golden {

/// Everything that decides a mask; both hardware and training make the mask from it.
struct ConnectionMask {
  LfsrKind kind = LfsrKind::kAllStates;
  int bits = 10;                ///< of each register
  std::uint32_t threshold = 0;  ///< a connection exists where state >= threshold; 0: all exist
  int groups = 1;               ///< sets of outputs that share a register

  int group_of(int output) const { return output % groups; }
};

/// Register width for `inputs`: the smallest with at least as many states (P5's log2 n).
int mask_bits(int inputs);

/// Threshold for a sparsity degree p: round(2^bits p), but no more than the register has bits for.
std::uint32_t mask_threshold(double sparsity, int bits);

/// Seed of a group's register: the state after group x spacing steps from state 1, with a spacing
/// near the golden section of the period and without a common divisor, so that no two of `period`
/// groups have the same mask and neighbours lie far apart.
std::vector<std::uint32_t> mask_seeds(const ConnectionMask& mask);

/// Inputs that each group is connected to, ascending.
/// Input i of a group exists where state i of its register, counted from the seed, is at least the
/// threshold; beyond the period the states come again.
std::vector<std::vector<std::uint16_t>> group_connections(const ConnectionMask& mask, int inputs);

}  // namespace lacuna::golden
