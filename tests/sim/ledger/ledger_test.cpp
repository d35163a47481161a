// SPDX-License-Identifier: Apache-2.0
// The ledger: a row for every claim, figures only from result files, and no claim met without a
// measurement.
#include "sim/ledger/ledger.h"

#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"

namespace lacuna::sim {
namespace {

constexpr const char* kClaims = R"(
[[claim]]
id = "A"
claim = "faster"
paper = 5.2
unit = "x"
tag = "V"
better = "at least"
measured = {file = "a.json", values = ["/rows/batch=8,skip=zero/speedup"], scale = "full", note = "Batch 8."}

[[claim]]
id = "B"
claim = "smaller error"
paper = [2.0, 3.0]
unit = "%"
tag = "R"
better = "at most"
measured = {file = "b.json", values = ["/x", "/y"], factor = 100, scale = "reduced: two epochs"}

[[claim]]
id = "C"
claim = "not tried"
paper = 1
unit = ""
tag = "V"
)";

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() {
    write("claims.toml", kClaims);
    write("a.json",
          R"({"rows": [{"batch": 1, "skip": "zero", "speedup": 9.5}, {"batch": 8, "skip": "none"},
                                  {"batch": 8, "skip": "zero", "speedup": 6.5}],
                        "provenance": {"seed": 3, "command": "./lacuna compare x", "revision": "abc", "inputs": []}})");
  }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name) << text;
  }
  std::vector<LedgerRow> read() {
    return read_ledger(folder_.path() / "claims.toml", folder_.path());
  }

  TemporaryFolder folder_;
};

TEST_F(LedgerTest, AScaleIsFullOnlyWhereItsConditionHolds) {
  const auto scale_at_most = [&](const char* most) {
    write("claims.toml", std::string(R"(
[[claim]]
id = "A"
claim = "faster"
paper = 5.2
unit = "x"
tag = "V"
better = "at least"
[claim.measured]
file = "a.json"
values = ["/rows/batch=8,skip=zero/speedup"]
scale = "full"
full_if = {file = "a.json", value = "/rows/batch=8,skip=zero/speedup", else = "not trained to the end", at_most = )") +
                             most + "}\n");
    return read().front().scale;
  };
  EXPECT_EQ(scale_at_most("7"), "full");
  EXPECT_EQ(scale_at_most("6"), "reduced: not trained to the end");
}

TEST_F(LedgerTest, TakesFiguresAndTheirOriginFromTheResultFile) {
  const auto rows = read();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].measured, std::vector<double>{6.5});
  EXPECT_EQ(rows[0].met(), true);
  EXPECT_EQ(rows[0].command, "./lacuna compare x");
  EXPECT_EQ(rows[0].seed, "3");
  EXPECT_EQ(rows[0].revision, "abc");
}

TEST_F(LedgerTest, AFigureMayComeFromAnotherFile) {
  write("b.json", R"({"x": 0.019, "provenance": {"seed": 1, "command": "c"}})");
  write("c.json", R"({"y": 0.025, "provenance": {"seed": 2, "command": "d"}})");
  std::string claims = kClaims;
  claims.replace(claims.find("\"/y\""), 4, "\"c.json#/y\"");
  write("claims.toml", claims);
  const auto rows = read();
  EXPECT_THAT(rows[1].measured,
              testing::ElementsAre(testing::DoubleNear(1.9, 1e-9), testing::DoubleNear(2.5, 1e-9)));
  EXPECT_EQ(rows[1].command, "c");
}

TEST_F(LedgerTest, AFigureMayBeTurnedAround) {
  write("b.json", R"({"x": 0.02, "y": 0.03, "provenance": {"seed": 1, "command": "c"}})");
  std::string claims = kClaims;
  claims.replace(claims.find("factor = 100"), 12, "factor = -100, offset = 100");
  write("claims.toml", claims);
  EXPECT_THAT(read()[1].measured, testing::ElementsAre(98, 97));
}

TEST_F(LedgerTest, AFigureMayBeARatioOfOthers) {
  write("b.json", R"({"x": 6, "y": 9, "base": 3, "provenance": {"seed": 1, "command": "c"}})");
  write("c.json", R"({"supply": 0.5, "provenance": {"seed": 2, "command": "d"}})");
  std::string claims = kClaims;
  claims.replace(claims.find("factor = 100"), 12,
                 "over = \"/base\", times = \"c.json#/supply\", factor = 10, offset = -1");
  write("claims.toml", claims);
  const auto row = read()[1];
  EXPECT_THAT(row.measured, testing::ElementsAre(9, 14));
  EXPECT_EQ(row.command, "c; d");
  write("b.json", R"({"x": 6, "y": 9, "base": 0, "provenance": {"seed": 1, "command": "c"}})");
  EXPECT_THROW(read(), Error);
}

TEST_F(LedgerTest, AClaimWhoseConditionFailsIsNotMetByItsFigure) {
  std::string claims = kClaims;
  claims.replace(claims.find("scale = \"full\""), 14, "condition_holds = false, scale = \"full\"");
  write("claims.toml", claims);
  EXPECT_EQ(read()[0].met(), false);
}

TEST_F(LedgerTest, WithoutAResultFileNothingIsMeasured) {
  const auto json = ledger_json(read());
  EXPECT_TRUE(json.at("rows")[1].at("measured").is_null());
  EXPECT_TRUE(json.at("rows")[1].at("met").is_null());
  EXPECT_EQ(json.at("rows")[2].at("note"), "not measured");
  EXPECT_EQ(json.at("rows")[1].at("paper"), (nlohmann::ordered_json{2.0, 3.0}));
}

TEST_F(LedgerTest, OneFigureOnTheWrongSideIsNotMet) {
  write(
      "b.json",
      R"({"x": 0.019, "y": 0.031, "provenance": {"seed": 1, "command": "c", "revision": "r", "inputs": []}})");
  const auto rows = read();
  EXPECT_THAT(rows[1].measured,
              testing::ElementsAre(testing::DoubleNear(1.9, 1e-9), testing::DoubleNear(3.1, 1e-9)));
  EXPECT_EQ(rows[1].met(), false);
  EXPECT_EQ(rows[1].scale, "reduced: two epochs");
}

TEST_F(LedgerTest, ResultWithoutProvenanceOrFigureIsRefused) {
  write("b.json", R"({"x": 0.019, "y": 0.031})");
  EXPECT_THROW(read(), Error);
  write("b.json", R"({"x": 0.019, "provenance": {}})");
  EXPECT_THROW(read(), Error);
}

TEST_F(LedgerTest, APathThatNamesNoElementOrSeveralIsRefused) {
  for (const char* path : {"/rows/batch=8/speedup", "/rows/batch=2/speedup", "/rows/1/speedup",
                           "/rows/batch=8,skip=none/speedup", "/row/batch=1/speedup"}) {
    std::string claims = kClaims;
    const std::string good = "/rows/batch=8,skip=zero/speedup";
    claims.replace(claims.find(good), good.size(), path);
    write("claims.toml", claims);
    EXPECT_THROW(read(), Error) << path;
  }
}

TEST(Ledger, EveryClaimOfTheRepositoryHasARowAndATag) {
  const std::filesystem::path docs = std::filesystem::path(LACUNA_SOURCE_DIR) / "docs";
  const auto rows = read_ledger(docs / "claims.toml", docs / "results");
  std::set<std::string> ids;
  for (const auto& row : rows) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id << " twice";
    EXPECT_FALSE(row.tag.empty()) << row.id;
    EXPECT_FALSE(row.claim.empty()) << row.id;
    EXPECT_EQ(row.note.rfind("NOTE", 0), std::string::npos) << row.id << " has no note yet";
    EXPECT_TRUE(row.better.empty() || row.better == "at least" || row.better == "at most")
        << row.id;
    if (!row.measured.empty()) {
      EXPECT_TRUE(row.scale == "full" || row.scale.rfind("reduced: ", 0) == 0) << row.id;
    }
  }
  EXPECT_EQ(ids.count("P3.speedup"), 1u);
  EXPECT_GE(ids.size(), 40u);
}

}  // namespace
}  // namespace lacuna::sim
