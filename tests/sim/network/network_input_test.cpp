// SPDX-License-Identifier: Apache-2.0
// Text, arrays and images as the first layer's input.
#include "sim/network/network_input.h"

#include <gtest/gtest.h>

#include <fstream>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"

namespace lacuna::sim {
namespace {

golden::Bundle characters() {
  golden::LstmLayer layer;
  layer.name = "lstm";
  layer.input = golden::InputKind::kOneHot;
  layer.inputs = 3;
  golden::Bundle bundle;
  bundle.layers = {layer};
  bundle.facts = {{"task", "characters"}, {"vocabulary", {"a", "b", "c"}}};
  return bundle;
}

golden::Bundle vectors(int inputs) {
  golden::LstmLayer layer;
  layer.name = "lstm";
  layer.inputs = inputs;
  layer.input_frac = 7;
  golden::Bundle bundle;
  bundle.layers = {layer};
  return bundle;
}

void write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

TEST(NetworkInput, TextIsCutIntoStreamsAtEqualDistances) {
  const TemporaryFolder folder;
  InputRequest request;
  request.file = folder.path() / "text.txt";
  request.streams = 2;
  request.steps = 2;
  write(*request.file, "abcacb");
  const NetworkInput input = read_network_input(characters(), request);
  EXPECT_EQ(input.symbols, (std::vector<std::vector<int>>{{0, 1}, {0, 2}}));
}

TEST(NetworkInput, TextThatIsTooShortOrForeignIsRefused) {
  const TemporaryFolder folder;
  InputRequest request;
  request.file = folder.path() / "text.txt";
  request.streams = 2;
  request.steps = 4;
  write(*request.file, "abcacb");
  EXPECT_THROW(read_network_input(characters(), request), Error);
  write(*request.file, "abxy");
  request.steps = 1;
  EXPECT_THROW(read_network_input(characters(), request), Error);
}

TEST(NetworkInput, ImagesAreHalvedAsInTrainingAndReadRowByRow) {
  const TemporaryFolder folder;
  InputRequest request;
  request.file = folder.path() / "test-idx3-ubyte";
  request.streams = 2;
  std::string bytes("\0\0\x08\x03\0\0\0\2\0\0\0\2\0\0\0\2", 16);
  for (const unsigned char pixel : {0, 1, 254, 255, 10, 20, 30, 40})
    bytes += static_cast<char>(pixel);
  write(*request.file, bytes);
  const NetworkInput rows = read_network_input(vectors(2), request);
  ASSERT_EQ(rows.steps, 2);
  EXPECT_EQ(rows.dense[0], (std::vector<std::int8_t>{0, 5, 0, 10}))
      << "index [position * streams + stream]";
  EXPECT_EQ(rows.dense[1], (std::vector<std::int8_t>{127, 15, 127, 20}));
  EXPECT_EQ(read_network_input(vectors(1), request).steps, 4);
  write(*request.file, bytes.substr(0, 20));
  EXPECT_THROW(read_network_input(vectors(2), request), Error);
}

TEST(NetworkInput, ImagesArePooledWhereTheBundleSaysSo) {
  const TemporaryFolder folder;
  InputRequest request;
  request.file = folder.path() / "test-idx3-ubyte";
  request.streams = 1;
  std::string bytes("\0\0\x08\x03\0\0\0\1\0\0\0\2\0\0\0\4", 16);
  for (const unsigned char pixel : {255, 254, 10, 20, 255, 253, 30, 43})
    bytes += static_cast<char>(pixel);
  write(*request.file, bytes);
  golden::ScLayer layer;
  layer.name = "sc0";
  layer.inputs = 2;
  golden::Bundle bundle;
  bundle.facts = {{"task", "generic"}, {"pool", 2}};
  bundle.layers = {layer};
  EXPECT_EQ(read_network_input(bundle, request).dense[0], (std::vector<std::int8_t>{127, 12}))
      << "means of 254 and 25, halved";
  bundle.facts["pool"] = 3;
  EXPECT_THROW(read_network_input(bundle, request), Error);
}

TEST(NetworkInput, RandomInputIsTheSeeds) {
  InputRequest request;
  request.steps = 20;
  request.seed = 4;
  EXPECT_EQ(read_network_input(characters(), request).symbols,
            read_network_input(characters(), request).symbols);
  EXPECT_EQ(read_network_input(vectors(3), request).dense.size(), 20u);
  InputRequest other = request;
  other.seed = 5;
  EXPECT_NE(read_network_input(characters(), request).symbols,
            read_network_input(characters(), other).symbols);
}

}  // namespace
}  // namespace lacuna::sim
