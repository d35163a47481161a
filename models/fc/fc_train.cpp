// SPDX-License-Identifier: Apache-2.0
#include "models/fc/fc_train.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "golden/fc/fc_network.h"
#include "golden/fc/fc_quantize.h"
#include "models/fc/fc_trainer.h"
#include "models/image_report.h"

namespace lacuna::models {
namespace {

constexpr std::int64_t kCalibrationImages = 2000;

/// Validation images, which the weights have not seen.
golden::FloatMatrix calibration(const FcTrainer& trainer, const ImageData& data) {
  const torch::Tensor inputs =
      trainer.features(data.valid.pixels.slice(0, 0, kCalibrationImages)).contiguous();
  return Eigen::Map<const golden::FloatMatrix>(inputs.data_ptr<float>(), inputs.size(0),
                                               inputs.size(1));
}

/// As golden rounds and clamps activations. [images * inputs]
std::vector<std::int8_t> to_integers(const torch::Tensor& inputs, int frac) {
  const torch::Tensor integers =
      torch::floor(inputs * (1 << frac) + 0.5).clamp_(-128, 127).to(torch::kChar).contiguous();
  const auto* first = integers.data_ptr<std::int8_t>();
  return {first, first + integers.numel()};
}

/// Per cent of the images that the bundle answers wrongly.
double error(const golden::Bundle& bundle, const FcTrainer& trainer, const Images& images) {
  const int frac = std::get<golden::FcLayer>(bundle.layers.front()).input_frac;
  const std::vector<int> labels = label_vector(images);
  const golden::FcNetwork network(bundle);
  return percent_wrong(
      golden::accuracy(network, to_integers(trainer.features(images.pixels), frac), labels),
      labels.size());
}

/// What the masks leave. `parameters_nominal` is P5's count, (1 - p) weights + biases.
nlohmann::json connections(const golden::Bundle& bundle, double sparsity) {
  double nominal = 0;
  std::uint64_t parameters = 0, bits = 0;
  int depth = 0;
  nlohmann::json layers = nlohmann::json::array();
  for (const golden::Layer& any : bundle.layers) {
    const auto& layer = std::get<golden::FcLayer>(any);
    nominal += (1 - sparsity) * layer.inputs * layer.outputs + layer.outputs;
    parameters += layer.weights.size() + layer.bias.size();
    bits += layer.weight_memory_bits();
    depth = std::max(depth, layer.memory_depth());
    layers.push_back({{"name", layer.name},
                      {"weights", layer.weights.size()},
                      {"weight_bits", layer.weight_memory_bits()},
                      {"memory_depth", layer.memory_depth()}});
  }
  return {{"parameters_nominal", std::llround(nominal)},
          {"parameters", parameters},
          {"weight_bits", bits},
          {"memory_depth", depth},
          {"layers", layers}};
}

/// Convolutions run in float; what they give, rounded, is the input of the bundle. Parameters as P5
/// counts them, weights + biases.
nlohmann::json convolutions(const FcNetwork& network) {
  std::int64_t parameters = 0;
  for (const auto& [name, tensor] : network.parameters()) {
    if (name.rfind("conv", 0) == 0 && tensor.dim() == 2)
      parameters += tensor.numel() + tensor.size(0);
  }
  return {{"parameters", parameters}, {"arithmetic", "float"}};
}

}  // namespace

nlohmann::json train_fc(const std::string& experiment, const FcSettings& settings,
                        const ImageData& whole, const std::filesystem::path& out) {
  const ImageData data = settings.pool > 1 ? pooled(whole, settings.pool) : whole;
  FcTrainer trainer(settings, data, out / "checkpoint.pt");
  trainer.train();

  nlohmann::json report = image_report(experiment, "fc", to_json(settings), data, trainer);
  if (settings.pool > 1) report["pool"] = settings.pool;
  golden::FloatFcNetwork network = trainer.network().to_float();
  network.facts = report;
  const golden::Bundle bundle = golden::quantize(network, calibration(trainer, data));
  golden::write_bundle(bundle, out / "bundle.safetensors");
  report["integers"] = on_held_out_data(data, [&](const Images& images) -> nlohmann::json {
    return {{"score", error(bundle, trainer, images)}};
  });
  report["connections"] = connections(bundle, settings.sparsity);
  if (!settings.convolutions.empty()) report["convolutions"] = convolutions(trainer.network());
  return report;
}

}  // namespace lacuna::models
