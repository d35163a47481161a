// SPDX-License-Identifier: Apache-2.0
// Which .npy files are read.
#include "golden/npy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::golden {
namespace {

using namespace std::string_literals;

/// A file of format version 1 as NumPy writes it.
std::string npy(const std::string& type, const std::string& shape, const std::string& data,
                const std::string& order = "False") {
  std::string header =
      "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
  header.append(63 - (10 + header.size()) % 64, ' ');
  header += '\n';
  return "\x93NUMPY\x01\x00"s + static_cast<char>(header.size() & 255) +
         static_cast<char>(header.size() >> 8) + header + data;
}

NpyArray read(const std::string& bytes) {
  const TemporaryFolder folder;
  return read_npy(folder.write("a.npy", bytes));
}

struct Typed : NamedCase {
  std::string type;
  std::string data;  ///< 1 and 2 (unsigned) or -2
  float second;
};

class NpyType : public testing::TestWithParam<Typed> {};

TEST_P(NpyType, IsReadAsFloat) {
  const NpyArray array = read(npy(GetParam().type, "(2, 1)", GetParam().data));
  EXPECT_EQ(array.shape, (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(array.values, (std::vector<float>{1, GetParam().second}));
}

INSTANTIATE_TEST_SUITE_P(
    Npy, NpyType,
    testing::Values(Typed{"f4", "<f4", "\x00\x00\x80\x3f\x00\x00\x00\xc0"s, -2},
                    Typed{"f8", "<f8",
                          "\x00\x00\x00\x00\x00\x00\xf0\x3f\x00\x00\x00\x00\x00\x00\x00\xc0"s, -2},
                    Typed{"i1", "|i1", "\x01\xfe"s, -2}, Typed{"u1", "|u1", "\x01\xfe"s, 254},
                    Typed{"i2", "<i2", "\x01\x00\xfe\xff"s, -2},
                    Typed{"i4", "<i4", "\x01\x00\x00\x00\xfe\xff\xff\xff"s, -2},
                    Typed{"i8", "<i8",
                          "\x01\x00\x00\x00\x00\x00\x00\x00\xfe\xff\xff\xff\xff\xff\xff\xff"s, -2}),
    case_name);

TEST(Npy, OfVersionTwoIsRead) {
  std::string bytes = npy("|u1", "(3,)", "\x01\x02\x03");
  bytes[6] = 2;
  bytes.insert(10, "\0\0"s);
  EXPECT_EQ(read(bytes).values, (std::vector<float>{1, 2, 3}));
}

TEST(Npy, HasAnyNumberOfDimensions) {
  EXPECT_EQ(read(npy("|u1", "()", "\x05")).shape, std::vector<std::int64_t>{});
  EXPECT_EQ(read(npy("|u1", "(0, 4)", "")).values.size(), 0U);
  EXPECT_EQ(read(npy("|u1", "(1, 2, 1)", "ab")).shape, (std::vector<std::int64_t>{1, 2, 1}));
}

struct HostileNpy : NamedCase {
  std::string bytes;
  std::string words;
};

class HostileNpyFile : public testing::TestWithParam<HostileNpy> {};

TEST_P(HostileNpyFile, IsRefusedInOneLine) {
  const std::string message = error_message([] { read(GetParam().bytes); });
  EXPECT_THAT(message, says(GetParam().words));
  EXPECT_THAT(message, says("a.npy"));
}

INSTANTIATE_TEST_SUITE_P(
    Npy, HostileNpyFile,
    testing::Values(
        HostileNpy{"Empty", "", "is not a .npy file"},
        HostileNpy{"Text", "hello, this is no array", "is not a .npy file"},
        HostileNpy{"OnlyMagic", "\x93NUMPY\x01"s, "is not a .npy file"},
        HostileNpy{"Version3", "\x93NUMPY\x03\x00\x00\x00\x00\x00"s, ".npy version 3"},
        HostileNpy{"HugeHeader", "\x93NUMPY\x02\x00\xff\xff\xff\xff"s, "declares a header of"},
        HostileNpy{"CutHeader", npy("|u1", "(1,)", "").substr(0, 40), "declares a header of"},
        HostileNpy{"NoDictionary", "\x93NUMPY\x01\x00\x02\x00{}"s, "not of a plain array"},
        HostileNpy{"Objects", npy("|O", "(1,)", "12345678"), "elements of type \"|O\""},
        HostileNpy{"BigEndian", npy(">f4", "(1,)", "1234"), "elements of type \">f4\""},
        HostileNpy{"Fortran", npy("<f4", "(1,)", "1234", "True"), "is in Fortran order"},
        HostileNpy{"NegativeShape", npy("|u1", "(-1,)", "a"), "not of a plain array"},
        HostileNpy{"HugeDimension", npy("|u1", "(99999999999999999999,)", "a"), "too large"},
        HostileNpy{"HugeShape", npy("<f8", "(2147483647, 2147483647, 2147483647)", "a"),
                   "too large"},
        HostileNpy{"ManyDimensions", npy("|u1", "(1, 1, 1, 1, 1, 1, 1, 1, 1)", "a"), "too large"},
        HostileNpy{"TooFewBytes", npy("<f4", "(2,)", "1234"),
                   "has 4 bytes of data, its shape needs 8"},
        HostileNpy{"TooManyBytes", npy("|u1", "(2,)", "123"),
                   "has 3 bytes of data, its shape needs 2"},
        HostileNpy{"NotANumber", npy("<f4", "(1,)", "\x00\x00\xc0\x7f"s), "element 0 is nan"},
        HostileNpy{"BeyondFloat", npy("<f8", "(1,)", "\x00\x00\x00\x00\x00\x00\xe0\x7f"s),
                   "element 0 is inf"}),
    case_name);

}  // namespace
}  // namespace lacuna::golden
