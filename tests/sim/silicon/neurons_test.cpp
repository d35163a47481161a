// SPDX-License-Identifier: Apache-2.0
// Fully parallel networks by their neurons: counts, exactness, and networks that are none.
#include "sim/silicon/neurons.h"

#include <gmock/gmock.h>

#include <sstream>

#include "golden/error.h"
#include "sim/fc/regression.h"
#include "sim/lstm/regression.h"
#include "sim/sc/regression.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

NetworkSilicon measured(const golden::Bundle& bundle, int neurons) {
  InputRequest request;
  request.streams = 2;
  return measure_neurons("network", bundle, read_network_input(bundle, request), neurons,
                         read_library(default_library()), read_technology(default_technology()),
                         {});
}

NetworkSilicon measured_images(const golden::Bundle& bundle, const NetworkInput& input) {
  return measure_neurons("network", bundle, input, 2, read_library(default_library()),
                         read_technology(default_technology()), {});
}

golden::Bundle radix_network() {
  golden::FcLayer layer = draw_layer(FcCase{"fc", "small_dense", 3, 9, 5});
  layer.mask.reset();
  layer.weights = {};
  for (int weight = 0; weight < 9 * 5; ++weight)
    layer.weights.push_back(static_cast<std::int16_t>(37 * weight % 255 - 127));
  golden::Bundle bundle;
  bundle.layers.emplace_back(layer);
  return bundle;
}

TEST(NeuronsOfAStochasticNetwork, StandAsOftenAsItsLayersHaveOutputs) {
  // 5-1-4-1, four streams a weight.
  const golden::Bundle bundle = draw_network(ScCase{"sc", "small_m4", 5, 24, 8});
  const NetworkSilicon result = measured(bundle, 2);
  ASSERT_EQ(result.parts.size(), 6u);  // three layers, two of them with counters; registers
  const std::uint64_t instances[] = {1, 1, 4, 4, 1, 5 + 4 * 6};
  double area = 0;
  for (std::size_t at = 0; at < result.parts.size(); ++at) {
    EXPECT_EQ(result.parts[at].instances, instances[at]) << result.parts[at].name;
    EXPECT_GT(result.parts[at].energy, 0) << result.parts[at].name;
    area += result.parts[at].area * static_cast<double>(instances[at]);
  }
  EXPECT_DOUBLE_EQ(result.area(), area);
  EXPECT_EQ(result.parts[2].measured, 2u);
  EXPECT_EQ(result.parts[2].compared, 2u * 2 * 24) << "neurons x images x cycles";
}

TEST(NeuronsOfAStochasticNetwork, WorkOnWhatTheNetworkSendsThem) {
  golden::Bundle bundle = draw_network(ScCase{"sc", "small_bipolar", 5, 24, 8});
  EXPECT_NO_THROW(measured(bundle, 64)) << "every neuron, more than there are";
}

TEST(NeuronsOfABinaryRadixNetwork, AreComparedWithTheProductsSum) {
  const golden::Bundle bundle = radix_network();
  const NetworkSilicon result = measured(bundle, 5);
  ASSERT_EQ(result.parts.size(), 1u);
  EXPECT_EQ(result.parts.front().instances, 5u);
  EXPECT_EQ(result.parts.front().compared, 5u * 2);
  EXPECT_EQ(result.cycles_an_image, 1);
}

TEST(NeuronsOfOtherNetworks, AreRefused) {
  golden::Bundle bundle;
  bundle.layers.emplace_back(draw_layer(LstmCase{"lstm", "single", 1, 5, 4, 1}));
  EXPECT_THAT([&] { measured(bundle, 1); },
              ThrowsMessage<Error>(HasSubstr("neither a stochastic nor a fully-connected")));
}

TEST(NeuronsOfANetwork, FitATerminal) {
  const NetworkSilicon result = measured(radix_network(), 1);
  std::istringstream lines(to_table({result, result}));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80u) << line;
  EXPECT_EQ(to_json(result).at("parts").size(), result.parts.size());
}

TEST(NeuronsOfABinaryRadixNetwork, TakeAsMuchForAnImageWhateverTheNumberOfImages) {
  // The same image again and again: registers are clocked, nothing toggles, nothing else counts.
  const golden::Bundle bundle = radix_network();
  InputRequest request;
  request.streams = 1;
  NetworkInput input = read_network_input(bundle, request);
  const double once = measured_images(bundle, input).energy();
  std::vector<std::int8_t> copies;
  input.streams = 12;
  for (const std::int8_t pixel : input.dense.front()) copies.insert(copies.end(), 12, pixel);
  input.dense.front() = copies;
  EXPECT_NEAR(measured_images(bundle, input).energy() / once, 1, 1e-9);
}

TEST(NeuronsOfANetwork, MustMeetTheClock) {
  SiliconOptions options;
  options.hertz = 20e9;
  InputRequest request;
  const golden::Bundle bundle = radix_network();
  EXPECT_THAT(
      [&] {
        measure_neurons("network", bundle, read_network_input(bundle, request), 1,
                        read_library(default_library()), read_technology(default_technology()),
                        options);
      },
      ThrowsMessage<CheckFailed>(HasSubstr("the longest path of lac_radix_neuron")));
}

}  // namespace
}  // namespace lacuna::sim
