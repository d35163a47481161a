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

std::vector<std::int16_t> FcNetwork::run(const std::vector<std::int8_t>& x, int images) const {
  return run_chain(layers_.data(), layers_.data() + layers_.size(), x, images);
}

double accuracy(const FcNetwork& network, const std::vector<std::int8_t>& images,
                const std::vector<int>& labels) {
  return accuracy(network.run(images, static_cast<int>(labels.size())), labels);
}

}  // namespace lacuna::golden
