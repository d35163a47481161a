// SPDX-License-Identifier: Apache-2.0
// A cell's function as a truth table, from the text of a Liberty file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna::sim {

inline constexpr std::size_t kFunctionInputs = 6;  ///< at most: a table is 64 bits

/// Bit i is the function's value where input k has bit k of i.
using TruthTable = std::uint64_t;

/// Operators of Liberty: ! and ' (after) negate, ^ before * & and juxtaposition before + |.
/// @param where names the cell in errors
/// @throws Error for text that is no function of the inputs, or more than six inputs.
TruthTable truth_table(const std::string& function, const std::vector<std::string>& inputs,
                       const std::string& where);

}  // namespace lacuna::sim
