// SPDX-License-Identifier: Apache-2.0
// Float weights under the names of PyTorch's modules (docs/bundle.md, "Float weights").
#include "golden/float_network.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <regex>
#include <set>

#include "golden/error.h"
#include "golden/safetensors.h"
#include "golden/strict_json.h"

namespace lacuna::golden {
namespace {

using nlohmann::json;

constexpr const char* kMetadata = "lacuna.facts";
constexpr int kMaxLayers = 64;

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// Which tensor of the file plays which part.
struct Names {
  std::string lstm_prefix;
  std::set<int> lstm_layers;
  std::string embedding;
  std::string linear;  ///< without ".weight"; empty: none
};

/// Sorts tensors by their names alone. @throws Error for what lacuna has no engine for.
class NameSorter {
 public:
  explicit NameSorter(const SafeTensors& content) : content_(content) {
    for (const auto& [name, tensor] : content.tensors) sort(name);
    if (names_.lstm_layers.empty()) {
      throw Error(content_.where, "has no tensor weight_ih_l0 of an LSTM",
                  "save the state_dict of a network with torch.nn.LSTM");
    }
    for (const auto& [name, layer] : ours_) {
      const bool known = names_.lstm_layers.count(layer.second) != 0;
      if (!known || layer.first != names_.lstm_prefix) fail(name, "is of no LSTM layer", "");
    }
    if (*names_.lstm_layers.rbegin() + 1 != static_cast<int>(names_.lstm_layers.size())) {
      throw Error(content_.where, "LSTM layers are not numbered l0, l1, ... without a gap");
    }
  }

  const Names& names() const { return names_; }

 private:
  void sort(const std::string& name) {
    static const std::regex kLstm(R"((|.*\.)(weight|bias)_(ih|hh|hr)_l(\d{1,4})(_reverse)?)");
    static const std::regex kOurs(
        R"((|.*\.)(cell_scale|cell_shift|initial_h|initial_c)_l(\d{1,4}))");
    std::smatch match;
    if (std::regex_match(name, match, kOurs)) {  // read with their layer
      ours_[name] = {match[1], std::stoi(match[3])};
      return;
    }
    if (std::regex_match(name, match, kLstm)) {
      if (match[5].matched) {
        fail(name, "is of a bidirectional LSTM", "only networks that run forward in time are read");
      }
      if (match[3] == "hr") {
        fail(name, "is of an LSTM with projections", "train it with proj_size=0");
      }
      lstm(name, match[1], std::stoi(match[4]));
    } else if (ends_with(name, ".weight")) {
      module(name, name.substr(0, name.size() - 7));
    } else if (!ends_with(name, ".bias") ||
               content_.tensors.count(name.substr(0, name.size() - 4) + "weight") == 0) {
      fail(name, "is of no LSTM, embedding or linear layer", "leave it out of the file");
    }
  }

  void lstm(const std::string& name, const std::string& prefix, int layer) {
    if (!names_.lstm_layers.empty() && prefix != names_.lstm_prefix) {
      fail(name, "is of a second LSTM", "stack layers with num_layers of one torch.nn.LSTM");
    }
    if (layer >= kMaxLayers) fail(name, "is of a layer beyond the 64th", "");
    names_.lstm_prefix = prefix;
    names_.lstm_layers.insert(layer);
  }

  void module(const std::string& name, const std::string& prefix) {
    const bool has_bias = content_.tensors.count(prefix + ".bias") != 0;
    std::string& slot = has_bias ? names_.linear : names_.embedding;
    if (!slot.empty()) {
      fail(name, has_bias ? "is of a second linear layer" : "is of a second embedding",
           "one embedding (no bias) and one linear layer (with bias) are read");
    }
    slot = prefix;
  }

  [[noreturn]] void fail(const std::string& name, const char* what, const char* hint) const {
    throw Error(content_.where + ", tensor " + shown_name(name), what, hint);
  }

  const SafeTensors& content_;
  Names names_;
  std::map<std::string, std::pair<std::string, int>> ours_;  ///< prefix and layer by name
};

/// Shape that a tensor must have; -1 stands for any size of at least 1.
using Shape = std::vector<std::int64_t>;

std::vector<float> read_values(const SafeTensors& content, const std::string& name,
                               const Shape& shape) {
  const Tensor& tensor = content.at(name);
  bool fits = tensor.shape.size() == shape.size();
  for (std::size_t i = 0; fits && i < shape.size(); ++i) {
    fits = tensor.shape[i] > 0 && (shape[i] < 0 || shape[i] == tensor.shape[i]);
  }
  if (!fits) {
    std::string expected = fmt::format("[{}]", fmt::join(shape, ", "));
    expected = std::regex_replace(expected, std::regex("-1"), "any");
    throw Error(
        content.where + ", tensor " + shown_name(name),
        fmt::format("has shape [{}], {} is needed", fmt::join(tensor.shape, ", "), expected),
        "layers must fit each other");
  }
  return content.floats(name);
}

FloatMatrix read_matrix(const SafeTensors& content, const std::string& name, std::int64_t rows,
                        std::int64_t columns) {
  const std::vector<float> values = read_values(content, name, {rows, columns});
  const Shape& shape = content.at(name).shape;
  return Eigen::Map<const FloatMatrix>(values.data(), shape[0], shape[1]);
}

FloatVector read_vector(const SafeTensors& content, const std::string& name, std::int64_t size) {
  const std::vector<float> values = read_values(content, name, {size});
  return Eigen::Map<const FloatVector>(values.data(), static_cast<Eigen::Index>(values.size()));
}

FloatLstm read_lstm(const SafeTensors& content, const std::string& prefix, int index,
                    std::int64_t inputs) {
  const auto name = [&](const char* part) { return fmt::format("{}{}_l{}", prefix, part, index); };
  FloatLstm layer;
  layer.weight_h = read_matrix(content, name("weight_hh"), -1, -1);
  const std::int64_t rows = 4 * layer.weight_h.cols();
  layer.weight_h = read_matrix(content, name("weight_hh"), rows, layer.weight_h.cols());
  layer.weight_x = read_matrix(content, name("weight_ih"), rows, inputs);
  layer.bias = FloatVector::Zero(rows);
  const bool without_bias =
      content.tensors.count(name("bias_ih")) == 0 && content.tensors.count(name("bias_hh")) == 0;
  if (!without_bias) {
    layer.bias =
        read_vector(content, name("bias_ih"), rows) + read_vector(content, name("bias_hh"), rows);
  }
  const auto optional = [&](const char* part) {
    if (content.tensors.count(name(part)) == 0) return FloatVector{};
    return read_vector(content, name(part), layer.units());
  };
  layer.cell_scale = optional("cell_scale");
  layer.cell_shift = optional("cell_shift");
  if (layer.cell_scale.size() != layer.cell_shift.size()) {
    throw Error(content.where, fmt::format("layer {} has one of cell_scale and cell_shift", index),
                "a normalised cell has both");
  }
  layer.initial_h = optional("initial_h");
  layer.initial_c = optional("initial_c");
  return layer;
}

void read_thresholds(FloatNetwork& network, const std::string& where) {
  const auto found = network.facts.find("thresholds");
  if (found == network.facts.end()) return;
  if (!found->is_array() || found->size() != network.lstm.size()) {
    throw Error(where, "metadata 'thresholds' must be a list with one number an LSTM layer");
  }
  for (std::size_t i = 0; i < network.lstm.size(); ++i) {
    const json& value = (*found)[i];
    if (!value.is_number() || !(value.get<double>() >= 0 && value.get<double>() < 1)) {
      throw Error(where, "metadata 'thresholds' must hold numbers from 0 to below 1");
    }
    network.lstm[i].threshold = value.get<float>();
  }
  network.facts.erase(found);
}

void read_formats(FloatNetwork& network, const std::string& where) {
  const auto found = network.facts.find("weight_formats");
  if (found == network.facts.end()) return;
  if (!found->is_array() || found->size() != network.lstm.size()) {
    throw Error(where, "metadata 'weight_formats' must be a list with one name an LSTM layer");
  }
  for (std::size_t i = 0; i < network.lstm.size(); ++i) {
    const json& value = (*found)[i];
    network.lstm[i].format =
        weight_format_of(value.is_string() ? value.get<std::string>() : value.dump(), where);
  }
  network.facts.erase(found);
}

Tensor to_tensor(const FloatMatrix& matrix) {
  return make_tensor({matrix.rows(), matrix.cols()}, matrix.data());
}
Tensor to_tensor(const FloatVector& vector) { return make_tensor({vector.size()}, vector.data()); }

}  // namespace

FloatNetwork read_float_network(const std::filesystem::path& file) {
  const SafeTensors content = read_safetensors(file);
  if (content.metadata.count("lacuna.bundle") != 0) {
    throw Error(content.where, "is a bundle already", "give the float weights it was made from");
  }
  const Names names = NameSorter(content).names();
  FloatNetwork network;
  std::int64_t inputs = -1;
  if (!names.embedding.empty()) {
    network.embedding = read_matrix(content, names.embedding + ".weight", -1, -1);
    inputs = network.embedding->cols();
  }
  for (const int layer : names.lstm_layers) {
    network.lstm.push_back(read_lstm(content, names.lstm_prefix, layer, inputs));
    inputs = network.lstm.back().units();
  }
  if (!names.linear.empty()) {
    FloatLinear linear;
    linear.weight = read_matrix(content, names.linear + ".weight", -1, inputs);
    linear.bias = read_vector(content, names.linear + ".bias", linear.weight.rows());
    network.linear = std::move(linear);
  }
  const auto facts = content.metadata.find(kMetadata);
  if (facts != content.metadata.end()) {
    const std::string where = content.where + ", metadata lacuna.facts";
    network.facts = parse_json(facts->second, where);
    if (!network.facts.is_object()) throw Error(where, "must be a JSON object");
    read_thresholds(network, content.where);
    read_formats(network, content.where);
  }
  return network;
}

void write_float_network(const FloatNetwork& network, const std::filesystem::path& file) {
  SafeTensors content;
  if (network.embedding) content.tensors["embedding.weight"] = to_tensor(*network.embedding);
  json facts = network.facts;
  json thresholds = json::array(), formats = json::array();
  for (std::size_t i = 0; i < network.lstm.size(); ++i) {
    const FloatLstm& layer = network.lstm[i];
    const auto name = [&](const char* part) { return fmt::format("lstm.{}_l{}", part, i); };
    content.tensors[name("weight_ih")] = to_tensor(layer.weight_x);
    content.tensors[name("weight_hh")] = to_tensor(layer.weight_h);
    content.tensors[name("bias_ih")] = to_tensor(layer.bias);
    content.tensors[name("bias_hh")] = to_tensor(FloatVector(FloatVector::Zero(layer.bias.size())));
    const auto optional = [&](const char* part, const FloatVector& values) {
      if (values.size() > 0) content.tensors[name(part)] = to_tensor(values);
    };
    optional("cell_scale", layer.cell_scale);
    optional("cell_shift", layer.cell_shift);
    optional("initial_h", layer.initial_h);
    optional("initial_c", layer.initial_c);
    thresholds.push_back(layer.threshold);
    formats.push_back(name_of(layer.format));
  }
  facts["thresholds"] = thresholds;
  facts["weight_formats"] = formats;
  if (network.linear) {
    content.tensors["linear.weight"] = to_tensor(network.linear->weight);
    content.tensors["linear.bias"] = to_tensor(network.linear->bias);
  }
  content.metadata[kMetadata] = dump_json(facts);
  write_safetensors(content, file);
}

}  // namespace lacuna::golden
