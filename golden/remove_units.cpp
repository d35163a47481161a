// SPDX-License-Identifier: Apache-2.0
#include "golden/remove_units.h"

#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"
#include "golden/overloaded.h"

namespace lacuna::golden {
namespace {

template <typename Number>
std::vector<Number> select(const std::vector<Number>& values, const std::vector<int>& kept) {
  std::vector<Number> selected;
  for (const int i : kept) selected.push_back(values[static_cast<std::size_t>(i)]);
  return selected;
}

template <typename Scalar>
Matrix<Scalar> select_rows(const Matrix<Scalar>& matrix, const std::vector<int>& kept) {
  return matrix(kept, Eigen::all);
}

template <typename Scalar>
Matrix<Scalar> select_columns(const Matrix<Scalar>& matrix, const std::vector<int>& kept) {
  return matrix(Eigen::all, kept);
}

void keep_units(LstmLayer& layer, const std::vector<int>& kept) {
  std::vector<int> rows;
  for (int gate = 0; gate < 4; ++gate) {
    for (const int unit : kept) rows.push_back(gate * layer.units + unit);
  }
  layer.weight_x = select_rows(layer.weight_x, rows);
  layer.weight_h = select_columns(select_rows(layer.weight_h, rows), kept);
  layer.scale_x = select(layer.scale_x, rows);
  layer.scale_h = select(layer.scale_h, rows);
  layer.bias = select(layer.bias, rows);
  if (layer.cell_norm) {
    layer.cell_norm->scale = select(layer.cell_norm->scale, kept);
    layer.cell_norm->offset = select(layer.cell_norm->offset, kept);
  }
  if (!layer.initial_h.empty()) layer.initial_h = select(layer.initial_h, kept);
  if (!layer.initial_c.empty()) layer.initial_c = select(layer.initial_c, kept);
  layer.units = static_cast<int>(kept.size());
}

void keep_inputs(Layer& layer, const std::vector<int>& kept) {
  const Overloaded keep{
      [&](LstmLayer& lstm) {
        lstm.weight_x = select_columns(lstm.weight_x, kept);
        lstm.inputs = static_cast<int>(kept.size());
      },
      [&](LinearLayer& linear) { linear.weight = select_columns(linear.weight, kept); },
      [](auto& other) { throw Error(other.name, "cannot lose inputs with the units before it"); }};
  std::visit(keep, layer);
}

}  // namespace

Bundle without_units(const Bundle& bundle, const std::string& layer,
                     const std::vector<int>& units) {
  Bundle smaller = bundle;
  for (std::size_t i = 0; i < smaller.layers.size(); ++i) {
    auto* lstm = std::get_if<LstmLayer>(&smaller.layers[i]);
    if (lstm == nullptr || lstm->name != layer) continue;
    std::vector<bool> removed(static_cast<std::size_t>(lstm->units), false);
    for (const int unit : units) {
      if (unit < 0 || unit >= lstm->units) {
        throw Error(layer, fmt::format("has no unit {}", unit),
                    fmt::format("units are 0 to {}", lstm->units - 1));
      }
      removed[static_cast<std::size_t>(unit)] = true;
    }
    std::vector<int> kept;
    for (int unit = 0; unit < lstm->units; ++unit) {
      if (!removed[static_cast<std::size_t>(unit)]) kept.push_back(unit);
    }
    if (kept.empty()) throw Error(layer, "would have no unit left");
    keep_units(*lstm, kept);
    if (i + 1 < smaller.layers.size()) keep_inputs(smaller.layers[i + 1], kept);
    return smaller;
  }
  throw Error(layer, "is no lstm layer of the bundle");
}

}  // namespace lacuna::golden
