// SPDX-License-Identifier: Apache-2.0
// The quantised network: what passes between training, golden model, RTL and FPGA (docs/bundle.md).
#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "golden/fc/connection_mask.h"
#include "golden/sc/streams.h"
#include "golden/weight_format.h"

namespace lacuna::golden {

template <typename Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Int8Matrix = Matrix<std::int8_t>;
using WeightMatrix = Matrix<std::int16_t>;  ///< weights of any format, as integers

inline constexpr int kMaxPreShift = 31;
inline constexpr int kMaxNormShift = 30;
inline constexpr int kMaxLogitFrac = 16;
inline constexpr int kMaxThreshold = 127;
inline constexpr int kMaxFcSize = 65535;                    ///< inputs or outputs
inline constexpr std::int64_t kMaxFcConnections = 1 << 24;  ///< inputs x outputs
inline constexpr int kMaxLstmSize = 65535;  ///< inputs or units: a column's index has 16 bits

/// Table of input vectors, one a symbol.
struct EmbeddingLayer {
  std::string name;
  Int8Matrix weight;  ///< [entries, features], real = integer * 2^-frac
  int frac = 0;
};

enum class InputKind { kOneHot, kDense };

/// What a cell's normalisation leaves of it (P4): tanh's argument is sat16(rs(scale c, shift) +
/// offset), Q3.12.
struct CellNorm {
  int shift = 0;
  std::vector<std::int16_t> scale;   ///< [units]
  std::vector<std::int16_t> offset;  ///< [units], Q3.12
};

/// One LSTM layer for the recurrent engine; arithmetic in docs/lstm.md. Row = gate * units + unit,
/// gates i, f, g, o.
struct LstmLayer {
  std::string name;
  WeightFormat weight_format = WeightFormat::kInt8;
  InputKind input = InputKind::kDense;
  int inputs = 0;
  int units = 0;
  int input_frac = 0;     ///< fraction bits of x
  int pre_shift = 0;      ///< right shift from scaled sums to the pre-activation's Q4.11
  int cell_frac = 12;     ///< fraction bits of c, kMinCellFrac..kMaxCellFrac
  int threshold = 0;      ///< states with |h| below it are zero, in units of Q0.7
  WeightMatrix weight_x;  ///< [4 units, inputs]
  WeightMatrix weight_h;  ///< [4 units, units]
  std::vector<std::int16_t> scale_x;  ///< [4 units]
  std::vector<std::int16_t> scale_h;  ///< [4 units]
  std::vector<std::int16_t> bias;     ///< [4 units], Q4.11
  std::optional<CellNorm> cell_norm;
  std::vector<std::int8_t> initial_h;   ///< [units] or empty (zero), Q0.7
  std::vector<std::int16_t> initial_c;  ///< [units] or empty (zero), cell_frac

  /// Smallest signed width that holds every row sum of either matrix for any 8-bit input.
  int accumulator_bits() const;
  /// Bits that the weights take in their format, x and h together.
  std::uint64_t weight_memory_bits() const;
  /// Bits of everything else that the engine holds for a layer: scales, biases, cell normalisation.
  std::uint64_t constant_memory_bits() const;
};

/// Output projection: logit = round_shift(scale * sum, logit_shift) + bias, logit_frac fraction
/// bits.
struct LinearLayer {
  std::string name;
  Int8Matrix weight;  ///< [outputs, inputs]
  std::vector<std::int16_t> scale;
  std::vector<std::int32_t> bias;
  int logit_shift = 0;
  int logit_frac = 12;
};

/// One fully-connected layer for the engine of rtl/fc (P5); arithmetic in docs/fc.md:
/// y = sat16(rs(scale x acc + bias, shift)), with relu clamped to 0..127.
struct FcLayer {
  std::string name;
  WeightFormat weight_format = WeightFormat::kInt8;
  int inputs = 0;
  int outputs = 0;
  int input_frac = 0;  ///< fraction bits of x, 8 bits
  int shift = 0;
  int output_frac = 0;                 ///< fraction bits of y
  bool relu = false;                   ///< y has 8 bits, else 16
  std::optional<ConnectionMask> mask;  ///< none: all connections exist
  std::vector<std::int16_t> weights;   ///< of connections that exist: by output, then by input
  std::vector<std::int16_t> scale;     ///< [outputs]
  std::vector<std::int32_t> bias;      ///< [outputs]

  /// Inputs that each output is connected to, ascending. [outputs]
  std::vector<std::vector<std::uint16_t>> connections() const;
  /// How many those are. [outputs]
  std::vector<int> connection_counts() const;
  /// Smallest signed width that holds every output's sum for any 8-bit input.
  int accumulator_bits() const;
  /// Bits that the weights of existing connections take.
  std::uint64_t weight_memory_bits() const;
  /// Words of the largest group's weight memory.
  int memory_depth() const;
};

/// One fully-connected layer for the stochastic engine of rtl/sc (P6); arithmetic in docs/sc.md.
struct ScLayer {
  std::string name;
  int inputs = 0;
  int outputs = 0;
  bool bipolar = false;  ///< a bit 0 of x is -1, a conventional network's, instead of 0; the same
                         ///< in all layers
  int integral = 1;      ///< P6's m: streams of a weight, 1..kMaxIntegral; the same in all layers
  int length = 0;        ///< cycles of an image; the same in all layers
  int states = 0;        ///< of a counter, even; 0 for the last layer, whose sums accumulate
  std::vector<std::int16_t> codes;  ///< [outputs, inputs + 1], the bias last: 0..kStreamStates - 1

  /// Of its network's registers.
  Spread spread() const { return bipolar ? Spread::kScattered : Spread::kEven; }
};

using Layer = std::variant<EmbeddingLayer, LstmLayer, LinearLayer, FcLayer, ScLayer>;

struct Bundle {
  std::vector<Layer> layers;
  nlohmann::json facts = nlohmann::json::object();  ///< task, vocabulary, training, seed, data
};

/// Checks that layers fit each other and every number its range. @throws Error naming the layer.
void validate(const Bundle& bundle, const std::string& where);

/// @throws Error for anything that is not a whole, consistent bundle of format lacuna.bundle/1.
Bundle read_bundle(const std::filesystem::path& file);

/// Writes to a temporary name beside `file` and renames, so that no half bundle is ever seen.
void write_bundle(const Bundle& bundle, const std::filesystem::path& file);

/// SHA-256 of the file's bytes: what results say they were measured on. @throws Error if
/// unreadable.
std::string bundle_hash(const std::filesystem::path& file);

}  // namespace lacuna::golden
