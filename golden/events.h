// SPDX-License-Identifier: Apache-2.0
// What a recurrent layer does, counted: the input of the energy tables. Independent of lanes and
// cycles.
#pragma once

#include <cstdint>

namespace lacuna::golden {

struct LstmEvents {
  std::uint64_t steps = 0;
  std::uint64_t columns = 0;          ///< kept columns, x and h, summed over steps
  std::uint64_t columns_skipped = 0;  ///< columns of h that were zero in every stream
  std::uint64_t macs = 0;             ///< executed: kept columns x 4 units x batch
  std::uint64_t macs_nonzero = 0;     ///< of these, with a value that is not zero
  std::uint64_t macs_skipped = 0;     ///< skipped columns x 4 units x batch
  std::uint64_t weight_bytes =
      0;  ///< kept columns x 4 units x bits of a weight / 8, without padding
  std::uint64_t sum_accesses =
      0;  ///< reads and writes of row sums: 2 a MAC, and one read each a drained row
  std::uint64_t elementwise_multiplies =
      0;                          ///< 8 + 3 a unit and stream, one more where cells are normalised
  std::uint64_t activations = 0;  ///< sigmoid and tanh: 5 a unit and stream
  std::uint64_t state_accesses = 0;  ///< cell reads and writes: 2 a unit and stream
  std::uint64_t list_accesses =
      0;  ///< 2 a kept column: written once, read once; n blocks read n - 1 times more

  LstmEvents& operator+=(const LstmEvents& other) {
    steps += other.steps;
    columns += other.columns;
    columns_skipped += other.columns_skipped;
    macs += other.macs;
    macs_nonzero += other.macs_nonzero;
    macs_skipped += other.macs_skipped;
    weight_bytes += other.weight_bytes;
    sum_accesses += other.sum_accesses;
    elementwise_multiplies += other.elementwise_multiplies;
    activations += other.activations;
    state_accesses += other.state_accesses;
    list_accesses += other.list_accesses;
    return *this;
  }
};

}  // namespace lacuna::golden
