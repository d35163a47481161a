// SPDX-License-Identifier: Apache-2.0
#include "models/train.h"

#include <ATen/Parallel.h>
#include <malloc.h>

#include <limits>

#include "golden/atomic_file.h"
#include "golden/error.h"
#include "golden/quantize.h"
#include "models/data/cifar10.h"
#include "models/data/sets.h"
#include "models/fc/fc_train.h"
#include "models/sc/sc_train.h"
#include "models/threshold_search.h"
#include "models/trainer.h"

namespace lacuna::models {
namespace {

namespace fs = std::filesystem;

/// The C library gives large blocks back to the system when they are freed, so that every step
/// would fault and clear its pages anew: a tenth of the time.
void keep_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
#endif
}

/// The folder, processors and memory of a run.
void prepare(const fs::path& folder, int threads) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) throw Error(folder.string(), code.message(), "choose another --out");
  at::set_num_threads(threads);  // OpenMP may report one
  keep_memory();
}

golden::Bundle quantised(const golden::FloatNetwork& network, const Task& task) {
  return golden::quantize(network, golden::calibrate(network, task.calibration()));
}

/// The test score of the integer network over its sparsity: what other thresholds than the trained
/// one would give without training for them.
nlohmann::json threshold_curve(golden::FloatNetwork network, const Task& task) {
  constexpr double kShares[] = {0, 0.5, 0.75, 1, 1.25, 1.5, 2};
  const int trained = grid_index(network.lstm.front().threshold);
  nlohmann::json curve = nlohmann::json::array();
  int last = -1;
  for (const double share : kShares) {
    const int index = std::min(static_cast<int>(share * trained + 0.5), golden::kMaxThreshold);
    if (index == last) continue;  // a low threshold has few neighbours
    last = index;
    network.lstm.front().threshold = grid_threshold(index);
    curve.push_back(to_json(task.evaluate(quantised(network, task), Part::kTest)));
    curve.back()["threshold"] = grid_threshold(index);
  }
  return curve;
}

template <typename Measure>
nlohmann::json on_held_out_data(Measure measure) {
  return {{"valid", to_json(measure(Part::kValid))}, {"test", to_json(measure(Part::kTest))}};
}

nlohmann::json train_lstm(const std::string& experiment, const Settings& settings,
                          const fs::path& data, const fs::path& out) {
  const auto task = make_task(settings, data);
  Trainer trainer(settings, *task, out / "checkpoint.pt");
  trainer.train();
  nlohmann::json search;
  if (settings.threshold_rule == "allowed_loss") {
    search = search_threshold(trainer, *task, settings);
  }

  const nlohmann::json figures = on_held_out_data([&](Part part) {
    return task->evaluate(trainer.network(), part, trainer.threshold(), Precision::kFloat32);
  });
  nlohmann::json report = task->facts();
  report["seed"] = settings.seed;
  report["thresholds"] = {trainer.threshold()};
  report["training"] = {
      {"experiment", experiment},
      {"network", "lstm"},
      {"settings", to_json(settings)},
      {"precision", trainer.precision() == Precision::kBfloat16 ? "bfloat16" : "float32"},
      {"unit", task->unit()},
      {"figures", figures},
      {"seconds", trainer.seconds()},
      {"curve", trainer.curve()}};
  if (!search.is_null()) report["training"]["threshold_search"] = search;
  if (trainer.network().exportable()) {
    golden::FloatNetwork network = trainer.network().to_float(trainer.threshold());
    network.facts = report;
    golden::write_float_network(network, out / "weights.safetensors");
    const golden::Bundle bundle = quantised(network, *task);
    golden::write_bundle(bundle, out / "bundle.safetensors");
    report["integers"] = on_held_out_data([&](Part part) { return task->evaluate(bundle, part); });
    if (trainer.threshold() > 0) report["threshold_curve"] = threshold_curve(network, *task);
  }
  report.erase("vocabulary");
  return report;
}

nlohmann::json train(const TrainOptions& options) {
  const Experiment experiment(options.experiment, options.set);
  const std::string name = fs::path(options.experiment).filename().string();
  const fs::path data = options.data.empty() ? default_data_folder() : options.data;
  if (experiment.network() == "fc") {
    const FcSettings settings = read_fc_settings(experiment);
    prepare(options.out, settings.threads);
    const ImageData images = settings.data == "cifar10" ? load_cifar10(data) : load_mnist(data);
    return train_fc(name, settings, images, options.out);
  }
  if (experiment.network() == "sc") {
    const ScSettings settings = read_sc_settings(experiment);
    prepare(options.out, settings.threads);
    return train_sc(name, settings, load_mnist(data), options.out);
  }
  const Settings settings = read_settings(experiment);
  prepare(options.out, settings.threads);
  return train_lstm(name, settings, data, options.out);
}

}  // namespace

nlohmann::json run_training(const TrainOptions& options) {
  nlohmann::json report = train(options);
  report["schema"] = "lacuna.training/1";
  write_file(options.out / "training.json",
             report.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n');
  return report;
}

}  // namespace lacuna::models
