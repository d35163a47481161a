// SPDX-License-Identifier: Apache-2.0
// The option --json FILE of every verb.
#include "sim/cli/json_output.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "golden/error.h"

namespace lacuna::cli {
namespace {

class JsonOutputTest : public testing::Test {
 protected:
  JsonOutputTest() { std::filesystem::create_directories(folder_); }
  ~JsonOutputTest() override { std::filesystem::remove_all(folder_); }

  /// A verb that writes one field runs with these arguments.
  static void run(std::vector<std::string> reversed_arguments) {
    CLI::App verb;
    JsonOutput json;
    json.add_to(verb);
    verb.callback([&json] { json.write({{"schema", "lacuna.toy/1"}, {"cycles", 7}}); });
    verb.parse(std::move(reversed_arguments));
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(JsonOutputTest, WritesTheDocumentInItsOrder) {
  run({(folder_ / "result.json").string(), "--json"});
  std::ifstream file(folder_ / "result.json");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  EXPECT_EQ(text, "{\n  \"schema\": \"lacuna.toy/1\",\n  \"cycles\": 7\n}\n");
}

TEST_F(JsonOutputTest, WritesNothingUnlessAsked) {
  run({});
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(JsonOutputTest, AFolderThatDoesNotExistIsBadInput) {
  EXPECT_THROW(run({(folder_ / "missing" / "result.json").string(), "--json"}), Error);
}

}  // namespace
}  // namespace lacuna::cli
