// SPDX-License-Identifier: Apache-2.0
// What the shell's checks must notice, by name: each mutant is RTL with one line changed.
#include <gmock/gmock.h>

#include "golden/error.h"
#include "tests/sim/shell/case.h"

namespace lacuna::sim {

std::unique_ptr<ShellModel> make_shell_valid_falls(std::uint64_t seed);
std::unique_ptr<ShellModel> make_shell_crosses_pages(std::uint64_t seed);
std::unique_ptr<ShellModel> make_shell_long_bursts(std::uint64_t seed);
std::unique_ptr<ShellModel> make_shell_early_tlast(std::uint64_t seed);
std::unique_ptr<ShellModel> make_shell_wrong_class(std::uint64_t seed);
std::unique_ptr<ShellModel> make_shell_response_falls(std::uint64_t seed);
std::unique_ptr<ShellModel> make_shell_forgetful_gearbox(std::uint64_t seed);

namespace {

/// What is said of the mutant; empty when nothing is.
std::string told(const std::function<std::unique_ptr<ShellModel>(std::uint64_t)>& make,
                 ShellKind kind, const std::string& engine,
                 const ShellPlatformOptions& options = {}) {
  const ShellConfiguration mutant{"mutant", kind, engine, 64, 32, 8, make};
  ShellCase drawn;
  draw_shell_case(mutant, 1, drawn);
  try {
    run_shell(mutant, drawn.work, options, [&](ShellHost& host) { host.play(drawn.work); });
  } catch (const CheckFailed& failed) {
    return failed.what();
  }
  return {};
}

std::string told(const std::function<std::unique_ptr<ShellModel>(std::uint64_t)>& make,
                 double stall = 0.5) {
  ShellPlatformOptions options;
  options.stall = stall;
  options.patience = 20'000;
  return told(make, ShellKind::kSc, "small_folded_m2", options);
}

using testing::HasSubstr;

TEST(ShellMutant, AddressWhoseValidFalls) {
  EXPECT_THAT(told(make_shell_valid_falls), HasSubstr("m_axi_mem AR: valid fell before ready"));
}
TEST(ShellMutant, BurstAcrossAPage) {
  EXPECT_THAT(told(make_shell_crosses_pages), HasSubstr("m_axi_mem AR: burst crosses 4 KB"));
}
TEST(ShellMutant, BurstThatIsTooLong) {
  EXPECT_THAT(told(make_shell_long_bursts), HasSubstr("m_axi_mem AR: burst of 9 beats, at most 8"));
}
TEST(ShellMutant, TlastAtAWrongBeat) {
  EXPECT_THAT(told(make_shell_early_tlast), HasSubstr("m_axis: TLAST after"));
}
TEST(ShellMutant, CyclesOfAWrongClass) {
  EXPECT_THAT(told(make_shell_wrong_class), HasSubstr("cycles of class 1, expected"));
}
TEST(ShellMutant, AnswerOfAWriteThatFalls) {
  EXPECT_THAT(told(make_shell_response_falls), HasSubstr("s_axi_ctrl B: valid fell before ready"));
}
TEST(ShellMutant, WordsPutTogetherWrong) {
  ShellPlatformOptions options;
  options.patience = 20'000;
  EXPECT_THAT(told(make_shell_forgetful_gearbox, ShellKind::kLstm, "three", options),
              HasSubstr("shell: load: error status 0x2 at 0x0"));
}

}  // namespace
}  // namespace lacuna::sim
