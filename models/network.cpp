// SPDX-License-Identifier: Apache-2.0
#include "models/network.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "golden/error.h"
#include "models/quantised_weights.h"

namespace lacuna::models {
namespace {

using torch::Tensor;

// Where P4 begins with 0.1 throughout. What counts for the gradient through time is gamma_h over
// the states' deviation: small states times large gamma_h make the first hundreds of steps chaotic.
constexpr double kFirstGammaX = 1, kFirstGammaH = 0.2, kFirstGammaC = 1;
constexpr double kMemory = 20;          // windows, of the cell's statistics in training
constexpr std::int64_t kObserved = 96;  // samples of a window that statistics are taken from

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
                                                             : StraightThrough::kAttenuated),
      format_(golden::weight_format_of(settings.weight_format, "weight_format")),
      normalised_(settings.normalisation != "none"),
      per_step_(settings.normalisation == "per_step") {
  const int units = settings.units;
  const int features = symbols && settings.embedding > 0 ? settings.embedding : inputs;
  if (symbols && settings.embedding > 0) embedding_ = torch::empty({inputs, features});
  lstm_.weight_x = torch::empty({4 * units, features});
  lstm_.weight_h = torch::empty({4 * units, units});
  lstm_.bias = torch::empty({4 * units});
  output_weight_ = torch::empty({outputs, units});
  output_bias_ = torch::empty({outputs});
  initialise(settings.initialisation, sequence_length(settings));

  if (embedding_.defined()) all_.emplace_back("embedding.weight", embedding_);
  all_.emplace_back("lstm.weight_x", lstm_.weight_x);
  all_.emplace_back("lstm.weight_h", lstm_.weight_h);
  all_.emplace_back("lstm.bias", lstm_.bias);
  if (normalised_) initialise_normalisation(sequence_length(settings));
  all_.emplace_back("linear.weight", output_weight_);
  all_.emplace_back("linear.bias", output_bias_);
  constrain();
  for (auto& [name, tensor] : all_) tensor.requires_grad_();
}

void Network::initialise_normalisation(int steps) {
  const std::int64_t units = lstm_.weight_h.size(1), features = lstm_.weight_x.size(1);
  gamma_x_ = torch::full({4 * units}, kFirstGammaX);
  gamma_h_ = torch::full({4 * units}, kFirstGammaH);
  lstm_.cell_scale = torch::full({units}, kFirstGammaC);
  lstm_.cell_shift = torch::zeros({units});
  initial_h_ = torch::zeros({units});
  initial_c_ = torch::zeros({units});
  all_.emplace_back("lstm.gamma_x", gamma_x_);
  all_.emplace_back("lstm.gamma_h", gamma_h_);
  all_.emplace_back("lstm.gamma_c", lstm_.cell_scale);
  all_.emplace_back("lstm.beta_c", lstm_.cell_shift);
  all_.emplace_back("lstm.initial_h", initial_h_);
  all_.emplace_back("lstm.initial_c", initial_c_);
  if (per_step_) {
    by_step_ = {steps, units};
    return;
  }
  normalisation_.x = {4 * units, features};
  normalisation_.h = {4 * units, units};
  normalisation_.cell_training = RunningMoments(units, kMemory);
  normalisation_.cell_evaluation = RunningMoments(units);
}

std::vector<double> Network::rate_factors() const {
  std::vector<double> factors;
  for (const auto& [name, tensor] : all_) {
    const bool master =
        golden::has_one_magnitude(format_) && (name == "lstm.weight_x" || name == "lstm.weight_h");
    factors.push_back(master ? master_rate_factor(tensor.size(1), tensor.size(0)) : 1.0);
  }
  return factors;
}

void Network::constrain() {
  const torch::NoGradGuard no_grad;
  if (normalised_) initial_h_.clamp_(-1, 1);
  if (!golden::has_one_magnitude(format_)) return;
  for (Tensor* master : {&lstm_.weight_x, &lstm_.weight_h}) {
    const double limit = weight_magnitude(master->size(1), master->size(0));
    master->clamp_(-limit, limit);
  }
}

void Network::make_masters() {
  if (!golden::has_one_magnitude(format_)) return;
  const torch::NoGradGuard no_grad;
  for (Tensor* weight : {&lstm_.weight_x, &lstm_.weight_h}) {
    const double wanted = weight_magnitude(weight->size(1), weight->size(0)) / 2;
    const Tensor present = weight->square().mean(1, true).sqrt();
    weight->mul_(wanted / present.clamp_min(1e-12));
  }
  constrain();
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

Tensor Network::quantised(const Tensor& master, RunMode mode) const {
  if (assigned_) return master;
  std::optional<std::uint32_t> seed;
  if (sample_ && mode == RunMode::kTrain) seed = draw_seed();
  return quantised_weights(master, format_, seed);
}

LstmParameters Network::fold(RunMode mode) const {
  const Tensor x = quantised(lstm_.weight_x, mode), h = quantised(lstm_.weight_h, mode);
  if (!normalised_ || assigned_) return {x, h, lstm_.bias};
  const bool training = mode == RunMode::kTrain;
  const auto normalised = [&](const ProductNormalisation& of, const Tensor& weights,
                              const Tensor& gamma) {
    return training ? of.training(weights, gamma) : of.evaluation(weights, gamma);
  };
  const NormalisedWeights by_x = normalised(normalisation_.x, x, gamma_x_);
  const NormalisedWeights by_h = normalised(normalisation_.h, h, gamma_h_);
  const RunningMoments& cell =
      training ? normalisation_.cell_training : normalisation_.cell_evaluation;
  const Tensor scale = lstm_.cell_scale * torch::rsqrt(cell.variance() + kNormalisationEpsilon);
  return {by_x.weight, by_h.weight, lstm_.bias - by_x.offset - by_h.offset, scale,
          lstm_.cell_shift - scale * cell.mean()};
}

LstmOutput Network::run(const Tensor& input, const LstmState& initial, float threshold,
                        Precision precision, RunMode mode) const {
  Tensor x = input;
  if (embedding_.defined()) {
    x = torch::dropout(torch::embedding(embedding_, input), dropout_, mode == RunMode::kTrain);
  }
  if (per_step_) {
    const NormalisedLstm layer{{quantised(lstm_.weight_x, mode), quantised(lstm_.weight_h, mode),
                                lstm_.bias, lstm_.cell_scale, lstm_.cell_shift},
                               gamma_x_,
                               gamma_h_};
    return by_step_.run(x, layer, initial, threshold, mode);
  }
  LstmOutput output = lstm(x, fold(mode), initial, threshold, precision, straight_through_);
  if (normalised_ && mode != RunMode::kEvaluate) observe(x, initial, output, threshold, mode);
  return output;
}

void Network::observe(const Tensor& input, const LstmState& initial, const LstmOutput& output,
                      float threshold, RunMode mode) const {
  const torch::NoGradGuard no_grad;
  // Evenly spread over all steps and streams: a sequence's beginning alone says little.
  const std::int64_t steps = input.size(0), all = steps * input.size(1);
  const Tensor which =
      (torch::arange(std::min(kObserved, all)) * all).floor_divide(std::min(kObserved, all));
  const auto samples = [&](const Tensor& of) { return of.flatten(0, 1).index_select(0, which); };
  Tensor x = samples(input.detach());
  if (x.scalar_type() == torch::kLong) {
    x = torch::one_hot(x, lstm_.weight_x.size(1)).to(torch::kFloat);
  }
  const Tensor h =
      samples(torch::cat({initial.h.detach().unsqueeze(0),
                          prune(output.states.detach(), threshold).slice(0, 0, steps - 1)}));
  if (mode == RunMode::kTrain || assigned_) {
    normalisation_.x.remember(x);
    normalisation_.h.remember(h);
    normalisation_.cell_training.observe(samples(output.cells));
  }
  if (mode == RunMode::kCollect) {
    normalisation_.x.collect(quantised(lstm_.weight_x, mode), x);
    normalisation_.h.collect(quantised(lstm_.weight_h, mode), h);
    normalisation_.cell_evaluation.observe(samples(output.cells));
  }
}

void Network::restart_collection() const {
  const torch::NoGradGuard no_grad;
  if (per_step_) {
    by_step_.restart();
    return;
  }
  normalisation_.x.restart(quantised(lstm_.weight_x, RunMode::kCollect));
  normalisation_.h.restart(quantised(lstm_.weight_h, RunMode::kCollect));
  normalisation_.cell_evaluation.take(normalisation_.cell_training);
}

std::vector<Tensor> Network::statistics() const {
  if (!normalised_ || per_step_) return {};
  std::vector<Tensor> all;
  const auto add = [&](const std::vector<Tensor>& tensors) {
    all.insert(all.end(), tensors.begin(), tensors.end());
  };
  add(normalisation_.x.tensors());
  add(normalisation_.h.tensors());
  add(normalisation_.cell_training.tensors());
  add(normalisation_.cell_evaluation.tensors());
  return all;
}

Tensor Network::output(const Tensor& states, Precision precision, RunMode mode) const {
  const Tensor kept = torch::dropout(states, dropout_, mode == RunMode::kTrain);
  if (precision == Precision::kFloat32) return torch::linear(kept, output_weight_, output_bias_);
  return torch::mm(kept.to(torch::kBFloat16), output_weight_.to(torch::kBFloat16).t())
             .to(torch::kFloat) +
         output_bias_;
}

LstmState Network::initial_state(std::int64_t batch) const {
  const std::int64_t units = lstm_.weight_h.size(1);
  if (!normalised_) return {torch::zeros({batch, units}), torch::zeros({batch, units})};
  return {initial_h_.expand({batch, units}).contiguous(),
          initial_c_.expand({batch, units}).contiguous()};
}

void Network::assign(const golden::FloatNetwork& weights, const std::string& where) {
  if (weights.embedding.has_value() != embedding_.defined() || weights.lstm.size() != 1 ||
      !weights.linear) {
    throw Error(where, "not an LSTM layer with an output layer as the experiment has it");
  }
  if (weights.lstm[0].cell_scale.size() > 0 || per_step_) {
    throw Error(where, "weights from which this experiment's normalisation cannot begin",
                "begin from that run's checkpoint.pt");
  }
  if (embedding_.defined()) copy(*weights.embedding, embedding_, where);
  copy(weights.lstm[0].weight_x, lstm_.weight_x, where);
  copy(weights.lstm[0].weight_h, lstm_.weight_h, where);
  copy(weights.lstm[0].bias, lstm_.bias, where);
  copy(weights.linear->weight, output_weight_, where);
  copy(weights.linear->bias, output_bias_, where);
  assigned_ = normalised_;
}

void Network::normalise() {
  {
    const torch::NoGradGuard no_grad;
    const auto deviation = [](const Tensor& variance) {
      return torch::sqrt(variance + kNormalisationEpsilon);
    };
    const RunningMoments& x = normalisation_.x.collected();
    const RunningMoments& h = normalisation_.h.collected();
    const RunningMoments& cell = normalisation_.cell_evaluation;
    gamma_x_.copy_(deviation(x.variance()));
    gamma_h_.copy_(deviation(h.variance()));
    lstm_.bias.add_(x.mean() + h.mean());
    lstm_.cell_scale.copy_(deviation(cell.variance()));
    lstm_.cell_shift.copy_(cell.mean());
  }
  assigned_ = false;
  make_masters();
}

golden::FloatNetwork Network::to_float(float threshold) const {
  const LstmParameters folded = fold(RunMode::kEvaluate);
  golden::FloatNetwork network;
  if (embedding_.defined()) network.embedding = matrix(embedding_);
  golden::FloatLstm layer;
  layer.format = format_;
  layer.weight_x = matrix(folded.weight_x);
  layer.weight_h = matrix(folded.weight_h);
  layer.bias = vector(folded.bias);
  layer.threshold = threshold;
  if (normalised_) {
    layer.cell_scale = vector(folded.cell_scale);
    layer.cell_shift = vector(folded.cell_shift);
    layer.initial_h = vector(initial_h_);
    layer.initial_c = vector(initial_c_);
  }
  network.lstm.push_back(std::move(layer));
  network.linear = golden::FloatLinear{matrix(output_weight_), vector(output_bias_)};
  return network;
}

}  // namespace lacuna::models
