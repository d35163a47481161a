// SPDX-License-Identifier: Apache-2.0
// From float weights to a bundle in one call.
#include "golden/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/npy.h"
#include "golden/sha.h"
#include "golden/strict_json.h"
#include "golden/text.h"

namespace lacuna::golden {
namespace {

using nlohmann::json;

constexpr std::size_t kTextStreams = 16;
constexpr std::size_t kTextSteps = 400;
constexpr std::int64_t kDenseStreams = 64;
constexpr std::int64_t kDenseSteps = 2000;

int symbols_of(const FloatNetwork& network) {
  return network.embedding ? static_cast<int>(network.embedding->rows())
                           : network.lstm.front().inputs();
}

Vocabulary choose_vocabulary(const std::string& text, FloatNetwork& network,
                             const std::string& where) {
  if (!network.facts.contains("task")) network.facts["task"] = "characters";
  if (network.facts.contains("vocabulary")) return Vocabulary::of_facts(network.facts, where);
  const std::string task = JsonObject(network.facts, where).text("task");
  Vocabulary vocabulary = Vocabulary::of_text(text, text_unit(task), where);
  if (vocabulary.size() != symbols_of(network)) {
    throw Error(where,
                fmt::format("has {} different {}, the network takes {}", vocabulary.size(), task,
                            symbols_of(network)),
                "put the vocabulary into the weights' metadata lacuna.facts");
  }
  network.facts["vocabulary"] = vocabulary.symbols();
  return vocabulary;
}

CalibrationData text_data(const std::filesystem::path& file, FloatNetwork& network) {
  const std::string text = read_text(file);
  const std::vector<int> ids =
      choose_vocabulary(text, network, file.string()).encode(text, file.string());
  const std::size_t streams = std::clamp<std::size_t>(ids.size() / kTextSteps, 1, kTextStreams);
  const std::size_t share = ids.size() / streams;
  CalibrationData data;
  for (std::size_t stream = 0; stream < streams; ++stream) {
    const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(stream * share);
    data.tokens.emplace_back(begin,
                             begin + static_cast<std::ptrdiff_t>(std::min(share, kTextSteps)));
  }
  return data;
}

CalibrationData array_data(const std::filesystem::path& file) {
  NpyArray array = read_npy(file);
  if (array.shape.size() == 2) array.shape.insert(array.shape.begin(), 1);
  if (array.shape.size() != 3 || array.values.empty()) {
    throw Error(file.string(), "must have the shape [streams, steps, inputs] or [steps, inputs]");
  }
  const std::int64_t steps = array.shape[1];
  const std::int64_t inputs = array.shape[2];
  CalibrationData data;
  for (std::int64_t stream = 0; stream < std::min(array.shape[0], kDenseStreams); ++stream) {
    const Eigen::Map<const FloatMatrix> values(array.values.data() + stream * steps * inputs, steps,
                                               inputs);
    data.dense.emplace_back(values.topRows(std::min(steps, kDenseSteps)));
  }
  return data;
}

/// What is known without data: the widest cell, inputs within -1..1.
CalibrationReport widest(const FloatNetwork& network) {
  CalibrationReport report;
  const bool symbols = network.facts.contains("vocabulary") && !network.embedding;
  report.input = symbols ? InputKind::kOneHot : InputKind::kDense;
  report.cell_maximum.assign(network.lstm.size(), 100.0F);
  report.input_maximum.assign(network.lstm.size(), 1.0F);
  return report;
}

void check(const ImportOptions& options) {
  if (options.engine != "lstm") {
    throw Error("engine '" + options.engine + "'", "is unknown", "use 'lstm'");
  }
  if (options.threshold && options.sparsity) {
    throw Error("threshold and sparsity", "exclude each other", "give one of them");
  }
  if (options.sparsity && !options.calibration) {
    throw Error("sparsity", "needs calibration data", "add --calibrate FILE");
  }
}

json layer_report(const LstmLayer& layer, const FloatLstm& source, const CalibrationReport& report,
                  std::size_t index) {
  json entry = {{"name", layer.name},
                {"inputs", layer.inputs},
                {"units", layer.units},
                {"input", layer.input == InputKind::kOneHot ? "one_hot" : "dense"},
                {"input_frac", layer.input_frac},
                {"pre_shift", layer.pre_shift},
                {"cell_frac", layer.cell_frac},
                {"threshold", layer.threshold},
                {"threshold_real", source.threshold},
                {"accumulator_bits", layer.accumulator_bits()}};
  if (!report.state_sparsity.empty()) {
    entry["cell_maximum"] = report.cell_maximum[index];
    entry["state_sparsity"] = report.state_sparsity[index];
  }
  return entry;
}

}  // namespace

CalibrationData read_calibration(const std::filesystem::path& file, FloatNetwork& network) {
  return file.extension() == ".npy" ? array_data(file) : text_data(file, network);
}

json import_network(const ImportOptions& options) {
  check(options);
  FloatNetwork network = read_float_network(options.weights);
  if (options.task) network.facts["task"] = *options.task;
  std::optional<CalibrationData> data;
  if (options.calibration) data = read_calibration(*options.calibration, network);
  for (std::size_t i = 0; i < network.lstm.size(); ++i) {
    if (options.threshold) network.lstm[i].threshold = *options.threshold;
    if (options.sparsity) {
      network.lstm[i].threshold =
          threshold_for_sparsity(network, static_cast<int>(i), *options.sparsity, *data);
    }
  }
  const CalibrationReport report = data ? calibrate(network, *data) : widest(network);
  network.facts["imported"] = {{"weights", options.weights.filename().string()},
                               {"sha256", sha256_file(options.weights)}};
  const Bundle bundle = quantize(network, report);
  write_bundle(bundle, options.bundle);

  json layers = json::array();
  for (const Layer& layer : bundle.layers) {
    if (const auto* lstm = std::get_if<LstmLayer>(&layer)) {
      layers.push_back(layer_report(*lstm, network.lstm[layers.size()], report, layers.size()));
    }
  }
  return {{"schema", "lacuna.import/1"},
          {"weights", options.weights.string()},
          {"bundle", options.bundle.string()},
          {"sha256", bundle_hash(options.bundle)},
          {"engine", options.engine},
          {"task", bundle.facts.at("task")},
          {"calibration", options.calibration ? json(options.calibration->string()) : json()},
          {"layers", std::move(layers)}};
}

}  // namespace lacuna::golden
