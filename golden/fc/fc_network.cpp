// SPDX-License-Identifier: Apache-2.0
#include "golden/fc/fc_network.h"

#include "golden/accuracy.h"
#include "golden/error.h"
#include "golden/overloaded.h"

namespace lacuna::golden {

FcNetwork::FcNetwork(const Bundle& bundle) {
  const Overloaded add{[this](const FcLayer& layer) { layers_.emplace_back(layer); },
                       [](const auto& other) {
                         throw Error(other.name, "is no fully-connected layer",
                                     "run the bundle as a recurrent network");
                       }};
  for (const Layer& layer : bundle.layers) std::visit(add, layer);
}

std::vector<std::vector<std::int16_t>> FcNetwork::run(const std::vector<std::int8_t>& x,
                                                      int images) const {
  std::vector<std::vector<std::int16_t>> activations;
  std::vector<std::int8_t> input = x;
  for (const Fc& layer : layers_) {
    activations.push_back(layer.run(input, images));
    const auto& y = activations.back();
    if (&layer == &layers_.back()) break;
    input.assign(y.begin(), y.end());  // 0..127: only the last layer has no relu
  }
  return activations;
}

double accuracy(const FcNetwork& network, const std::vector<std::int8_t>& images,
                const std::vector<int>& labels) {
  return accuracy(network.run(images, static_cast<int>(labels.size())).back(), labels);
}

}  // namespace lacuna::golden
