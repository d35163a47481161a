// SPDX-License-Identifier: Apache-2.0
// The weight formats of the engines: what a weight may be, and how many bits it takes (papers P3,
// P4).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna::golden {

enum class WeightFormat {
  kInt12,    ///< -2047..2047: the papers' full precision
  kInt8,     ///< -128..127 (training gives -127..127)
  kTernary,  ///< -1, 0, 1
  kBinary,   ///< -1, 1
};

/// All formats, widest first. Each holds the weights of those after it.
const std::vector<WeightFormat>& weight_formats();

/// "int12", "int8", "ternary", "binary"
const char* name_of(WeightFormat format);

/// @throws Error at `where` for another name.
WeightFormat weight_format_of(const std::string& name, const std::string& where);

/// Bits of a weight in memory: 12, 8, 2, 1. int12 and int8 are two's complement; ternary is two
/// bits of it, 00, 01 and 11; binary is the sign, 1 for -1.
int weight_bits(WeightFormat format);

/// The engine's format of that many bits. @throws Error for others than 12, 8, 2, 1.
WeightFormat weight_format_of_bits(int bits);

/// Ternary and binary: signs of one magnitude a row, learned in training, multiplied without a
/// multiplier.
bool has_one_magnitude(WeightFormat format);

/// Smallest weight that the format holds: -2047, -128, -1, -1.
int weight_minimum(WeightFormat format);

/// Largest |weight| that quantisation gives: 2047, 127, 1, 1.
int weight_maximum(WeightFormat format);

/// Whether the format holds this weight.
bool holds(WeightFormat format, int weight);

/// Whether every weight of `narrow` is one of `wide`.
bool holds(WeightFormat wide, WeightFormat narrow);

/// Bits of the engine's sums for weights of this format and 8-bit values: 28, 24, 20, 20.
int accumulator_width(WeightFormat format);

}  // namespace lacuna::golden
