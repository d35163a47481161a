// SPDX-License-Identifier: Apache-2.0
// What a safetensors file must be to be read, and what is written.
#include "golden/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>

#include "golden/random.h"
#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::golden {
namespace {

std::string length_bytes(std::uint64_t length) {
  return {reinterpret_cast<const char*>(&length), sizeof(length)};
}

/// A file of a header with its right length, and that much data.
std::string file_of(const std::string& header, std::size_t data) {
  return length_bytes(header.size()) + header + std::string(data, '\0');
}

std::string tensor(const std::string& dtype, const std::string& shape, const std::string& offsets) {
  return R"({"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

std::string list_of_ones(int count) {
  std::string list = "[1";
  for (int i = 1; i < count; ++i) list += ",1";
  return list + "]";
}

struct HostileFile : NamedCase {
  std::string bytes;
  std::string words;
};

class HostileSafeTensors : public testing::TestWithParam<HostileFile> {};

TEST_P(HostileSafeTensors, IsRefusedInOneLine) {
  const TemporaryFolder folder;
  const auto file = folder.write("hostile.safetensors", GetParam().bytes);
  const std::string message = error_message([&] { read_safetensors(file); });
  EXPECT_THAT(message, says(GetParam().words));
  EXPECT_THAT(message, says("hostile.safetensors"));
}

INSTANTIATE_TEST_SUITE_P(
    Container, HostileSafeTensors,
    testing::Values(
        HostileFile{"Empty", "", "has 0 bytes, too few for a header"},
        HostileFile{"SevenBytes", "1234567", "has 7 bytes, too few"},
        HostileFile{"HeaderOf2To60", length_bytes(1ULL << 60) + "{}", "1152921504606846976 bytes"},
        HostileFile{"HeaderOf2To64", length_bytes(~0ULL) + "{}", "more than 100000000"},
        HostileFile{"HeaderOver100MB", length_bytes(100'000'001) + "{}", "more than 100000000"},
        HostileFile{"CutInHeader", length_bytes(50) + "{}", "declares a header of 50 bytes but"},
        HostileFile{"NoJson", file_of("{\"a\":", 0), "is not JSON at byte"},
        HostileFile{"NotUtf8", file_of("{\"\xff\":1}", 0), "is not JSON at byte"},
        HostileFile{"Garbage", file_of("{} x", 0), "is not JSON at byte"},
        HostileFile{"NoObject", file_of("[1]", 0), "must be a JSON object"},
        HostileFile{"HugeNumber", file_of("{\"a\":1e999}", 0), "number"},
        HostileFile{"Nested", file_of(std::string(1'000'000, '['), 0), "nested too deeply"},
        HostileFile{"MillionsOfValues", file_of(list_of_ones(1'100'000), 0),
                    "more than a million values"},
        HostileFile{"MetadataNumber", file_of(R"({"__metadata__":{"a":1}})", 0),
                    "metadata \"a\" must be a string"},
        HostileFile{"MetadataList", file_of(R"({"__metadata__":[]})", 0),
                    "__metadata__ must be a JSON object"},
        HostileFile{"BytesOfNoTensor", file_of("{}", 3), "3 bytes at the end belong to no tensor"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Tensor, HostileSafeTensors,
    testing::Values(
        HostileFile{"TwiceTheName",
                    file_of("{\"a\":" + tensor("I8", "[1]", "[0,1]") +
                                ",\"a\":" + tensor("I8", "[1]", "[0,1]") + "}",
                            1),
                    "has the key \"a\" twice"},
        HostileFile{
            "TwiceTheField",
            file_of(R"({"a":{"dtype":"I8","dtype":"I8","shape":[1],"data_offsets":[0,1]}})", 1),
            "has the key \"dtype\" twice"},
        HostileFile{"NoEntry", file_of(R"({"a":3})", 0), "tensor \"a\": must be a JSON object"},
        HostileFile{"UnknownField", file_of(R"({"a":{"color":1}})", 0), "unknown field \"color\""},
        HostileFile{"UnknownDtype", file_of("{\"a\":" + tensor("F4", "[1]", "[0,1]") + "}", 1),
                    "unknown dtype \"F4\""},
        HostileFile{"NoDtype", file_of(R"({"a":{"shape":[1],"data_offsets":[0,1]}})", 1),
                    "has no field 'dtype'"},
        HostileFile{"NoShape", file_of(R"({"a":{"dtype":"I8","data_offsets":[0,1]}})", 1),
                    "has no list shape"},
        HostileFile{"NegativeShape", file_of("{\"a\":" + tensor("I8", "[-1]", "[0,1]") + "}", 1),
                    "non-negative integers"},
        HostileFile{"RealShape", file_of("{\"a\":" + tensor("I8", "[1.5]", "[0,1]") + "}", 1),
                    "non-negative integers"},
        HostileFile{
            "ShapeOverflow",
            file_of("{\"a\":" + tensor("F64", "[2147483647,2147483647,2147483647]", "[0,8]") + "}",
                    8),
            "shape is too large"},
        HostileFile{"HugeDimension",
                    file_of("{\"a\":" + tensor("I8", "[0,18446744073709551615]", "[0,0]") + "}", 0),
                    "shape is too large"},
        HostileFile{"NineDimensions",
                    file_of("{\"a\":" + tensor("I8", "[1,1,1,1,1,1,1,1,1]", "[0,1]") + "}", 1),
                    "more than 8 dimensions"},
        HostileFile{"BeyondTheEnd", file_of("{\"a\":" + tensor("I8", "[4]", "[0,4]") + "}", 3),
                    "data_offsets 0..4 lie outside the 3 bytes of data"},
        HostileFile{"Backwards", file_of("{\"a\":" + tensor("I8", "[1]", "[2,1]") + "}", 2),
                    "data_offsets 2..1 lie outside"},
        HostileFile{"OneOffset", file_of("{\"a\":" + tensor("I8", "[1]", "[0]") + "}", 1),
                    "data_offsets must be two numbers"},
        HostileFile{"WrongSize", file_of("{\"a\":" + tensor("I16", "[3]", "[0,3]") + "}", 3),
                    "takes 3 bytes but its shape and dtype need 6"},
        HostileFile{"Overlap",
                    file_of("{\"a\":" + tensor("I8", "[2]", "[0,2]") +
                                ",\"b\":" + tensor("I8", "[2]", "[1,3]") + "}",
                            3),
                    "tensor \"b\": overlaps another tensor"},
        HostileFile{"Gap",
                    file_of("{\"a\":" + tensor("I8", "[1]", "[0,1]") +
                                ",\"b\":" + tensor("I8", "[1]", "[3,4]") + "}",
                            4),
                    "tensor \"b\": 2 bytes before it belong to no tensor"},
        HostileFile{"LineBreakInName",
                    file_of("{\"a\\nb\":" + tensor("X", "[1]", "[0,1]") + "}", 1), "\"a\\nb\""},
        HostileFile{
            "LongName",
            file_of("{\"" + std::string(100'000, 'w') + "\":" + tensor("I8", "[1]", "[0,1]") + "}",
                    1),
            "more than 256 bytes"}),
    case_name);

TEST(SafeTensors, OfAMissingFileOrAFolderIsRefused) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_message([&] { read_safetensors(folder / "none"); }), says("is not there"));
  EXPECT_THAT(error_message([&] { read_safetensors(folder / "."); }), says("not a file"));
  EXPECT_THAT(error_message([&] { read_safetensors("/dev/zero"); }), says("not a file"));
}

SafeTensors example() {
  SafeTensors content;
  content.metadata = {{"who", "a \"test\""}, {"text", "\xc3\xa9\n"}};
  const std::int8_t i8[] = {-128, 0, 127};
  const std::uint8_t u8[] = {0, 255};
  const std::int16_t i16[] = {-32768, 32767};
  const std::int32_t i32[] = {std::numeric_limits<std::int32_t>::min(), 1, 2, 3};
  const float f32[] = {1.5F, -0.0F};
  content.tensors["z"] = make_tensor({3}, i8);
  content.tensors["y"] = make_tensor({2, 1}, u8);
  content.tensors["x"] = make_tensor({2}, i16);
  content.tensors["w"] = make_tensor({2, 2}, i32);
  content.tensors["v"] = make_tensor({1, 1, 2}, f32);
  content.tensors["empty"] = make_tensor({0, 4}, f32);
  content.tensors["scalar"] = make_tensor({}, i16);
  return content;
}

TEST(SafeTensors, ComeBackAsTheyWereWritten) {
  const TemporaryFolder folder;
  const SafeTensors written = example();
  write_safetensors(written, folder / "a");
  const SafeTensors read = read_safetensors(folder / "a");
  EXPECT_EQ(read.metadata, written.metadata);
  ASSERT_EQ(read.tensors.size(), written.tensors.size());
  for (const auto& [name, tensor] : written.tensors) {
    EXPECT_EQ(read.at(name).dtype, tensor.dtype) << name;
    EXPECT_EQ(read.at(name).shape, tensor.shape) << name;
    EXPECT_EQ(read.at(name).bytes, tensor.bytes) << name;
  }
  EXPECT_EQ(read.values<std::int8_t>("z", {3}), (std::vector<std::int8_t>{-128, 0, 127}));
}

TEST(SafeTensors, AreTheSameBytesEveryTime) {
  const TemporaryFolder folder;
  write_safetensors(example(), folder / "a");
  write_safetensors(example(), folder / "b");
  EXPECT_EQ(read_bytes(folder / "a"), read_bytes(folder / "b"));
}

TEST(SafeTensors, AreAligned) {
  const TemporaryFolder folder;
  write_safetensors(example(), folder / "a");
  const std::string bytes = read_bytes(folder / "a");
  std::uint64_t header = 0;
  std::memcpy(&header, bytes.data(), sizeof(header));
  EXPECT_EQ(header % 8, 0U);
  const auto json = nlohmann::json::parse(bytes.substr(8, header));
  EXPECT_EQ(json["w"]["data_offsets"][0].get<int>() % 4, 0);
  EXPECT_EQ(json["x"]["data_offsets"][0].get<int>() % 2, 0);
}

TEST(SafeTensors, NameTensorTypeAndShapeThatAreNotAsNeeded) {
  const SafeTensors content = example();
  EXPECT_THAT(error_message([&] { content.at("none"); }), says("has no tensor \"none\""));
  EXPECT_THAT(error_message([&] { content.values<std::int16_t>("z", {3}); }),
              says("tensor \"z\": has dtype I8, I16 is needed"));
  EXPECT_THAT(error_message([&] {
                content.values<std::int8_t>("z", {1, 3});
              }),
              says("tensor \"z\": has shape [3], [1, 3] is needed"));
  EXPECT_THAT(error_message([&] { content.floats("z"); }), says("floating point is needed"));
}

TEST(SafeTensors, OfEveryFloatTypeGiveFloats) {
  const TemporaryFolder folder;
  using namespace std::string_literals;
  // 1.5 and -2 in each type, little-endian.
  const std::string data =
      "\x00\x00\x00\x00\x00\x00\xf8\x3f\x00\x00\x00\x00\x00\x00\x00\xc0"s
      "\x00\x00\xc0\x3f\x00\x00\x00\xc0"s
      "\x00\x3e\x00\xc0"s
      "\xc0\x3f\x00\xc0"s;
  const std::string header = "{\"f64\":" + tensor("F64", "[2]", "[0,16]") +
                             ",\"f32\":" + tensor("F32", "[2]", "[16,24]") +
                             ",\"f16\":" + tensor("F16", "[2]", "[24,28]") +
                             ",\"bf16\":" + tensor("BF16", "[2]", "[28,32]") + "}";
  folder.write("a", length_bytes(header.size()) + header + data);
  const SafeTensors content = read_safetensors(folder / "a");
  for (const char* name : {"f64", "f32", "f16", "bf16"}) {
    EXPECT_EQ(content.floats(name), (std::vector<float>{1.5F, -2.0F})) << name;
  }
}

TEST(SafeTensors, WithANumberThatIsNotFiniteNameTheTensor) {
  SafeTensors content = example();
  const float values[] = {1.0F, std::numeric_limits<float>::quiet_NaN()};
  content.tensors["nan"] = make_tensor({2}, values);
  EXPECT_THAT(error_message([&] { content.floats("nan"); }), says("tensor \"nan\": element 1 is"));
}

// Every single-byte change of a good file is either read or refused with an Error; nothing else may
// happen.
TEST(SafeTensors, SurviveEveryDamage) {
  const TemporaryFolder folder;
  write_safetensors(example(), folder / "a");
  const std::string good = read_bytes(folder / "a");
  constexpr std::uint64_t kSeed = 1;
  Random random(kSeed);
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    std::string bad = good;
    const auto at =
        static_cast<std::size_t>(random.integer(0, static_cast<std::int64_t>(good.size()) - 1));
    if (random.chance(0.2)) {
      bad.resize(at);
    } else {
      bad[at] = static_cast<char>(random.integer(0, 255));
    }
    const auto file = folder.write("bad", bad);
    refused += error_message([&] { read_safetensors(file); }) != "no error" ? 1 : 0;
  }
  EXPECT_GT(refused, 150) << "seed " << kSeed;
}

/// Limits the size of files for one scope, which fails writes as a full disk does.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &saved_);
    const rlimit limit{bytes, saved_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &saved_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit saved_{};
  void (*handler_)(int);
};

TEST(SafeTensors, OnAFullDiskLeaveNothingBehind) {
  const TemporaryFolder folder;
  const std::vector<std::int8_t> values(10'000);
  SafeTensors content;
  content.tensors["a"] = make_tensor({10'000}, values.data());
  std::string message;
  {
    const FullDisk full(4096);
    message = error_message([&] { write_safetensors(content, folder / "a"); });
  }
  EXPECT_THAT(message, says("cannot be written"));
  EXPECT_THAT(message, says("make room"));
  EXPECT_EQ(folder.files(), 0);
}

TEST(SafeTensors, OnAFullDiskKeepTheOldFile) {
  const TemporaryFolder folder;
  folder.write("a", "old");
  const std::vector<std::int8_t> values(10'000);
  SafeTensors content;
  content.tensors["a"] = make_tensor({10'000}, values.data());
  {
    const FullDisk full(4096);
    EXPECT_THROW(write_safetensors(content, folder / "a"), Error);
  }
  EXPECT_EQ(read_bytes(folder / "a"), "old");
  EXPECT_EQ(folder.files(), 1);
}

TEST(SafeTensors, IntoAFolderThatIsNotThereAreRefused) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_message([&] { write_safetensors(example(), folder / "none/a"); }),
              says("cannot be written: No such file or directory"));
}

TEST(SafeTensors, OverAFolderAreRefused) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "a");
  EXPECT_THAT(error_message([&] { write_safetensors(example(), folder / "a"); }),
              says("cannot be replaced"));
  EXPECT_EQ(folder.files(), 1);
}

// Python's own package is the judge of the format where it is installed.
TEST(SafeTensors, AreReadByPython) {
  if (std::system("python3 -c 'import safetensors, numpy' 2>/dev/null") != 0) {
    GTEST_SKIP() << "Python's safetensors and numpy are not installed";
  }
  const TemporaryFolder folder;
  write_safetensors(example(), folder / "a");
  const auto script = folder.write("check.py",
                                   "import sys\n"
                                   "from safetensors import safe_open\n"
                                   "with safe_open(sys.argv[1], 'np') as f:\n"
                                   "    assert f.metadata()['who'] == 'a \"test\"'\n"
                                   "    assert f.get_tensor('z').tolist() == [-128, 0, 127]\n"
                                   "    assert f.get_tensor('w').shape == (2, 2)\n");
  EXPECT_EQ(std::system(("python3 " + script.string() + " " + (folder / "a").string()).c_str()), 0);
}

}  // namespace
}  // namespace lacuna::golden
