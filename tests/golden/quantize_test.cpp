// SPDX-License-Identifier: Apache-2.0
// Quantisation: each integer stands for the real number it came from, and the integer network
// follows the float one.
#include "golden/quantize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "golden/fixed_point.h"
#include "golden/lstm.h"
#include "golden/random.h"
#include "tests/golden/error_message.h"
#include "tests/golden/random_network.h"

namespace lacuna::golden {
namespace {

constexpr std::uint64_t kSeed = 5;

CalibrationData random_tokens(Random& random, int symbols, int streams, int steps) {
  CalibrationData data;
  for (int stream = 0; stream < streams; ++stream) {
    std::vector<int>& tokens = data.tokens.emplace_back();
    for (int step = 0; step < steps; ++step) {
      tokens.push_back(static_cast<int>(random.integer(0, symbols - 1)));
    }
  }
  return data;
}

const LstmLayer& lstm(const Bundle& bundle, std::size_t layer) {
  return std::get<LstmLayer>(bundle.layers[layer]);
}

/// One unit, one input; the report says that cells reach 1 and inputs 1.
FloatNetwork small_network() {
  FloatNetwork network;
  FloatLstm layer;
  layer.weight_x = FloatMatrix::Constant(4, 1, 0.5F);
  layer.weight_h = FloatMatrix::Constant(4, 1, -0.25F);
  layer.bias = FloatVector::Zero(4);
  network.lstm = {layer};
  return network;
}

CalibrationReport small_report() { return {InputKind::kDense, {1.0F}, {1.0F}, {0.0}}; }

/// A row's real weights: what the integers stand for after the shift (docs/lstm.md).
double real_weight(std::int16_t weight, std::int16_t scale, int shift, int value_frac) {
  return weight * std::ldexp(double{static_cast<double>(scale)}, value_frac - kPreFrac - shift);
}

TEST(Quantize, WeightsStandForTheRealOnesWithinHalfAStep) {
  Random random(kSeed);
  const FloatNetwork network = random_network(random, 7, 24);
  const Bundle bundle = quantize(network, calibrate(network, random_tokens(random, 7, 4, 50)));
  for (std::size_t l = 0; l < 2; ++l) {
    const LstmLayer& layer = lstm(bundle, l);
    for (int row = 0; row < 4 * layer.units; ++row) {
      const auto r = static_cast<std::size_t>(row);
      const auto x = network.lstm[l].weight_x.row(row);
      const auto h = network.lstm[l].weight_h.row(row);
      // Half a step of the weight, and half a step of the scale over the whole range of the weight.
      const double scale_step = std::ldexp(0.5 * 128, -layer.pre_shift - kPreFrac);
      const double step_x =
          x.cwiseAbs().maxCoeff() / 127 / 2 + std::ldexp(scale_step, layer.input_frac);
      const double step_h = h.cwiseAbs().maxCoeff() / 127 / 2 + std::ldexp(scale_step, kStateFrac);
      for (int i = 0; i < layer.inputs; ++i) {
        EXPECT_NEAR(real_weight(layer.weight_x(row, i), layer.scale_x[r], layer.pre_shift,
                                layer.input_frac),
                    x(i), step_x);
      }
      for (int i = 0; i < layer.units; ++i) {
        EXPECT_NEAR(
            real_weight(layer.weight_h(row, i), layer.scale_h[r], layer.pre_shift, kStateFrac),
            h(i), step_h);
      }
      EXPECT_NEAR(std::ldexp(layer.bias[r], -kPreFrac), network.lstm[l].bias(row), 0.5 / 2048);
    }
  }
}

TEST(Quantize, EveryRowUsesTheWholeRangeOfItsWeights) {
  Random random(kSeed);
  const FloatNetwork network = random_network(random, 7, 24);
  const Bundle bundle = quantize(network, calibrate(network, random_tokens(random, 7, 4, 50)));
  for (int row = 0; row < 4 * 24; ++row) {
    EXPECT_EQ(lstm(bundle, 0).weight_h.row(row).cast<int>().cwiseAbs().maxCoeff(), 127);
  }
}

// 600 equal weights of 127 would need 25 bits.
TEST(Quantize, LongRowOfLargeWeightsTakesLargerStepsInsteadOfOverflowing) {
  FloatNetwork network = small_network();
  network.lstm[0].weight_x = FloatMatrix::Constant(4, 600, -0.5F);
  const Bundle bundle = quantize(network, small_report());
  const LstmLayer& layer = lstm(bundle, 0);
  EXPECT_EQ(layer.accumulator_bits(), accumulator_width(WeightFormat::kInt8));
  EXPECT_GT(layer.weight_x.cast<int>().cwiseAbs().minCoeff(), 100);
  EXPECT_NEAR(
      real_weight(layer.weight_x(0, 0), layer.scale_x[0], layer.pre_shift, layer.input_frac), -0.5,
      0.5 / 100);
}

TEST(Quantize, PreShiftIsTheLargestWithWhichAllScalesFit) {
  Random random(kSeed);
  const FloatNetwork network = random_network(random, 7, 24);
  const Bundle bundle = quantize(network, calibrate(network, random_tokens(random, 7, 4, 50)));
  int largest = 0;
  for (const auto scale : lstm(bundle, 0).scale_x) largest = std::max<int>(largest, scale);
  for (const auto scale : lstm(bundle, 0).scale_h) largest = std::max<int>(largest, scale);
  EXPECT_GE(largest, 16384);
}

TEST(Quantize, TinyWeightsStopAtTheLargestShift) {
  FloatNetwork network = small_network();
  network.lstm[0].weight_x *= 1e-9F;
  network.lstm[0].weight_h *= 1e-9F;
  EXPECT_EQ(lstm(quantize(network, small_report()), 0).pre_shift, 31);
}

TEST(Quantize, RowOfZerosHasZeroWeightsAndScale) {
  FloatNetwork network = small_network();
  network.lstm[0].weight_h.row(2).setZero();
  const Bundle bundle = quantize(network, small_report());
  EXPECT_EQ(lstm(bundle, 0).scale_h[2], 0);
  EXPECT_EQ(lstm(bundle, 0).weight_h(2, 0), 0);
}

TEST(Quantize, OneHotSymbolIsSixFractionBits) {
  Random random(kSeed);
  const FloatNetwork network = random_network(random, 3, 2);
  const Bundle bundle = quantize(network, calibrate(network, random_tokens(random, 3, 1, 5)));
  EXPECT_EQ(lstm(bundle, 0).input, InputKind::kOneHot);
  EXPECT_EQ(lstm(bundle, 0).input_frac, 6);
  EXPECT_EQ(lstm(bundle, 1).input, InputKind::kDense);
  EXPECT_EQ(lstm(bundle, 1).input_frac, 7);
}

TEST(Quantize, DenseInputHasTheMostFractionBitsThatHoldIt) {
  const std::vector<std::pair<float, int>> cases = {{0.0F, 7},  {0.99F, 7}, {0.997F, 6}, {1.0F, 6},
                                                    {1.98F, 6}, {2.0F, 5},  {100.0F, 0}};
  for (const auto& [maximum, frac] : cases) {
    CalibrationReport report = small_report();
    report.input_maximum[0] = maximum;
    EXPECT_EQ(lstm(quantize(small_network(), report), 0).input_frac, frac) << maximum;
  }
}

TEST(Quantize, CellHasTheMostFractionBitsThatHoldItAndAQuarterMore) {
  const std::vector<std::pair<float, int>> cases = {
      {0.0F, 12}, {6.39F, 12}, {6.41F, 11}, {12.79F, 11}, {51.19F, 9}, {51.21F, 8}, {102.0F, 8}};
  for (const auto& [maximum, frac] : cases) {
    CalibrationReport report = small_report();
    report.cell_maximum[0] = maximum;
    EXPECT_EQ(lstm(quantize(small_network(), report), 0).cell_frac, frac) << maximum;
  }
}

TEST(Quantize, BiasesNearTheEndOfTheRangeSaturate) {
  FloatNetwork network = small_network();
  network.lstm[0].bias(1) = 15.99999F;
  network.lstm[0].bias(2) = -15.99999F;
  const Bundle bundle = quantize(network, small_report());
  EXPECT_EQ(lstm(bundle, 0).bias[1], 32767);
  EXPECT_EQ(lstm(bundle, 0).bias[2], -32768);
}

// The integer network prunes a state that is stored as q where |q| < threshold; the float one
// prunes h where |h| < T.
TEST(Quantize, ThresholdPrunesTheSameStatesInFloatAndInteger) {
  for (int threshold = 0; threshold <= 127; ++threshold) {
    FloatNetwork network = small_network();
    network.lstm[0].threshold = grid_threshold(threshold);
    ASSERT_EQ(lstm(quantize(network, small_report()), 0).threshold, threshold);
    for (int step = 0; step < 1024; ++step) {
      const double h = (step + 0.25) / 1024;  // off the grid's ties
      const auto q = saturate(round_shift(static_cast<std::int64_t>(h * 4096), 5), kStateBits);
      const bool float_zero = h < network.lstm[0].threshold || q == 0;
      const bool integer_zero = q < threshold || q == 0;
      ASSERT_EQ(float_zero, integer_zero) << "threshold " << threshold << ", h " << h;
    }
  }
}

TEST(Quantize, LinearLayerGivesTheLogitsOfTheFloatLayer) {
  Random random(kSeed);
  const FloatNetwork network = random_network(random, 7, 24);
  const Bundle bundle = quantize(network, calibrate(network, random_tokens(random, 7, 4, 50)));
  const auto& linear = std::get<LinearLayer>(bundle.layers[2]);
  Eigen::VectorXi h(24);
  for (int& value : h) value = static_cast<int>(random.integer(-127, 127));
  const FloatVector expected =
      network.linear->weight * (h.cast<float>() / 128.0F) + network.linear->bias;
  for (int row = 0; row < 7; ++row) {
    const auto r = static_cast<std::size_t>(row);
    const std::int64_t sum = linear.weight.row(row).cast<int>().dot(h.transpose());
    const std::int64_t logit =
        round_shift(linear.scale[r] * sum, linear.logit_shift) + linear.bias[r];
    EXPECT_NEAR(std::ldexp(static_cast<double>(logit), -linear.logit_frac), expected(row), 0.05);
  }
}

/// States of the float network's only layer, one column a step, by the formulas of docs/lstm.md.
Eigen::MatrixXd float_states(const FloatLstm& layer, const std::vector<int>& tokens) {
  const Eigen::MatrixXd weight_x = layer.weight_x.cast<double>();
  const Eigen::MatrixXd weight_h = layer.weight_h.cast<double>();
  const int units = layer.units();
  Eigen::VectorXd h = Eigen::VectorXd::Zero(units);
  Eigen::VectorXd c = h;
  Eigen::MatrixXd states(units, tokens.size());
  const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
  for (std::size_t step = 0; step < tokens.size(); ++step) {
    const Eigen::VectorXd pre =
        weight_x.col(tokens[step]) + weight_h * h + layer.bias.cast<double>();
    for (int u = 0; u < units; ++u) {
      c(u) = sigmoid(pre(units + u)) * c(u) + sigmoid(pre(u)) * std::tanh(pre(2 * units + u));
      h(u) = sigmoid(pre(3 * units + u)) * std::tanh(c(u));
      if (std::abs(h(u)) < layer.threshold) h(u) = 0;
    }
    states.col(static_cast<Eigen::Index>(step)) = h;
  }
  return states;
}

TEST(Quantize, IntegerStatesFollowTheFloatStates) {
  Random random(kSeed);
  FloatNetwork network = random_network(random, 7, 32);
  network.lstm.pop_back();
  const CalibrationData data = random_tokens(random, 7, 1, 200);
  const Bundle bundle = quantize(network, calibrate(network, data));
  const Eigen::MatrixXd expected = float_states(network.lstm[0], data.tokens[0]);
  Lstm integer(lstm(bundle, 0), 1);
  integer.start({200});
  double squares = 0;
  for (int step = 0; step < 200; ++step) {
    integer.step(encode_symbols({data.tokens[0][static_cast<std::size_t>(step)]}));
    const LstmState state = integer.state();
    for (int u = 0; u < 32; ++u) {
      const double error = state.h[static_cast<std::size_t>(u)] / 128.0 - expected(u, step);
      squares += error * error;
    }
  }
  EXPECT_LT(std::sqrt(squares / (200 * 32)), 0.02) << "seed " << kSeed;
}

TEST(Quantize, ACellScaleOfZeroStopsAtTheLargestShift) {
  FloatNetwork network = small_network();
  network.lstm[0].cell_scale = network.lstm[0].cell_shift = FloatVector::Zero(1);
  EXPECT_EQ(lstm(quantize(network, small_report()), 0).cell_norm->shift, kMaxNormShift);
}

TEST(Calibrate, SeesTheInitialCell) {
  Random random(kSeed);
  FloatNetwork network = random_network(random, 7, 4);
  network.lstm[0].initial_c = FloatVector::Constant(4, 5.0F);
  EXPECT_EQ(calibrate(network, random_tokens(random, 7, 1, 5)).cell_maximum[0], 5.0F);
}

TEST(Calibrate, SeesTheExtremesAndTheShareOfZeros) {
  Random random(kSeed);
  FloatNetwork network = random_network(random, 7, 32);
  network.lstm.pop_back();
  network.lstm[0].threshold = 0.1F;
  const CalibrationData data = random_tokens(random, 7, 2, 100);
  const CalibrationReport report = calibrate(network, data);
  std::int64_t zeros = 0;
  for (const auto& tokens : data.tokens) {
    zeros += (float_states(network.lstm[0], tokens).array() == 0).count();
  }
  EXPECT_GT(zeros, 200);
  EXPECT_NEAR(report.state_sparsity[0], static_cast<double>(zeros) / (2 * 100 * 32), 2e-3);
  EXPECT_EQ(report.input_maximum[0], 1.0F);
  EXPECT_GT(report.cell_maximum[0], 0.5F);
}

TEST(Calibrate, OfEmbeddingEqualsThatOfItsRowsAsDenseInput) {
  Random random(kSeed);
  FloatNetwork network;
  network.lstm = {random_float_lstm(random, 3, 8)};
  network.embedding = random_floats(random, 5, 3, 1.0);
  const CalibrationData symbols = random_tokens(random, 5, 2, 20);
  CalibrationData vectors;
  for (const auto& tokens : symbols.tokens) {
    FloatMatrix& stream = vectors.dense.emplace_back(20, 3);
    for (int step = 0; step < 20; ++step) {
      stream.row(step) = network.embedding->row(tokens[static_cast<std::size_t>(step)]);
    }
  }
  const CalibrationReport expected = calibrate(network, symbols);
  network.embedding.reset();
  const CalibrationReport report = calibrate(network, vectors);
  EXPECT_EQ(report.cell_maximum, expected.cell_maximum);
  EXPECT_EQ(report.input_maximum, expected.input_maximum);
}

TEST(Calibrate, RefusesDataThatDoNotFit) {
  Random random(kSeed);
  FloatNetwork network = random_network(random, 7, 4);
  const auto message = [&](const CalibrationData& data) {
    return error_message([&] { calibrate(network, data); });
  };
  EXPECT_THAT(message({}), says("must be either symbols or vectors"));
  EXPECT_THAT(message({{{0, 7}}, {}}), says("symbol 7 is outside the network's 0..6"));
  EXPECT_THAT(message({{{0, -1}}, {}}), says("symbol -1 is outside"));
  EXPECT_THAT(message({{{0, 1}, {2}}, {}}), says("the same number of steps"));
  EXPECT_THAT(message({{{}}, {}}), says("at least one"));
  EXPECT_THAT(message({{}, {FloatMatrix::Zero(3, 6)}}), says("has 6 numbers a step"));
  EXPECT_THAT(message({{}, {FloatMatrix::Constant(1, 7, std::nanf(""))}}), says("not finite"));
}

// The inputs' sum is +infinity, and from the second step the states' sum is -infinity.
TEST(Calibrate, RefusesANetworkWhoseSumsOverflow) {
  FloatNetwork network;
  network.lstm = {{FloatMatrix::Constant(16, 2, 3e38F), FloatMatrix::Constant(16, 4, -3e38F),
                   FloatVector::Zero(16), 0.0F}};
  const CalibrationData data{{}, {FloatMatrix::Ones(2, 2)}};
  EXPECT_THAT(error_message([&] { calibrate(network, data); }), says("sums overflow"));
}

TEST(ThresholdForSparsity, IsTheLowestOnTheGridThatReachesIt) {
  Random random(kSeed);
  FloatNetwork network = random_network(random, 7, 32);
  const CalibrationData data = random_tokens(random, 7, 4, 50);
  for (const int layer : {0, 1}) {
    const auto index = static_cast<std::size_t>(layer);
    const float threshold = threshold_for_sparsity(network, layer, 0.6, data);
    const int integer = static_cast<int>(std::lround(threshold * 128 + 0.5));
    EXPECT_EQ(threshold, grid_threshold(integer));
    network.lstm[index].threshold = threshold;
    EXPECT_GE(calibrate(network, data).state_sparsity[index], 0.6);
    FloatNetwork below = network;
    below.lstm[index].threshold = grid_threshold(integer - 1);
    EXPECT_LT(calibrate(below, data).state_sparsity[index], 0.6);
  }
}

TEST(ThresholdForSparsity, OfZeroIsZero) {
  Random random(kSeed);
  const FloatNetwork network = random_network(random, 7, 4);
  EXPECT_EQ(threshold_for_sparsity(network, 0, 0.0, random_tokens(random, 7, 1, 5)), 0.0F);
}

TEST(ThresholdForSparsity, RefusesWhatIsNoShare) {
  Random random(kSeed);
  const FloatNetwork network = random_network(random, 7, 4);
  const CalibrationData data = random_tokens(random, 7, 1, 5);
  for (const double sparsity : {-0.1, 1.0, std::nan("")}) {
    EXPECT_THAT(error_message([&] { threshold_for_sparsity(network, 0, sparsity, data); }),
                says("is not a share"));
  }
}

struct Unfit : NamedCase {
  void (*change)(FloatNetwork&, CalibrationReport&);
  const char* words;
};

class UnfitNetwork : public testing::TestWithParam<Unfit> {};

TEST_P(UnfitNetwork, IsRefusedInOneLine) {
  FloatNetwork network = small_network();
  CalibrationReport report = small_report();
  GetParam().change(network, report);
  EXPECT_THAT(error_message([&] { quantize(network, report); }), says(GetParam().words));
}

INSTANTIATE_TEST_SUITE_P(
    Quantize, UnfitNetwork,
    testing::Values(
        Unfit{"Bias", [](FloatNetwork& n, CalibrationReport&) { n.lstm[0].bias(3) = -16; },
              "layer lstm0: bias 3 is -16, outside +-16"},
        Unfit{"Weights", [](FloatNetwork& n, CalibrationReport&) { n.lstm[0].weight_h *= 1e9F; },
              "layer lstm0: a row's scale of"},
        Unfit{"Cell", [](FloatNetwork&, CalibrationReport& r) { r.cell_maximum[0] = 103; },
              "a cell value of 103 does not fit"},
        Unfit{"Input", [](FloatNetwork&, CalibrationReport& r) { r.input_maximum[0] = 128; },
              "an input of 128 does not fit"},
        Unfit{"Threshold",
              [](FloatNetwork& n, CalibrationReport&) { n.lstm[0].threshold = 0.9999F; },
              "threshold 0.9999 is outside 0..0.98828125"},
        Unfit{"NegativeThreshold",
              [](FloatNetwork& n, CalibrationReport&) { n.lstm[0].threshold = -0.1F; },
              "threshold -0.1 is outside"},
        Unfit{"ThresholdNotANumber",
              [](FloatNetwork& n, CalibrationReport&) { n.lstm[0].threshold = std::nanf(""); },
              "threshold nan is outside"},
        Unfit{"HugeWeights",
              [](FloatNetwork& n, CalibrationReport&) { n.lstm[0].weight_x *= 1e38F; },
              "a row's scale of"},
        Unfit{"CellOffset",
              [](FloatNetwork& n, CalibrationReport&) {
                n.lstm[0].cell_scale = FloatVector::Constant(1, 1.0F);
                n.lstm[0].cell_shift = FloatVector::Constant(1, -8.5F);
              },
              "layer lstm0: cell offset 0 is -8.5, outside +-8"},
        Unfit{"InitialState",
              [](FloatNetwork& n, CalibrationReport&) {
                n.lstm[0].initial_h = FloatVector::Constant(1, 1.5F);
              },
              "an initial state of 1.5 is outside +-1"},
        Unfit{"InitialCell",
              [](FloatNetwork& n, CalibrationReport&) {
                n.lstm[0].initial_c = FloatVector::Constant(1, 9.0F);
              },
              "initial cell 0 is 9, outside +-8"},
        Unfit{"OtherReport", [](FloatNetwork&, CalibrationReport& r) { r.cell_maximum.clear(); },
              "was made with another network"}),
    case_name);

/// Three inputs, five units; rows have one magnitude each, ternary ones some zeros.
FloatNetwork few_values(WeightFormat format) {
  FloatNetwork network = small_network();
  FloatLstm& layer = network.lstm[0];
  layer.weight_x = FloatMatrix(20, 3);
  layer.weight_h = FloatMatrix(20, 5);
  layer.bias = FloatVector::Zero(20);
  layer.format = format;
  for (FloatMatrix* weight : {&layer.weight_x, &layer.weight_h}) {
    for (Eigen::Index row = 0; row < weight->rows(); ++row) {
      for (Eigen::Index column = 0; column < weight->cols(); ++column) {
        const bool zero = format == WeightFormat::kTernary && (row + column) % 3 == 0;
        const float sign = (row * 7 + column * 5) % 2 == 0 ? 1.0F : -1.0F;
        (*weight)(row, column) = zero ? 0.0F : sign * (0.1F + 0.01F * static_cast<float>(row));
      }
    }
  }
  return network;
}

TEST(Quantize, TernaryAndBinaryWeightsAreTakenAsTheyAre) {
  for (const WeightFormat format : {WeightFormat::kTernary, WeightFormat::kBinary}) {
    const FloatNetwork network = few_values(format);
    const Bundle bundle = quantize(network, small_report());
    const LstmLayer& layer = lstm(bundle, 0);
    EXPECT_EQ(layer.weight_format, format);
    for (Eigen::Index row = 0; row < layer.weight_h.rows(); ++row) {
      for (Eigen::Index column = 0; column < layer.weight_h.cols(); ++column) {
        const float real = network.lstm[0].weight_h(row, column);
        EXPECT_EQ(layer.weight_h(row, column), real > 0 ? 1 : real < 0 ? -1 : 0);
      }
    }
  }
}

TEST(Quantize, WeightsOfSeveralMagnitudesAreNotTernary) {
  FloatNetwork network = few_values(WeightFormat::kTernary);
  network.lstm[0].weight_h(2, 0) *= 0.9F;
  network.lstm[0].weight_h(2, 1) *= 1.1F;
  EXPECT_THAT(error_message([&] { quantize(network, small_report()); }),
              testing::HasSubstr("train with weight_format=ternary"));
}

TEST(Quantize, CellNormalisationIsWhatTheRealNumbersGive) {
  FloatNetwork network = few_values(WeightFormat::kBinary);
  FloatLstm& source = network.lstm[0];
  const Eigen::Index units = source.units();
  source.cell_scale = FloatVector::LinSpaced(units, -0.7F, 3.0F);
  source.cell_shift = FloatVector::LinSpaced(units, -1.0F, 1.0F);
  source.initial_h = FloatVector::Constant(units, 0.25F);
  source.initial_c = FloatVector::Constant(units, -1.5F);
  const Bundle bundle = quantize(network, small_report());
  const LstmLayer& layer = lstm(bundle, 0);
  ASSERT_TRUE(layer.cell_norm.has_value());
  for (Eigen::Index u = 0; u < units; ++u) {
    const auto at = static_cast<std::size_t>(u);
    const double c = 0.8;  // Q3.12 = scale x c_q / 2^shift
    const double got = layer.cell_norm->scale[at] * std::ldexp(c, layer.cell_frac) /
                           std::ldexp(1.0, layer.cell_norm->shift) +
                       layer.cell_norm->offset[at];
    EXPECT_NEAR(got / 4096, source.cell_scale(u) * c + source.cell_shift(u), 1e-3);
    EXPECT_EQ(layer.initial_h[at], 32);
    EXPECT_EQ(layer.initial_c[at], -1.5 * std::ldexp(1.0, layer.cell_frac));
  }
}

}  // namespace
}  // namespace lacuna::golden
