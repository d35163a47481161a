// SPDX-License-Identifier: Apache-2.0
// The float LSTM's forward pass over calibration data, all streams at once (formulas:
// docs/lstm.md).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "golden/error.h"
#include "golden/quantize.h"

namespace lacuna::golden {
namespace {

constexpr const char* kWhere = "calibration data";

using Batch = Eigen::MatrixXf;  ///< [features, streams]

/// States of one layer for all streams.
struct LayerState {
  Batch h;
  Batch c;
};

/// Gives the input of a step as the first layer's product W_x x, which for one-hot symbols is a
/// look-up.
class Input {
 public:
  Input(const FloatNetwork& network, const CalibrationData& data) : network_(network), data_(data) {
    if (data.tokens.empty() == data.dense.empty()) {
      throw Error(kWhere, "must be either symbols or vectors, and not empty");
    }
    if (!data.tokens.empty()) {
      check_tokens();
    } else {
      check_dense();
    }
  }

  int steps() const { return steps_; }
  int streams() const {
    return static_cast<int>(data_.tokens.empty() ? data_.dense.size() : data_.tokens.size());
  }

  bool one_hot() const { return data_.dense.empty() && !network_.embedding; }

  /// `maximum` is raised to the largest |x| of the step.
  Batch product(int step, float& maximum) const {
    const FloatMatrix& weight = network_.lstm.front().weight_x;
    if (one_hot()) {
      Batch result(weight.rows(), streams());
      for (int stream = 0; stream < streams(); ++stream) {
        result.col(stream) = weight.col(token(stream, step));
      }
      maximum = 1;
      return result;
    }
    Batch x(weight.cols(), streams());
    for (int stream = 0; stream < streams(); ++stream) {
      x.col(stream) = data_.dense.empty() ? network_.embedding->row(token(stream, step))
                                          : data_.dense[static_cast<std::size_t>(stream)].row(step);
    }
    maximum = std::max(maximum, x.cwiseAbs().maxCoeff());
    return weight * x;
  }

 private:
  int token(int stream, int step) const {
    return data_.tokens[static_cast<std::size_t>(stream)][static_cast<std::size_t>(step)];
  }

  void check_tokens() {
    const auto symbols = static_cast<int>(network_.embedding ? network_.embedding->rows()
                                                             : network_.lstm.front().inputs());
    steps_ = static_cast<int>(data_.tokens.front().size());
    for (const std::vector<int>& stream : data_.tokens) {
      check_steps(stream.size());
      for (const int symbol : stream) {
        if (symbol < 0 || symbol >= symbols) {
          throw Error(kWhere,
                      fmt::format("symbol {} is outside the network's 0..{}", symbol, symbols - 1));
        }
      }
    }
  }

  void check_dense() {
    if (network_.embedding) throw Error(kWhere, "must be symbols: the network has an embedding");
    steps_ = static_cast<int>(data_.dense.front().rows());
    for (const FloatMatrix& stream : data_.dense) {
      check_steps(static_cast<std::size_t>(stream.rows()));
      if (stream.cols() != network_.lstm.front().inputs()) {
        throw Error(kWhere, fmt::format("has {} numbers a step, the network takes {}",
                                        stream.cols(), network_.lstm.front().inputs()));
      }
      if (!stream.allFinite()) throw Error(kWhere, "has a number that is not finite");
    }
  }

  void check_steps(std::size_t steps) const {
    if (steps == 0 || steps != static_cast<std::size_t>(steps_)) {
      throw Error(kWhere, "every stream must have the same number of steps, at least one");
    }
  }

  const FloatNetwork& network_;
  const CalibrationData& data_;
  int steps_ = 0;
};

void tanh_in_place(Eigen::Ref<Batch> values) {
  values = values.unaryExpr([](float value) { return std::tanh(value); });
}

/// sigmoid(x) = (1 + tanh(x / 2)) / 2, as the engine computes it.
void sigmoid_in_place(Eigen::Ref<Batch> values) {
  values = values.unaryExpr([](float value) { return 0.5F + 0.5F * std::tanh(0.5F * value); });
}

/// Counts states by their magnitude before the threshold: bin k is what rounds to k / 128.
using Histogram = std::array<std::int64_t, kMaxThreshold + 2>;

void count_magnitudes(const Batch& states, Histogram& histogram) {
  for (const float h : states.reshaped()) {
    ++histogram[static_cast<std::size_t>(std::abs(h) * 128.0F + 0.5F)];  // |h| <= 1
  }
}

/// What one run over the data saw.
struct Observation {
  CalibrationReport report;
  std::vector<Histogram> magnitudes;  ///< one a layer
};

/// One step; `pre` holds W_x x on entry. Returns how many states are zero afterwards.
std::int64_t step_layer(const FloatLstm& layer, Batch& pre, LayerState& state,
                        Histogram& histogram) {
  const Eigen::Index units = layer.units();
  pre.noalias() += layer.weight_h * state.h;
  pre.colwise() += layer.bias;
  auto input_gate = pre.topRows(units);
  auto forget_gate = pre.middleRows(units, units);
  auto candidate = pre.middleRows(2 * units, units);
  auto output_gate = pre.bottomRows(units);
  sigmoid_in_place(pre.topRows(2 * units));
  sigmoid_in_place(output_gate);
  tanh_in_place(candidate);
  state.c = (forget_gate.array() * state.c.array() + input_gate.array() * candidate.array());
  if (!state.c.allFinite()) {
    throw Error("calibration", "the network's sums overflow", "its weights are too large");
  }
  state.h = state.c;
  if (layer.cell_scale.size() > 0) {
    state.h.array().colwise() *= layer.cell_scale.array();
    state.h.colwise() += layer.cell_shift;
  }
  tanh_in_place(state.h);
  state.h.array() *= output_gate.array();
  count_magnitudes(state.h, histogram);
  state.h = (state.h.array().abs() < layer.threshold).select(0.0F, state.h);
  return (state.h.array() == 0.0F).count();
}

Observation observe(const FloatNetwork& network, const CalibrationData& data) {
  const std::size_t layers = network.lstm.size();
  if (layers == 0) throw Error("network", "has no LSTM layer");
  const Input input(network, data);
  Observation seen{{}, std::vector<Histogram>(layers, Histogram{})};
  CalibrationReport& report = seen.report;
  report.input = input.one_hot() ? InputKind::kOneHot : InputKind::kDense;
  report.cell_maximum.assign(layers, 0.0F);
  report.input_maximum.assign(layers, 0.0F);
  std::vector<std::int64_t> zeros(layers, 0);
  std::vector<LayerState> states;
  for (const FloatLstm& layer : network.lstm) {
    const auto begin = [&](const FloatVector& initial) -> Batch {
      if (initial.size() == 0) return Batch::Zero(layer.units(), input.streams());
      return initial.replicate(1, input.streams());
    };
    states.push_back({begin(layer.initial_h), begin(layer.initial_c)});
    report.cell_maximum[states.size() - 1] = states.back().c.cwiseAbs().maxCoeff();
  }
  for (int step = 0; step < input.steps(); ++step) {
    Batch pre = input.product(step, report.input_maximum[0]);
    for (std::size_t i = 0; i < layers; ++i) {
      if (i > 0) pre.noalias() = network.lstm[i].weight_x * states[i - 1].h;
      zeros[i] += step_layer(network.lstm[i], pre, states[i], seen.magnitudes[i]);
      report.cell_maximum[i] = std::max(report.cell_maximum[i], states[i].c.cwiseAbs().maxCoeff());
      if (i + 1 < layers) {
        report.input_maximum[i + 1] =
            std::max(report.input_maximum[i + 1], states[i].h.cwiseAbs().maxCoeff());
      }
    }
  }
  const double steps = static_cast<double>(input.steps()) * input.streams();
  for (std::size_t i = 0; i < layers; ++i) {
    report.state_sparsity.push_back(static_cast<double>(zeros[i]) /
                                    (steps * network.lstm[i].units()));
  }
  return seen;
}

/// Lowest threshold below which the share `sparsity` of the counted states lies.
int quantile(const Histogram& histogram, double sparsity) {
  const auto total = std::accumulate(histogram.begin(), histogram.end(), std::int64_t{0});
  std::int64_t below = 0;
  int threshold = 0;
  while (threshold < kMaxThreshold &&
         static_cast<double>(below) < sparsity * static_cast<double>(total)) {
    below += histogram[static_cast<std::size_t>(threshold++)];
  }
  return threshold;
}

}  // namespace

CalibrationReport calibrate(const FloatNetwork& network, const CalibrationData& data) {
  return observe(network, data).report;
}

float threshold_for_sparsity(const FloatNetwork& network, int layer, double sparsity,
                             const CalibrationData& data) {
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw Error("sparsity", fmt::format("{} is not a share from 0 to below 1", sparsity));
  }
  if (layer < 0 || layer >= static_cast<int>(network.lstm.size())) {
    throw Error("network", fmt::format("has no LSTM layer {}", layer));
  }
  const auto index = static_cast<std::size_t>(layer);
  FloatNetwork tried = network;
  // What a threshold prunes is missing in the next step, so it changes the states that it is chosen
  // from. Each run's magnitudes propose the next threshold; it ends when one reaches the sparsity
  // and the one below does not.
  int below = -1;                    // does not reach it
  int reaching = kMaxThreshold + 1;  // reaches it, or is out of range
  int guess = 0;
  while (reaching - below > 1) {
    tried.lstm[index].threshold = grid_threshold(guess);
    const Observation seen = observe(tried, data);
    (seen.report.state_sparsity[index] >= sparsity ? reaching : below) = guess;
    guess = std::clamp(quantile(seen.magnitudes[index], sparsity), below + 1,
                       std::max(below + 1, reaching - 1));
  }
  if (reaching > kMaxThreshold) {
    throw Error(
        "sparsity",
        fmt::format("no threshold up to {} reaches {}", grid_threshold(kMaxThreshold), sparsity),
        "train the network with pruned states");
  }
  return grid_threshold(reaching);
}

}  // namespace lacuna::golden
