// SPDX-License-Identifier: Apache-2.0
// Reads and writes bundles: JSON in the metadata, integers in the tensors (docs/bundle.md).
#include "golden/bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/safetensors.h"
#include "golden/sha.h"
#include "golden/strict_json.h"
#include "golden/weight_packing.h"

namespace lacuna::golden {
namespace {

using nlohmann::json;

constexpr const char* kMetadata = "lacuna.bundle";
constexpr const char* kFormat = "lacuna.bundle/1";
constexpr int kMaxSize = 1 << 24;  // entries, features or outputs

/// A layer's JSON and its tensors, taken out one by one, so that what nobody asked for shows.
class LayerReader {
 public:
  LayerReader(const json& value, const SafeTensors& content, std::set<std::string>& used)
      : object_(value, content.where + ", layer"), content_(content), used_(used) {
    name = object_.text("name");
    object_ = JsonObject(value, content.where + ", layer " + shown_name(name));
    type = object_.text("type");
  }

  int integer(const std::string& field, int low, int high) const {
    return object_.integer(field, low, high);
  }
  bool has(const std::string& field) const { return object_.has(field); }
  int size(const std::string& field) const { return integer(field, 1, kMaxSize); }
  std::string text(const std::string& field) const { return object_.text(field); }
  void only(std::vector<std::string> fields) const {
    fields.insert(fields.end(), {"name", "type", "engine"});
    object_.only(fields);
  }
  const std::string& where() const { return object_.where(); }

  void engine(const std::string& expected) const {
    if (text("engine") != expected) {
      throw Error(where(), "has the unknown engine " + shown_name(text("engine")),
                  "a layer of type " + type + " runs on '" + expected + "'");
    }
  }

  template <typename Scalar>
  std::vector<Scalar> vector(const std::string& tensor, int size) {
    return take<Scalar>(tensor, {size});
  }
  template <typename Scalar>
  std::vector<Scalar> optional_vector(const std::string& tensor, int size) {
    if (content_.tensors.count(name + "." + tensor) == 0) return {};
    return vector<Scalar>(tensor, size);
  }
  template <typename Scalar>
  std::vector<Scalar> table(const std::string& tensor, int rows, int columns) {
    return take<Scalar>(tensor, {rows, columns});
  }
  Int8Matrix matrix(const std::string& tensor, int rows, int columns) {
    const auto values = take<std::int8_t>(tensor, {rows, columns});
    return Eigen::Map<const Int8Matrix>(values.data(), rows, columns);
  }
  WeightMatrix weights(const std::string& tensor, WeightFormat format, int rows, int columns) {
    if (format == WeightFormat::kInt8) return matrix(tensor, rows, columns).cast<std::int16_t>();
    const auto bytes = take<std::uint8_t>(tensor, {rows, packed_row_bytes(format, columns)});
    return unpack_weights(bytes, format, rows, columns,
                          content_.where + ", tensor " + shown_name(name + "." + tensor));
  }

  /// Weights that are stored without gaps, as one packed row.
  std::vector<std::int16_t> weight_list(const std::string& tensor, WeightFormat format,
                                        std::int64_t count) {
    const auto bytes = take<std::uint8_t>(tensor, {packed_row_bytes(format, count)});
    const WeightMatrix row = unpack_weights(
        bytes, format, 1, count, content_.where + ", tensor " + shown_name(name + "." + tensor));
    return {row.data(), row.data() + row.size()};
  }
  bool flag(const std::string& field) const { return object_.flag(field); }

  /// The width that sums need is declared, and recomputed. @throws Error where they differ
  void accumulator_bits(int needed) const {
    const int declared = integer("accumulator_bits", 1, 64);
    if (declared == needed) return;
    throw Error(
        where(),
        fmt::format("declares {} accumulator bits but its weights need {}", declared, needed),
        "the file is damaged");
  }

  std::string name;
  std::string type;

 private:
  template <typename Scalar>
  std::vector<Scalar> take(const std::string& tensor, const std::vector<std::int64_t>& shape) {
    used_.insert(name + "." + tensor);
    return content_.values<Scalar>(name + "." + tensor, shape);
  }

  JsonObject object_;
  const SafeTensors& content_;
  std::set<std::string>& used_;
};

EmbeddingLayer read_embedding(LayerReader& reader) {
  reader.engine("golden");
  reader.only({"entries", "features", "frac"});
  EmbeddingLayer layer;
  layer.name = reader.name;
  layer.frac = reader.integer("frac", 0, kStateFrac);
  layer.weight = reader.matrix("weight", reader.size("entries"), reader.size("features"));
  return layer;
}

InputKind read_input_kind(const LayerReader& reader) {
  const std::string kind = reader.text("input");
  if (kind == "one_hot") return InputKind::kOneHot;
  if (kind == "dense") return InputKind::kDense;
  throw Error(reader.where(), "has the unknown input " + shown_name(kind),
              "use 'one_hot' or 'dense'");
}

LstmLayer read_lstm(LayerReader& reader) {
  reader.engine("lstm");
  reader.only({"inputs", "units", "weight_format", "input", "input_frac", "pre_shift", "cell_frac",
               "threshold", "accumulator_bits", "norm_shift"});
  LstmLayer layer;
  layer.name = reader.name;
  layer.weight_format = weight_format_of(reader.text("weight_format"), reader.where());
  layer.input = read_input_kind(reader);
  layer.inputs = reader.integer("inputs", 1, kMaxLstmSize);
  layer.units = reader.integer("units", 1, kMaxLstmSize);
  layer.input_frac = reader.integer("input_frac", 0, kStateFrac);
  layer.pre_shift = reader.integer("pre_shift", 0, kMaxPreShift);
  layer.cell_frac = reader.integer("cell_frac", kMinCellFrac, kMaxCellFrac);
  layer.threshold = reader.integer("threshold", 0, kMaxThreshold);
  const int rows = 4 * layer.units;
  layer.weight_x = reader.weights("weight_x", layer.weight_format, rows, layer.inputs);
  layer.weight_h = reader.weights("weight_h", layer.weight_format, rows, layer.units);
  layer.scale_x = reader.vector<std::int16_t>("scale_x", rows);
  layer.scale_h = reader.vector<std::int16_t>("scale_h", rows);
  layer.bias = reader.vector<std::int16_t>("bias", rows);
  if (reader.has("norm_shift")) {
    layer.cell_norm = CellNorm{reader.integer("norm_shift", 0, kMaxNormShift),
                               reader.vector<std::int16_t>("norm_scale", layer.units),
                               reader.vector<std::int16_t>("norm_offset", layer.units)};
  }
  layer.initial_h = reader.optional_vector<std::int8_t>("initial_h", layer.units);
  layer.initial_c = reader.optional_vector<std::int16_t>("initial_c", layer.units);
  reader.accumulator_bits(layer.accumulator_bits());
  return layer;
}

LinearLayer read_linear(LayerReader& reader) {
  reader.engine("golden");
  reader.only({"inputs", "outputs", "logit_shift", "logit_frac"});
  LinearLayer layer;
  layer.name = reader.name;
  layer.logit_shift = reader.integer("logit_shift", 0, kMaxPreShift);
  layer.logit_frac = reader.integer("logit_frac", 0, kMaxLogitFrac);
  const int outputs = reader.size("outputs");
  layer.weight = reader.matrix("weight", outputs, reader.size("inputs"));
  layer.scale = reader.vector<std::int16_t>("scale", outputs);
  layer.bias = reader.vector<std::int32_t>("bias", outputs);
  return layer;
}

ConnectionMask read_mask(const LayerReader& reader, int outputs) {
  ConnectionMask mask;
  const std::string states = reader.text("mask_states");
  if (states != "plain" && states != "all") {
    throw Error(reader.where(), "has the unknown mask_states " + shown_name(states),
                "use 'plain' or 'all'");
  }
  mask.kind = states == "plain" ? LfsrKind::kPlain : LfsrKind::kAllStates;
  mask.bits = reader.integer("mask_bits", kMinLfsrBits, kMaxLfsrBits);
  mask.threshold =
      static_cast<std::uint32_t>(reader.integer("mask_threshold", 0, (1 << mask.bits) - 1));
  mask.groups = reader.integer("mask_groups", 1, outputs);
  return mask;
}

FcLayer read_fc(LayerReader& reader) {
  reader.engine("fc");
  std::vector<std::string> known{"inputs",      "outputs",     "weight_format",
                                 "input_frac",  "shift",       "relu",
                                 "output_frac", "connections", "accumulator_bits"};
  if (reader.has("mask_bits")) {
    known.insert(known.end(), {"mask_states", "mask_bits", "mask_threshold", "mask_groups"});
  }
  reader.only(known);
  FcLayer layer;
  layer.name = reader.name;
  layer.weight_format = weight_format_of(reader.text("weight_format"), reader.where());
  layer.inputs = reader.integer("inputs", 1, kMaxFcSize);
  layer.outputs = reader.integer("outputs", 1, kMaxFcSize);
  if (std::int64_t{layer.inputs} * layer.outputs > kMaxFcConnections) {
    throw Error(reader.where(), fmt::format("{} x {} connections are too many for golden",
                                            layer.inputs, layer.outputs));
  }
  layer.input_frac = reader.integer("input_frac", 0, kStateFrac);
  layer.shift = reader.integer("shift", 0, kMaxPreShift);
  layer.output_frac = reader.integer("output_frac", 0, kWordBits - 1);
  layer.relu = reader.flag("relu");
  if (reader.has("mask_bits")) layer.mask = read_mask(reader, layer.outputs);
  const std::vector<int> counts = layer.connection_counts();
  const auto existing = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  if (reader.integer("connections", 0, std::numeric_limits<int>::max()) != existing) {
    throw Error(reader.where(), fmt::format("its mask has {} connections", existing),
                "the file is damaged");
  }
  layer.weights = reader.weight_list("weight", layer.weight_format, existing);
  layer.scale = reader.vector<std::int16_t>("scale", layer.outputs);
  layer.bias = reader.vector<std::int32_t>("bias", layer.outputs);
  reader.accumulator_bits(layer.accumulator_bits());
  return layer;
}

ScLayer read_sc(LayerReader& reader) {
  reader.engine("sc");
  reader.only({"inputs", "outputs", "bipolar", "integral", "length", "states"});
  ScLayer layer;
  layer.name = reader.name;
  layer.inputs = reader.integer("inputs", 1, kMaxScSize);
  layer.outputs = reader.integer("outputs", 1, kMaxScSize);
  layer.bipolar = reader.has("bipolar") && reader.flag("bipolar");
  layer.integral = reader.integer("integral", 1, kMaxIntegral);
  layer.length = reader.integer("length", 1, kMaxStreamLength);
  layer.states = reader.integer("states", 0, kMaxCounterStates);
  layer.codes = reader.table<std::int16_t>("codes", layer.outputs, layer.inputs + 1);
  return layer;
}

Layer read_layer(LayerReader& reader) {
  if (reader.type == "embedding") return read_embedding(reader);
  if (reader.type == "lstm") return read_lstm(reader);
  if (reader.type == "linear") return read_linear(reader);
  if (reader.type == "fc") return read_fc(reader);
  if (reader.type == "sc") return read_sc(reader);
  throw Error(reader.where(), "has the unknown type " + shown_name(reader.type),
              "it was written by another version");
}

/// Puts a layer into the metadata and its numbers into the tensors.
class LayerWriter {
 public:
  explicit LayerWriter(SafeTensors& content) : content_(content) {}

  json operator()(const EmbeddingLayer& layer) {
    matrix(layer.name, "weight", layer.weight);
    return {{"type", "embedding"},
            {"engine", "golden"},
            {"name", layer.name},
            {"entries", layer.weight.rows()},
            {"features", layer.weight.cols()},
            {"frac", layer.frac}};
  }

  json operator()(const LstmLayer& layer) {
    weights(layer, "weight_x", layer.weight_x);
    weights(layer, "weight_h", layer.weight_h);
    vector(layer.name, "scale_x", layer.scale_x);
    vector(layer.name, "scale_h", layer.scale_h);
    vector(layer.name, "bias", layer.bias);
    if (!layer.initial_h.empty()) vector(layer.name, "initial_h", layer.initial_h);
    if (!layer.initial_c.empty()) vector(layer.name, "initial_c", layer.initial_c);
    json fields = {{"type", "lstm"},
                   {"engine", "lstm"},
                   {"name", layer.name},
                   {"inputs", layer.inputs},
                   {"units", layer.units},
                   {"weight_format", name_of(layer.weight_format)},
                   {"input", layer.input == InputKind::kOneHot ? "one_hot" : "dense"},
                   {"input_frac", layer.input_frac},
                   {"pre_shift", layer.pre_shift},
                   {"cell_frac", layer.cell_frac},
                   {"threshold", layer.threshold},
                   {"accumulator_bits", layer.accumulator_bits()}};
    if (layer.cell_norm) {
      fields["norm_shift"] = layer.cell_norm->shift;
      vector(layer.name, "norm_scale", layer.cell_norm->scale);
      vector(layer.name, "norm_offset", layer.cell_norm->offset);
    }
    return fields;
  }

  json operator()(const FcLayer& layer) {
    const WeightMatrix row = Eigen::Map<const WeightMatrix>(
        layer.weights.data(), 1, static_cast<Eigen::Index>(layer.weights.size()));
    vector(layer.name, "weight", pack_weights(row, layer.weight_format));
    vector(layer.name, "scale", layer.scale);
    vector(layer.name, "bias", layer.bias);
    json fields = {{"type", "fc"},
                   {"engine", "fc"},
                   {"name", layer.name},
                   {"inputs", layer.inputs},
                   {"outputs", layer.outputs},
                   {"weight_format", name_of(layer.weight_format)},
                   {"input_frac", layer.input_frac},
                   {"shift", layer.shift},
                   {"output_frac", layer.output_frac},
                   {"relu", layer.relu},
                   {"connections", layer.weights.size()},
                   {"accumulator_bits", layer.accumulator_bits()}};
    if (layer.mask) {
      fields["mask_states"] = name_of(layer.mask->kind);
      fields["mask_bits"] = layer.mask->bits;
      fields["mask_threshold"] = layer.mask->threshold;
      fields["mask_groups"] = layer.mask->groups;
    }
    return fields;
  }

  json operator()(const ScLayer& layer) {
    content_.tensors[layer.name + ".codes"] =
        make_tensor({layer.outputs, layer.inputs + 1}, layer.codes.data());
    return {{"type", "sc"},
            {"engine", "sc"},
            {"name", layer.name},
            {"inputs", layer.inputs},
            {"outputs", layer.outputs},
            {"bipolar", layer.bipolar},
            {"integral", layer.integral},
            {"length", layer.length},
            {"states", layer.states}};
  }

  json operator()(const LinearLayer& layer) {
    matrix(layer.name, "weight", layer.weight);
    vector(layer.name, "scale", layer.scale);
    vector(layer.name, "bias", layer.bias);
    return {{"type", "linear"},
            {"engine", "golden"},
            {"name", layer.name},
            {"inputs", layer.weight.cols()},
            {"outputs", layer.weight.rows()},
            {"logit_shift", layer.logit_shift},
            {"logit_frac", layer.logit_frac}};
  }

 private:
  void weights(const LstmLayer& layer, const std::string& tensor, const WeightMatrix& values) {
    if (layer.weight_format == WeightFormat::kInt8) {
      return matrix(layer.name, tensor, values.cast<std::int8_t>());
    }
    const std::vector<std::uint8_t> bytes = pack_weights(values, layer.weight_format);
    content_.tensors[layer.name + "." + tensor] = make_tensor(
        {values.rows(), packed_row_bytes(layer.weight_format, values.cols())}, bytes.data());
  }
  void matrix(const std::string& layer, const std::string& tensor, const Int8Matrix& values) {
    content_.tensors[layer + "." + tensor] =
        make_tensor({values.rows(), values.cols()}, values.data());
  }
  template <typename Scalar>
  void vector(const std::string& layer, const std::string& tensor,
              const std::vector<Scalar>& values) {
    content_.tensors[layer + "." + tensor] =
        make_tensor({static_cast<std::int64_t>(values.size())}, values.data());
  }

  SafeTensors& content_;
};

int row_bits(const WeightMatrix& weight) {
  int bits = 1;
  for (Eigen::Index row = 0; row < weight.rows(); ++row) {
    std::int64_t positive = 0;
    std::int64_t negative = 0;
    for (Eigen::Index column = 0; column < weight.cols(); ++column) {
      const int value = weight(row, column);
      (value > 0 ? positive : negative) += std::abs(value);
    }
    // Inputs are -128..127: a positive weight reaches further down, a negative one further up.
    const std::int64_t low = -128 * positive - 127 * negative;
    const std::int64_t high = 127 * positive + 128 * negative;
    bits = std::max(bits, signed_bits(low, high));
  }
  return bits;
}

}  // namespace

int LstmLayer::accumulator_bits() const { return std::max(row_bits(weight_x), row_bits(weight_h)); }

std::uint64_t LstmLayer::weight_memory_bits() const {
  const auto weights = static_cast<std::uint64_t>(weight_x.size() + weight_h.size());
  return weights * static_cast<std::uint64_t>(weight_bits(weight_format));
}

std::uint64_t LstmLayer::constant_memory_bits() const {
  std::size_t words = scale_x.size() + scale_h.size() + bias.size();
  if (cell_norm) words += cell_norm->scale.size() + cell_norm->offset.size();
  return static_cast<std::uint64_t>(words) * kWordBits;
}

Bundle read_bundle(const std::filesystem::path& file) {
  const SafeTensors content = read_safetensors(file);
  const std::string& where = content.where;
  const auto metadata = content.metadata.find(kMetadata);
  if (metadata == content.metadata.end()) {
    throw Error(where, "is no bundle: it has no metadata string 'lacuna.bundle'",
                "turn float weights into a bundle with 'lacuna import'");
  }
  Bundle bundle;
  bundle.facts = parse_json(metadata->second, where + ", metadata lacuna.bundle");
  const std::string format = JsonObject(bundle.facts, where).text("format");
  if (format != kFormat) {
    throw Error(where, "has the unknown format " + shown_name(format),
                std::string("this program reads ") + kFormat);
  }
  const auto layers = bundle.facts.find("layers");
  if (layers == bundle.facts.end() || !layers->is_array()) {
    throw Error(where, "has no list 'layers'");
  }
  std::set<std::string> used;
  for (const json& value : *layers) {
    LayerReader reader(value, content, used);
    bundle.layers.push_back(read_layer(reader));
  }
  for (const auto& [name, tensor] : content.tensors) {
    if (used.count(name) == 0) {
      throw Error(where, "has the tensor " + shown_name(name) + " that belongs to no layer");
    }
  }
  bundle.facts.erase("format");
  bundle.facts.erase("layers");
  validate(bundle, where);
  return bundle;
}

void write_bundle(const Bundle& bundle, const std::filesystem::path& file) {
  validate(bundle, file.string());
  SafeTensors content;
  json metadata = bundle.facts;
  metadata["format"] = kFormat;
  json& layers = metadata["layers"] = json::array();
  for (const Layer& layer : bundle.layers) {
    layers.push_back(std::visit(LayerWriter(content), layer));
  }
  content.metadata[kMetadata] = dump_json(metadata);
  write_safetensors(content, file);
}

std::string bundle_hash(const std::filesystem::path& file) { return sha256_file(file); }

}  // namespace lacuna::golden
