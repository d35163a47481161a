// SPDX-License-Identifier: Apache-2.0
#include "models/network.h"

#include <algorithm>
#include <cmath>

#include "golden/error.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

golden::FloatMatrix matrix(const Tensor& tensor) {
  const Tensor flat = tensor.detach().contiguous();
  return Eigen::Map<const golden::FloatMatrix>(flat.data_ptr<float>(), flat.size(0), flat.size(1));
}

golden::FloatVector vector(const Tensor& tensor) {
  const Tensor flat = tensor.detach().contiguous();
  return Eigen::Map<const golden::FloatVector>(flat.data_ptr<float>(), flat.size(0));
}

/// Copies a matrix or vector into a tensor of its shape.
template <typename Source>
void copy(const Source& source, Tensor target, const std::string& where) {
  const std::int64_t columns = target.dim() == 2 ? target.size(1) : 1;
  if (source.rows() != target.size(0) || source.cols() != columns) {
    throw Error(where, "weights of another shape than the experiment's network",
                "set units, embedding and data as they were trained");
  }
  std::copy_n(source.data(), source.size(), target.data_ptr<float>());
}

}  // namespace

Network::Network(const Settings& settings, int inputs, int outputs, bool symbols)
    : dropout_(settings.dropout),
      straight_through_(settings.straight_through == "plain" ? StraightThrough::kPlain
                                                             : StraightThrough::kAttenuated) {
  const int units = settings.units;
  const int features = symbols && settings.embedding > 0 ? settings.embedding : inputs;
  if (symbols && settings.embedding > 0) embedding_ = torch::empty({inputs, features});
  lstm_.weight_x = torch::empty({4 * units, features});
  lstm_.weight_h = torch::empty({4 * units, units});
  lstm_.bias = torch::empty({4 * units});
  output_weight_ = torch::empty({outputs, units});
  output_bias_ = torch::empty({outputs});
  initialise(settings.initialisation, settings.task == "pixels" ? 784 : settings.sequence);

  if (embedding_.defined()) all_.emplace_back("embedding.weight", embedding_);
  all_.emplace_back("lstm.weight_x", lstm_.weight_x);
  all_.emplace_back("lstm.weight_h", lstm_.weight_h);
  all_.emplace_back("lstm.bias", lstm_.bias);
  all_.emplace_back("linear.weight", output_weight_);
  all_.emplace_back("linear.bias", output_bias_);
  for (auto& [name, tensor] : all_) tensor.requires_grad_();
}

void Network::initialise(const std::string& how, int steps) {
  const torch::NoGradGuard no_grad;
  const std::int64_t units = lstm_.weight_h.size(1);
  lstm_.bias.zero_();
  output_bias_.zero_();
  if (how == "uniform") {
    if (embedding_.defined()) embedding_.uniform_(-0.1, 0.1);
    for (Tensor* tensor : {&lstm_.weight_x, &lstm_.weight_h, &output_weight_}) {
      tensor->uniform_(-0.1, 0.1);
    }
    return;
  }
  if (embedding_.defined()) embedding_.normal_(0, 1.0 / std::sqrt(embedding_.size(1)));
  torch::nn::init::xavier_uniform_(lstm_.weight_x);
  torch::nn::init::xavier_uniform_(output_weight_);
  for (int gate = 0; gate < 4; ++gate) {
    Tensor block = lstm_.weight_h.slice(0, gate * units, (gate + 1) * units);
    torch::nn::init::orthogonal_(block);
  }
  Tensor forget = lstm_.bias.slice(0, units, 2 * units);
  if (how == "chrono") {  // memories of 1 to `steps` steps (Tallec and Ollivier, ICLR 2018)
    forget.uniform_(1.0, std::max(2.0, steps - 1.0)).log_();
    lstm_.bias.slice(0, 0, units).copy_(-forget);
  } else {
    forget.fill_(1.0);
  }
}

LstmOutput Network::run(const Tensor& input, const LstmState& initial, float threshold,
                        Precision precision, bool training) const {
  if (!embedding_.defined()) {
    return lstm(input, lstm_, initial, threshold, precision, straight_through_);
  }
  const Tensor embedded = torch::dropout(torch::embedding(embedding_, input), dropout_, training);
  return lstm(embedded, lstm_, initial, threshold, precision, straight_through_);
}

Tensor Network::output(const Tensor& states, Precision precision, bool training) const {
  const Tensor kept = torch::dropout(states, dropout_, training);
  if (precision == Precision::kFloat32) return torch::linear(kept, output_weight_, output_bias_);
  return torch::mm(kept.to(torch::kBFloat16), output_weight_.to(torch::kBFloat16).t())
             .to(torch::kFloat) +
         output_bias_;
}

LstmState Network::zero_state(std::int64_t batch) const {
  const std::int64_t units = lstm_.weight_h.size(1);
  return {torch::zeros({batch, units}), torch::zeros({batch, units})};
}

void Network::assign(const golden::FloatNetwork& weights, const std::string& where) {
  if (weights.embedding.has_value() != embedding_.defined() || weights.lstm.size() != 1 ||
      !weights.linear) {
    throw Error(where, "not an LSTM layer with an output layer as the experiment has it");
  }
  if (embedding_.defined()) copy(*weights.embedding, embedding_, where);
  copy(weights.lstm[0].weight_x, lstm_.weight_x, where);
  copy(weights.lstm[0].weight_h, lstm_.weight_h, where);
  copy(weights.lstm[0].bias, lstm_.bias, where);
  copy(weights.linear->weight, output_weight_, where);
  copy(weights.linear->bias, output_bias_, where);
}

golden::FloatNetwork Network::to_float(float threshold) const {
  golden::FloatNetwork network;
  if (embedding_.defined()) network.embedding = matrix(embedding_);
  network.lstm.push_back(
      {matrix(lstm_.weight_x), matrix(lstm_.weight_h), vector(lstm_.bias), threshold});
  network.linear = golden::FloatLinear{matrix(output_weight_), vector(output_bias_)};
  return network;
}

}  // namespace lacuna::models
