// SPDX-License-Identifier: Apache-2.0
#include "models/sc/sc_train.h"

#include <array>
#include <numeric>
#include <vector>

#include "golden/accuracy.h"
#include "golden/sc/sc_network.h"
#include "golden/sc/sc_quantize.h"
#include "models/image_report.h"
#include "models/sc/sc_trainer.h"

namespace lacuna::models {
namespace {

constexpr std::int64_t kCalibrationImages = 2000;
constexpr std::array<std::uint64_t, 3> kRegisterSeeds{1, 2, 3};

/// Pixels as the engine takes them: floor(v / 2). [images * inputs]
std::vector<std::int8_t> to_integers(const torch::Tensor& pixels) {
  const torch::Tensor integers =
      torch::div(pixels, 2, "floor").to(torch::kChar).flatten(1).contiguous();
  const auto* first = integers.data_ptr<std::int8_t>();
  return {first, first + integers.numel()};
}

/// What the bundle's streams answer, with each seed of the registers.
nlohmann::json integer_figures(const golden::Bundle& bundle, const ImageData& data,
                               int layer_delay) {
  std::vector<golden::ScNetwork> networks;
  for (const std::uint64_t seed : kRegisterSeeds) networks.emplace_back(bundle, seed, layer_delay);
  return on_held_out_data(data, [&](const Images& images) -> nlohmann::json {
    const std::vector<int> labels = label_vector(images);
    const auto x = to_integers(images.pixels);
    std::vector<double> errors;
    for (const golden::ScNetwork& network : networks) {
      const auto sums = network.run(x, static_cast<int>(labels.size()));
      errors.push_back(percent_wrong(golden::accuracy(sums, labels), labels.size()));
    }
    const double sum = std::accumulate(errors.begin(), errors.end(), 0.0);
    return {{"score", sum / static_cast<double>(errors.size())}, {"by_register_seed", errors}};
  });
}

}  // namespace

nlohmann::json train_sc(const std::string& experiment, const ScSettings& settings,
                        const ImageData& whole, const std::filesystem::path& out) {
  const ImageData data = pooled(whole, settings.pool);
  ScTrainer trainer(settings, data, out / "checkpoint.pt");
  trainer.train();

  nlohmann::json report = image_report(experiment, "sc", to_json(settings), data, trainer);
  if (settings.pool > 1) report["pool"] = settings.pool;
  golden::FloatScNetwork network = trainer.network().to_float();
  network.facts = report;
  // Validation images, which the weights have not seen.
  const golden::Bundle bundle =
      golden::quantize(network, to_integers(data.valid.pixels.slice(0, 0, kCalibrationImages)));
  golden::write_bundle(bundle, out / "bundle.safetensors");
  report["counters"] = bundle.facts.at("counters");
  report["integers"] = integer_figures(bundle, data, settings.layer_delay);
  return report;
}

}  // namespace lacuna::models
