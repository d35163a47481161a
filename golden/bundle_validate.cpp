// SPDX-License-Identifier: Apache-2.0
// What makes a bundle consistent: sizes, ranges, and layers that fit each other (docs/bundle.md).
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "golden/bundle.h"
#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/strict_json.h"

namespace lacuna::golden {
namespace {

constexpr int kSumBits = 32;  ///< of golden's row sums

/// Walks the chain and remembers what the last layer gave.
class Chain {
 public:
  Chain(const Bundle& bundle, const std::string& where) : where_(where) {
    const auto vocabulary = bundle.facts.find("vocabulary");
    if (vocabulary != bundle.facts.end()) symbols_ = static_cast<int>(vocabulary->size());
  }

  void operator()(const EmbeddingLayer& layer) {
    enter(layer.name);
    if (source_ != Source::kInput) fail("an embedding must be the first layer");
    if (layer.weight.size() == 0) fail("has no numbers");
    range("frac", layer.frac, 0, kStateFrac);
    if (symbols_ >= 0) equal("entries", layer.weight.rows(), "symbols of the vocabulary", symbols_);
    leave(Source::kEmbedding, layer.weight.cols(), layer.frac);
  }

  void operator()(const LstmLayer& layer) {
    enter(layer.name);
    sizes(layer);
    weights(layer, layer.weight_x);
    weights(layer, layer.weight_h);
    sum_width(layer.accumulator_bits());
    range("input_frac", layer.input_frac, 0, kStateFrac);
    range("pre_shift", layer.pre_shift, 0, kMaxPreShift);
    range("cell_frac", layer.cell_frac, kMinCellFrac, kMaxCellFrac);
    range("threshold", layer.threshold, 0, kMaxThreshold);
    if (layer.input == InputKind::kOneHot) {
      if (source_ != Source::kInput) fail("takes one-hot symbols but is not the first layer");
      equal("input_frac", layer.input_frac, "the one-hot format", kOneHotFrac);
      if (symbols_ >= 0) equal("inputs", layer.inputs, "symbols of the vocabulary", symbols_);
    } else if (source_ == Source::kInput) {
      if (symbols_ >= 0) fail("takes dense input, but the bundle has a vocabulary");
    } else {
      equal("inputs", layer.inputs, "outputs of the layer before", outputs_);
      equal("input_frac", layer.input_frac, "fraction bits of the layer before", frac_);
    }
    leave(Source::kStates, layer.units, kStateFrac);
  }

  void operator()(const LinearLayer& layer) {
    enter(layer.name);
    if (source_ != Source::kStates) fail("a linear layer must follow an lstm layer");
    if (layer.weight.size() == 0) fail("has no numbers");
    equal("inputs", layer.weight.cols(), "units of the layer before", outputs_);
    equal("scale", layer.scale.size(), "outputs", layer.weight.rows());
    equal("bias", layer.bias.size(), "outputs", layer.weight.rows());
    range("logit_shift", layer.logit_shift, 0, kMaxPreShift);
    range("logit_frac", layer.logit_frac, 0, kMaxLogitFrac);
    if (symbols_ >= 0) {
      equal("outputs", layer.weight.rows(), "symbols of the vocabulary", symbols_);
    }
    leave(Source::kLogits, layer.weight.rows(), layer.logit_frac);
  }

  void operator()(const FcLayer& layer) {
    enter(layer.name);
    if (source_ != Source::kInput && source_ != Source::kActivations) {
      fail("a fully-connected layer must be the first or follow another with relu");
    }
    range("inputs", layer.inputs, 1, kMaxFcSize);
    range("outputs", layer.outputs, 1, kMaxFcSize);
    if (std::int64_t{layer.inputs} * layer.outputs > kMaxFcConnections) {
      fail(fmt::format("{} x {} connections are too many for golden", layer.inputs, layer.outputs));
    }
    range("input_frac", layer.input_frac, 0, kStateFrac);
    range("shift", layer.shift, 0, kMaxPreShift);
    range("output_frac", layer.output_frac, 0, layer.relu ? kStateFrac : kWordBits - 1);
    if (layer.mask) {
      range("mask_bits", layer.mask->bits, kMinLfsrBits, kMaxLfsrBits);
      range("mask_groups", layer.mask->groups, 1, layer.outputs);
      range("mask_threshold", static_cast<int>(layer.mask->threshold), 0,
            (1 << layer.mask->bits) - 1);
    }
    const std::vector<int> counts = layer.connection_counts();
    equal("weights", layer.weights.size(), "connections",
          std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
    equal("scale", layer.scale.size(), "outputs", layer.outputs);
    equal("bias", layer.bias.size(), "outputs", layer.outputs);
    for (const std::int16_t weight : layer.weights) holds_weight(layer.weight_format, weight);
    sum_width(layer.accumulator_bits());
    if (source_ == Source::kActivations) {
      equal("inputs", layer.inputs, "outputs of the layer before", outputs_);
      equal("input_frac", layer.input_frac, "fraction bits of the layer before", frac_);
    }
    leave(layer.relu ? Source::kActivations : Source::kLogits, layer.outputs, layer.output_frac);
    has_outputs_ = true;
  }

  void operator()(const ScLayer& layer) {
    enter(layer.name);
    if (source_ != Source::kInput && source_ != Source::kStreams) {
      fail("a stochastic layer must be the first or follow another with counters");
    }
    range("inputs", layer.inputs, 1, kMaxScSize);
    range("outputs", layer.outputs, 1, kMaxScSize);
    range("integral", layer.integral, 1, kMaxIntegral);
    range("length", layer.length, 1, kMaxStreamLength);
    range("states", layer.states, 0, kMaxCounterStates);
    if (layer.states % 2 != 0) fail(fmt::format("states is {}, which is not even", layer.states));
    equal("codes", layer.codes.size(), "outputs x (inputs + 1)",
          std::int64_t{layer.outputs} * (layer.inputs + 1));
    for (const std::int16_t code : layer.codes) range("code", code, 0, kStreamStates - 1);
    if (std::int64_t{layer.length} * layer.outputs * layer.integral * ((layer.inputs + 63) / 64) >
        kMaxScWords) {
      fail("has more weight streams than golden holds");
    }
    if (source_ == Source::kStreams) {
      equal("inputs", layer.inputs, "outputs of the layer before", outputs_);
      equal("bipolar", layer.bipolar, "that of the layer before", bipolar_);
      equal("integral", layer.integral, "that of the layer before", integral_);
      equal("length", layer.length, "that of the layer before", length_);
    }
    bipolar_ = layer.bipolar;
    integral_ = layer.integral;
    length_ = layer.length;
    leave(layer.states > 0 ? Source::kStreams : Source::kLogits, layer.outputs, 0);
    has_outputs_ = true;
  }

  void finish() const {
    if (!has_states_ && !has_outputs_) throw Error(where_, "has no lstm, fc or sc layer");
    if (source_ == Source::kStreams) fail("the last stochastic layer must accumulate: states 0");
  }

 private:
  enum class Source { kInput, kEmbedding, kStates, kActivations, kStreams, kLogits };

  void enter(const std::string& name) {
    const auto plain = [](unsigned char c) {
      return c < 128 && (std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.');
    };
    layer_ = where_ + ", layer " + shown_name(name);
    if (name.empty() || name.size() > 64 || !std::all_of(name.begin(), name.end(), plain)) {
      fail("the name must be 1 to 64 letters, digits, '_', '-' or '.'");
    }
    if (!names_.insert(name).second) fail("the name is taken by another layer");
  }

  void leave(Source source, Eigen::Index outputs, int frac) {
    source_ = source;
    outputs_ = outputs;
    frac_ = frac;
    has_states_ = has_states_ || source == Source::kStates;
  }

  void sizes(const LstmLayer& layer) const {
    range("inputs", layer.inputs, 1, kMaxLstmSize);
    range("units", layer.units, 1, kMaxLstmSize);
    const std::int64_t rows = std::int64_t{4} * layer.units;
    equal("rows of weight_x", layer.weight_x.rows(), "4 units", rows);
    equal("columns of weight_x", layer.weight_x.cols(), "inputs", layer.inputs);
    equal("rows of weight_h", layer.weight_h.rows(), "4 units", rows);
    equal("columns of weight_h", layer.weight_h.cols(), "units", layer.units);
    equal("scale_x", layer.scale_x.size(), "4 units", rows);
    equal("scale_h", layer.scale_h.size(), "4 units", rows);
    equal("bias", layer.bias.size(), "4 units", rows);
    if (layer.cell_norm) {
      range("norm_shift", layer.cell_norm->shift, 0, kMaxNormShift);
      equal("norm_scale", layer.cell_norm->scale.size(), "units", layer.units);
      equal("norm_offset", layer.cell_norm->offset.size(), "units", layer.units);
    }
    if (!layer.initial_h.empty()) equal("initial_h", layer.initial_h.size(), "units", layer.units);
    if (!layer.initial_c.empty()) equal("initial_c", layer.initial_c.size(), "units", layer.units);
  }

  void weights(const LstmLayer& layer, const WeightMatrix& weight) const {
    for (Eigen::Index at = 0; at < weight.size(); ++at)
      holds_weight(layer.weight_format, weight.data()[at]);
  }

  void holds_weight(WeightFormat format, int weight) const {
    if (!holds(format, weight))
      fail(fmt::format("the weight {} is not {}", weight, name_of(format)));
  }

  void sum_width(int bits) const {
    if (bits > kSumBits) fail(fmt::format("sums need {} bits, golden has {}", bits, kSumBits));
  }

  template <typename Left, typename Right>
  void equal(const char* name, Left value, const char* other, Right expected) const {
    if (static_cast<std::int64_t>(value) != static_cast<std::int64_t>(expected)) {
      fail(fmt::format("{} is {} but {} is {}", name, value, other, expected));
    }
  }

  void range(const char* name, int value, int low, int high) const {
    if (value < low || value > high) {
      fail(fmt::format("{} is {}, outside {}..{}", name, value, low, high));
    }
  }

  [[noreturn]] void fail(const std::string& what) const { throw Error(layer_, what); }

  const std::string& where_;
  std::string layer_;
  std::set<std::string> names_;
  int symbols_ = -1;  ///< size of the vocabulary; -1: none
  Source source_ = Source::kInput;
  Eigen::Index outputs_ = 0;
  int frac_ = 0;
  bool bipolar_ = false;
  int integral_ = 0, length_ = 0;  ///< of the stochastic layer before
  bool has_states_ = false, has_outputs_ = false;
};

void validate_vocabulary(const nlohmann::json& facts, const std::string& task,
                         const std::string& where) {
  const bool textual = task == "characters" || task == "words";
  const auto vocabulary = facts.find("vocabulary");
  if ((vocabulary != facts.end()) != textual) {
    throw Error(where, textual ? "has no vocabulary" : "has a vocabulary but no text",
                "tasks 'characters' and 'words' have one, others none");
  }
  if (!textual) return;
  if (!vocabulary->is_array()) throw Error(where, "the vocabulary must be a list");
  std::set<std::string> symbols;
  for (const nlohmann::json& symbol : *vocabulary) {
    if (!symbol.is_string() || symbol.get<std::string>().empty()) {
      throw Error(where, "the vocabulary must hold strings that are not empty");
    }
    if (!symbols.insert(symbol.get<std::string>()).second) {
      throw Error(where, "the vocabulary has " + shown_name(symbol.get<std::string>()) + " twice");
    }
  }
}

}  // namespace

void validate(const Bundle& bundle, const std::string& where) {
  static const std::set<std::string> kTasks = {"characters", "words", "pixels", "rows", "generic"};
  const std::string task = JsonObject(bundle.facts, where).text("task");
  if (kTasks.count(task) == 0) {
    throw Error(where, "has the unknown task " + shown_name(task),
                "use characters, words, pixels, rows or generic");
  }
  validate_vocabulary(bundle.facts, task, where);
  Chain chain(bundle, where);
  for (const Layer& layer : bundle.layers) std::visit(chain, layer);
  chain.finish();
}

}  // namespace lacuna::golden
