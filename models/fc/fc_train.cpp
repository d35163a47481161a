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
golden::FloatMatrix calibration(const ImageData& data) {
  const torch::Tensor images =
      pixel_vectors(data.valid.pixels.slice(0, 0, kCalibrationImages)).contiguous();
  return Eigen::Map<const golden::FloatMatrix>(images.data_ptr<float>(), images.size(0),
                                               images.size(1));
}

/// Per cent of the images that the bundle answers wrongly.
double error(const golden::Bundle& bundle, const Images& images) {
  const int frac = std::get<golden::FcLayer>(bundle.layers.front()).input_frac;
  const torch::Tensor integers =
      torch::round(pixel_vectors(images.pixels) * (1 << frac)).to(torch::kChar).contiguous();
  const auto* first = integers.data_ptr<std::int8_t>();
  const std::vector<int> labels = label_vector(images);
  const golden::FcNetwork network(bundle);
  return percent_wrong(golden::accuracy(network, {first, first + integers.numel()}, labels),
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

}  // namespace

nlohmann::json train_fc(const std::string& experiment, const FcSettings& settings,
                        const ImageData& data, const std::filesystem::path& out) {
  FcTrainer trainer(settings, data, out / "checkpoint.pt");
  trainer.train();

  nlohmann::json report = image_report(experiment, "fc", to_json(settings), data, trainer);
  golden::FloatFcNetwork network = trainer.network().to_float();
  network.facts = report;
  const golden::Bundle bundle = golden::quantize(network, calibration(data));
  golden::write_bundle(bundle, out / "bundle.safetensors");
  report["integers"] = on_held_out_data(data, [&](const Images& images) -> nlohmann::json {
    return {{"score", error(bundle, images)}};
  });
  report["connections"] = connections(bundle, settings.sparsity);
  return report;
}

}  // namespace lacuna::models
