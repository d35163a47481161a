// SPDX-License-Identifier: Apache-2.0
// The driver in C that users get (sim/fpga/shell_host) in the place of ShellDriver: over the same
// register bus and streams, with hosts that die in the middle of a run.
#include <gtest/gtest.h>

#include "golden/error.h"
#include "lacuna_shell.h"
#include "sim/shell/registers.h"
#include "tests/sim/shell/case.h"

namespace lacuna::sim {
namespace {

/// A board of the C driver: registers of the simulated shell and its streams. Packets of the
/// simulation are engine beats, so play() is not used.
class Board {
 public:
  explicit Board(ShellHost& host) : host_(host) {}

  const lacuna_shell_board* get() const { return &board_; }

 private:
  static ShellHost& of(void* context) { return static_cast<Board*>(context)->host_; }

  static int read(void* context, std::uint32_t offset, std::uint32_t* value) {
    const auto answer = of(context).bus.read(offset);
    if (answer) *value = *answer;
    return answer ? LACUNA_SHELL_OK : LACUNA_SHELL_BROKEN;
  }
  static int write(void* context, std::uint32_t offset, std::uint32_t value) {
    return of(context).bus.write(offset, value) ? LACUNA_SHELL_OK : LACUNA_SHELL_BROKEN;
  }
  static int drain(void* context) {
    of(context).y.packets();
    of(context).y.forget();
    return of(context).x.left() == 0 ? LACUNA_SHELL_OK : LACUNA_SHELL_STALE;
  }

  ShellHost& host_;
  lacuna_shell_board board_{this, read, write, nullptr, drain, 20'000};
};

/// A job as the driver knows a run.
lacuna_shell_run run_of(const ShellJob& job) {
  lacuna_shell_run run{};
  run.layer = "job";
  run.weight_base = job.settings.weight_base;
  run.count = job.settings.count;
  run.config = job.settings.config.data();
  run.config_words = job.settings.config.size();
  return run;
}

class CDriver : public testing::TestWithParam<const char*> {
 protected:
  CDriver() {
    draw_shell_case(shell(), 11, drawn_);
    options_.stall = 0.3;
    options_.latency = 30;
  }

  const ShellConfiguration& shell() const { return shell_configuration(GetParam()); }
  const ShellJob& job() const { return drawn_.work.jobs.back(); }

  /// A host that dies in the middle of x, so many cycles after its start.
  static void die(ShellHost& host, const ShellJob& job, std::uint64_t cycles) {
    host.x.send(job.x);
    host.wait(cycles);
    ASSERT_GT(host.x.left(), 2u);
    host.x.cut();
    host.wait(2000);
    ASSERT_NE(host.driver.status() & LAC_SHELL_STATUS_RUNNING, 0u);
  }

  /// Identifies, recovers and loads: what a host begins with.
  void begin(ShellHost& host, const Board& board) const {
    ASSERT_EQ(lacuna_shell_identify(board.get(), static_cast<std::uint32_t>(drawn_.work.kind)),
              LACUNA_SHELL_OK);
    ASSERT_EQ(lacuna_shell_recover(board.get()), LACUNA_SHELL_OK);
    ASSERT_EQ(lacuna_shell_load(board.get(), host.records_at,
                                static_cast<std::uint32_t>(drawn_.work.records.size())),
              LACUNA_SHELL_OK);
  }

  /// A run by the C driver, every beat of whose y must be golden's.
  void play(ShellHost& host, const Board& board) const {
    const lacuna_shell_run run = run_of(job());
    ASSERT_EQ(lacuna_shell_start(board.get(), &run), LACUNA_SHELL_OK);
    host.x.send(job().x);
    ASSERT_EQ(lacuna_shell_wait(board.get()), LACUNA_SHELL_OK);
    const auto packets = host.y.packets();
    ASSERT_EQ(packets.size(), 1u);
    EXPECT_EQ(job().difference(packets.front()), "");
    EXPECT_EQ(host.x.left(), 0u);
    std::uint64_t cycles = 0;
    EXPECT_EQ(lacuna_shell_cycles(board.get(), 0, &cycles), LACUNA_SHELL_OK);
    EXPECT_EQ(cycles, host.driver.cycles()[0]);
  }

  ShellCase drawn_;
  ShellPlatformOptions options_;
};

INSTANTIATE_TEST_SUITE_P(Shell, CDriver, testing::Values("lstm_three", "fc_ternary", "sc_folded"),
                         [](const auto& of) { return std::string(of.param); });

TEST_P(CDriver, LoadsRunsAndKnowsErrors) {
  run_shell(shell(), drawn_.work, options_, [&](ShellHost& host) {
    const Board board(host);
    begin(host, board);
    play(host, board);
    EXPECT_EQ(lacuna_shell_identify(board.get(), 0), LACUNA_SHELL_STRANGER);

    const std::vector<std::uint32_t> words(job().settings.config.size(), 0xFFFFFFFF);
    lacuna_shell_run bad = run_of(job());
    bad.config = words.data();
    EXPECT_EQ(lacuna_shell_start(board.get(), &bad), LACUNA_SHELL_FAILED);
    EXPECT_EQ(lacuna_shell_load(board.get(), 0x80000000, 64), LACUNA_SHELL_FAILED);
    std::uint32_t errors = 0, address = 0;
    EXPECT_EQ(lacuna_shell_errors(board.get(), &errors, &address), LACUNA_SHELL_OK);
    EXPECT_EQ(errors, LAC_SHELL_ERROR_STATUS_CONFIG | LAC_SHELL_ERROR_STATUS_COMMAND);
    EXPECT_EQ(lacuna_shell_recover(board.get()), LACUNA_SHELL_OK);
    play(host, board);
  });
}

TEST_P(CDriver, RecoversFromAHostThatDiedInTheMiddleOfX) {
  run_shell(shell(), drawn_.work, options_, [&](ShellHost& host) {
    const Board board(host);
    begin(host, board);
    const lacuna_shell_run run = run_of(job());
    for (const std::uint64_t cycles : {5u, 20u, 40u}) {
      SCOPED_TRACE(testing::Message() << "after " << cycles << " cycles");
      ASSERT_EQ(lacuna_shell_start(board.get(), &run), LACUNA_SHELL_OK);
      die(host, job(), cycles);
      begin(host, board);
      play(host, board);
    }
  });
}

TEST_P(CDriver, RecoversFromAHostThatDiedInTheMiddleOfY) {
  run_shell(shell(), drawn_.work, options_, [&](ShellHost& host) {
    const Board board(host);
    begin(host, board);
    play(host, board);
    std::uint64_t cycles = 0;
    ASSERT_EQ(lacuna_shell_cycles(board.get(), 0, &cycles), LACUNA_SHELL_OK);
    const lacuna_shell_run run = run_of(job());
    ASSERT_EQ(lacuna_shell_start(board.get(), &run), LACUNA_SHELL_OK);
    host.x.send(job().x);
    host.wait(cycles * 9 / 10);
    begin(host, board);
    play(host, board);
  });
}

/// ShellDriver, which sees no stream, does so too.
TEST_P(CDriver, IsNotTheOnlyOneThatRecoversFromTheMiddleOfX) {
  run_shell(shell(), drawn_.work, options_, [&](ShellHost& host) {
    host.play(drawn_.work);
    host.driver.configure(job().settings);
    host.driver.start();
    die(host, job(), 20);
    host.driver.recover();
    EXPECT_EQ(host.driver.status(), LAC_SHELL_STATUS_IDLE);
    host.y.packets();
    host.y.forget();
    EXPECT_NO_THROW(host.play(job()));
  });
}

}  // namespace
}  // namespace lacuna::sim
