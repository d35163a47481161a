// SPDX-License-Identifier: Apache-2.0
#include "golden/weight_format.h"

#include "golden/error.h"
#include "golden/strict_json.h"

namespace lacuna::golden {
namespace {

struct Traits {
  WeightFormat format;
  const char* name;
  int bits, low, high, accumulator;
};

constexpr Traits kTraits[] = {{WeightFormat::kInt12, "int12", 12, -2047, 2047, 28},
                              {WeightFormat::kInt8, "int8", 8, -128, 127, 24},
                              {WeightFormat::kTernary, "ternary", 2, -1, 1, 20},
                              {WeightFormat::kBinary, "binary", 1, -1, 1, 20}};

const Traits& traits(WeightFormat format) { return kTraits[static_cast<std::size_t>(format)]; }

}  // namespace

const std::vector<WeightFormat>& weight_formats() {
  static const std::vector<WeightFormat> all{WeightFormat::kInt12, WeightFormat::kInt8,
                                             WeightFormat::kTernary, WeightFormat::kBinary};
  return all;
}

const char* name_of(WeightFormat format) { return traits(format).name; }

WeightFormat weight_format_of(const std::string& name, const std::string& where) {
  for (const Traits& known : kTraits) {
    if (name == known.name) return known.format;
  }
  throw Error(where, "has the unknown weight format " + shown_name(name),
              "use int12, int8, ternary or binary");
}

int weight_bits(WeightFormat format) { return traits(format).bits; }

WeightFormat weight_format_of_bits(int bits) {
  for (const Traits& known : kTraits) {
    if (bits == known.bits) return known.format;
  }
  throw Error("engine", "has no weights of " + std::to_string(bits) + " bits", "use 12, 8, 2 or 1");
}

int weight_minimum(WeightFormat format) { return traits(format).low; }

int weight_maximum(WeightFormat format) { return traits(format).high; }

bool has_one_magnitude(WeightFormat format) { return weight_maximum(format) == 1; }

bool holds(WeightFormat format, int weight) {
  const Traits& known = traits(format);
  return weight >= known.low && weight <= known.high &&
         (format != WeightFormat::kBinary || weight != 0);
}

bool holds(WeightFormat wide, WeightFormat narrow) { return wide <= narrow; }

int accumulator_width(WeightFormat format) { return traits(format).accumulator; }

}  // namespace lacuna::golden
