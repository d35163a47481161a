// SPDX-License-Identifier: Apache-2.0
#include "golden/network.h"

#include "golden/embedding.h"
#include "golden/error.h"
#include "golden/overloaded.h"

namespace lacuna::golden {

Network::Network(const Bundle& bundle, int batch) {
  const Overloaded add{
      [this](const EmbeddingLayer& layer) { embedding_ = &layer; },
      [this, batch](const LstmLayer& layer) { lstm_.emplace_back(layer, batch); },
      [this](const LinearLayer& layer) { linear_.emplace(layer); },
      [](const FcLayer& layer) { throw Error(layer.name, "is of a fully-connected network"); },
      [](const ScLayer& layer) { throw Error(layer.name, "is of a stochastic network"); }};
  for (const Layer& layer : bundle.layers) std::visit(add, layer);
  if (lstm_.empty()) throw Error("bundle", "has no lstm layer");
}

void Network::start(const std::vector<int>& lengths) {
  for (Lstm& layer : lstm_) layer.start(lengths);
}

bool Network::takes_symbols() const {
  return embedding_ != nullptr || lstm_.front().layer().input == InputKind::kOneHot;
}

void Network::step_symbols(const std::vector<int>& symbols) {
  if (!takes_symbols()) throw Error(lstm_.front().layer().name, "takes vectors, not symbols");
  step(embedding_ != nullptr ? embed(*embedding_, symbols) : encode_symbols(symbols));
}

void Network::step(const Columns& x) {
  const Columns* input = &x;
  for (Lstm& layer : lstm_) {
    layer.step(*input);
    input = &layer.kept();
  }
}

std::vector<std::int64_t> Network::logits() const {
  if (!linear_) throw Error("bundle", "has no linear layer", "this needs a network with outputs");
  return linear_->logits(lstm_.back().kept());
}

}  // namespace lacuna::golden
