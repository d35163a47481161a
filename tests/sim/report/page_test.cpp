// SPDX-License-Identifier: Apache-2.0
// The page of `lacuna compare --html`: one file that holds its data and loads nothing.
#include "sim/report/page.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"

namespace lacuna::sim {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class Page : public testing::Test {
 protected:
  std::filesystem::path template_of(const std::string& text) {
    const auto file = folder_.path() / "page.html";
    std::ofstream(file) << text;
    return file;
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(Page, TakesTheDocumentIntoItsPlace) {
  EXPECT_EQ(page(template_of("a@DATA@b"), {{"cycles", 3}}), "a{\"cycles\":3}b");
}

TEST_F(Page, TextInTheDocumentCannotEndTheScript) {
  const std::string text =
      page(template_of("<script>@DATA@</script>"), {{"bundle", "</script><img>"}});
  EXPECT_EQ(text, "<script>{\"bundle\":\"\\u003c/script>\\u003cimg>\"}</script>");
  EXPECT_EQ(nlohmann::json::parse(text.substr(8, text.size() - 17)).at("bundle"), "</script><img>");
}

TEST_F(Page, ATemplateWithoutExactlyOnePlaceIsRefused) {
  const auto refused = [](const std::filesystem::path& file) {
    EXPECT_THAT([&] { (void)page(file, {}); },
                testing::ThrowsMessage<Error>(HasSubstr("is no template with one @DATA@")));
  };
  refused(template_of("nothing"));
  refused(template_of("@DATA@ and @DATA@"));
  refused("not-there.html");
}

TEST_F(Page, OfCompareLoadsNothing) {
  const std::string text = page(compare_template(), {{"rows", nlohmann::json::array()}});
  EXPECT_THAT(text, Not(ContainsRegex("(src|href)=")));
  EXPECT_THAT(text, Not(HasSubstr("@import")));
  EXPECT_THAT(text, Not(HasSubstr("url(")));
  EXPECT_THAT(text, Not(HasSubstr("fetch(")));
}

}  // namespace
}  // namespace lacuna::sim
