// SPDX-License-Identifier: Apache-2.0
// Every engine in its shell, through registers and streams only: bit-exact with golden whatever
// happens on the ports, all of which keep AXI's rules.
#include <gtest/gtest.h>

#include "golden/error.h"
#include "sim/shell/registers.h"
#include "tests/sim/shell/case.h"

namespace lacuna::sim {
namespace {

class EveryShell : public testing::TestWithParam<const char*> {
 protected:
  const ShellConfiguration& shell() const { return shell_configuration(GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(Shell, EveryShell,
                         testing::Values("lstm_small", "lstm_three", "lstm_int12", "lstm_binary",
                                         "fc_skip", "fc_ternary", "sc_folded", "sc_parallel"),
                         [](const auto& of) { return std::string(of.param); });

TEST_P(EveryShell, ResultsAreGoldensWhateverTheStallsAndLatencies) {
  for (const double stall : {0.0, 0.3, 0.7}) {
    for (const std::uint64_t seed : {3u, 4u}) {
      SCOPED_TRACE(testing::Message() << "stall " << stall << ", seed " << seed);
      ShellCase drawn;
      draw_shell_case(shell(), seed, drawn);
      ShellPlatformOptions options;
      options.stall = stall;
      options.seed = seed;
      options.latency = stall > 0 ? 25 : 1;
      options.jitter = stall > 0 ? 40 : 0;
      options.lateness = stall > 0 ? 50 : 0;  // bursts of one ID overtake those of the other
      EXPECT_NO_THROW(
          run_shell(shell(), drawn.work, options, [&](ShellHost& host) { host.play(drawn.work); }));
    }
  }
}

TEST_P(EveryShell, KnowsItsErrorsAndGoesOnAfterThem) {
  ShellCase drawn;
  draw_shell_case(shell(), 5, drawn);
  ShellPlatformOptions options;
  options.stall = 0.2;
  const ShellJob& job = drawn.work.jobs.back();
  run_shell(shell(), drawn.work, options, [&](ShellHost& host) {
    ShellDriver& driver = host.driver;
    host.play(drawn.work);

    // a configuration that fits no engine: nothing starts
    ShellSettings bad = job.settings;
    bad.config[0] = 0xFFFFFFFF;
    driver.configure(bad);
    driver.start();
    EXPECT_FALSE(driver.wait());
    EXPECT_EQ(driver.errors().status, LAC_SHELL_ERROR_STATUS_CONFIG);
    EXPECT_EQ(driver.status() & LAC_SHELL_STATUS_IDLE, LAC_SHELL_STATUS_IDLE);
    // while an error is there, no command is taken
    driver.start();
    EXPECT_FALSE(driver.wait());
    EXPECT_EQ(driver.errors().status,
              LAC_SHELL_ERROR_STATUS_CONFIG | LAC_SHELL_ERROR_STATUS_COMMAND);
    driver.put(LAC_SHELL_ERROR_STATUS, 0xFFFFFFFF);

    // no step and no image
    bad = job.settings;
    bad.count = 0;
    driver.configure(bad);
    driver.start();
    EXPECT_FALSE(driver.wait());
    EXPECT_EQ(driver.errors().status, LAC_SHELL_ERROR_STATUS_CONFIG);
    driver.put(LAC_SHELL_ERROR_STATUS, 0xFFFFFFFF);

    // loads that lie wrong, are empty, or cut a record
    const auto bytes = static_cast<std::uint32_t>(drawn.work.records.size());
    EXPECT_FALSE(driver.load(host.records_at + 2, bytes));
    EXPECT_EQ(driver.errors().status, LAC_SHELL_ERROR_STATUS_LOAD);
    driver.put(LAC_SHELL_ERROR_STATUS, 0xFFFFFFFF);
    EXPECT_FALSE(driver.load(host.records_at, 0));
    EXPECT_EQ(driver.errors().status, LAC_SHELL_ERROR_STATUS_LOAD);
    driver.put(LAC_SHELL_ERROR_STATUS, 0xFFFFFFFF);
    EXPECT_FALSE(driver.load(host.records_at, bytes - 4));
    EXPECT_EQ(driver.errors().status, LAC_SHELL_ERROR_STATUS_LOAD);
    driver.put(LAC_SHELL_ERROR_STATUS, 0xFFFFFFFF);

    // memory that is not there, at its address
    EXPECT_FALSE(driver.load(0x80000000, bytes));
    ShellErrors errors = driver.errors();
    EXPECT_EQ(errors.status, LAC_SHELL_ERROR_STATUS_DECODE);
    EXPECT_EQ(errors.address, 0x80000000);
    EXPECT_NE(driver.status() & LAC_SHELL_STATUS_FAULT, 0u);
    driver.recover();
    EXPECT_EQ(driver.status(), LAC_SHELL_STATUS_IDLE);

    // a beat that memory cannot read
    const std::uint32_t broken =
        host.records_at + 2 * static_cast<std::uint32_t>(shell().bus_bytes());
    host.memory.set_faults({{broken, MemoryFault::kSlverr}});
    EXPECT_FALSE(driver.load(host.records_at, bytes));
    errors = driver.errors();
    EXPECT_EQ(errors.status, LAC_SHELL_ERROR_STATUS_SLAVE);
    EXPECT_EQ(errors.address, broken);
    host.memory.set_faults({});
    driver.recover();

    // and after all that it works
    EXPECT_NO_THROW(host.play(drawn.work));
  });
}

TEST_P(EveryShell, ClearInTheMiddleLeavesNothingBehind) {
  ShellCase drawn;
  draw_shell_case(shell(), 6, drawn);
  ShellPlatformOptions options;
  options.stall = 0.4;
  options.latency = 60;
  const ShellJob& job = drawn.work.jobs.back();
  for (const std::uint64_t cycles : {1u, 40u, 130u, 300u}) {
    SCOPED_TRACE(testing::Message() << "clear after " << cycles << " cycles");
    run_shell(shell(), drawn.work, options, [&](ShellHost& host) {
      host.play(drawn.work);
      // in a load
      host.driver.put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_LOAD);
      host.wait(cycles);
      host.driver.recover();
      ASSERT_TRUE(
          host.driver.load(host.records_at, static_cast<std::uint32_t>(drawn.work.records.size())));
      // in a run, whose packet of x is left to be dropped
      host.driver.configure(job.settings);
      host.x.send(job.x);
      host.driver.start();
      host.wait(cycles);
      host.driver.recover();
      while ((host.driver.status() & LAC_SHELL_STATUS_DROPPING) != 0) {
      }
      host.y.packets();
      host.y.forget();
      // a packet that had not begun is still there, whole
      EXPECT_NO_THROW(host.play(job, host.x.left() == 0));
    });
  }
}

TEST_P(EveryShell, ResetInTheMiddleLeavesMemoriesAndNothingElse) {
  ShellCase drawn;
  draw_shell_case(shell(), 10, drawn);
  ShellPlatformOptions options;
  options.stall = 0.4;
  options.latency = 60;
  const ShellJob& job = drawn.work.jobs.back();
  run_shell(shell(), drawn.work, options, [&](ShellHost& host) {
    host.play(drawn.work);
    for (const std::uint64_t cycles : {1u, 40u, 130u, 300u}) {
      SCOPED_TRACE(testing::Message() << "reset after " << cycles << " cycles");
      // in a load, and with an error in the registers
      host.driver.load(0x80000000, static_cast<std::uint32_t>(drawn.work.records.size()));
      EXPECT_EQ(host.driver.errors().address, 0x80000000);
      host.driver.recover();
      host.driver.put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_LOAD);
      host.wait(cycles);
      host.reset();
      for (const std::uint32_t offset :
           {LAC_SHELL_INTERRUPT_ENABLE, LAC_SHELL_INTERRUPT_STATUS, LAC_SHELL_ERROR_STATUS,
            LAC_SHELL_ERROR_ADDRESS, LAC_SHELL_LOAD_ADDRESS, LAC_SHELL_LOAD_BYTES,
            LAC_SHELL_WEIGHT_BASE, LAC_SHELL_COUNT, LAC_SHELL_CYCLES(0), LAC_SHELL_CONFIG(0)})
        EXPECT_EQ(host.driver.get(offset), 0u) << "register " << offset;
      EXPECT_EQ(host.driver.status(), LAC_SHELL_STATUS_IDLE);
      // in a run
      host.play(drawn.work);
      host.driver.configure(job.settings);
      host.x.send(job.x);
      host.driver.start();
      host.wait(cycles);
      host.reset();
      // what was loaded is still there
      host.driver.identify(static_cast<std::uint32_t>(drawn.work.kind));
      EXPECT_NO_THROW(host.play(job));
    }
  });
}

TEST_P(EveryShell, PacketThatIsTooLongIsToldAndDropped) {
  ShellCase drawn;
  draw_shell_case(shell(), 7, drawn);
  const ShellJob& job = drawn.work.jobs.back();
  run_shell(shell(), drawn.work, {}, [&](ShellHost& host) {
    host.play(drawn.work);
    std::vector<Beat> x = job.x;
    for (int times = 0; times < 40; ++times) x.insert(x.end(), job.x.begin(), job.x.end());
    host.driver.configure(job.settings);
    host.x.send(x);
    host.driver.start();
    EXPECT_FALSE(host.driver.wait());
    EXPECT_EQ(host.driver.errors().status, LAC_SHELL_ERROR_STATUS_PACKET);
    host.wait(60'000);
    EXPECT_EQ(host.x.left(), 0u) << "the rest is taken";
    host.driver.recover();
    host.y.packets();
    EXPECT_NO_THROW(host.play(job));
  });
}

TEST(Shell, RegistersAnswerSlverrWhereThereAreNone) {
  ShellCase drawn;
  const ShellConfiguration& shell = shell_configuration("sc_folded");
  draw_shell_case(shell, 8, drawn);
  run_shell(shell, drawn.work, {}, [&](ShellHost& host) {
    for (const std::uint32_t offset : {0x038u, 0x070u, 0x08Cu, 0x100u, 0xFFCu}) {
      EXPECT_FALSE(host.bus.read(offset)) << offset;
      EXPECT_FALSE(host.bus.write(offset, 1)) << offset;
    }
    EXPECT_FALSE(host.bus.write(LAC_SHELL_ID, 1)) << "read only";
    EXPECT_EQ(host.bus.read(LAC_SHELL_ID), LAC_SHELL_ID_VALUE);
    EXPECT_TRUE(host.bus.write(LAC_SHELL_LOAD_BYTES, 0x11223344));
    EXPECT_TRUE(host.bus.write(LAC_SHELL_LOAD_BYTES, 0xAABBCCDD, 0x6));
    EXPECT_EQ(host.bus.read(LAC_SHELL_LOAD_BYTES), 0x11BBCC44u);
  });
}

TEST(Shell, BusErrorInARunStopsItAndAWrongRlastIsNoticed) {
  const ShellConfiguration& shell = shell_configuration("lstm_small");
  ShellCase drawn;
  draw_shell_case(shell, 9, drawn);
  ShellPlatformOptions options;
  options.rlast_matters = false;
  const ShellJob& job = drawn.work.jobs.back();
  // every beat of weights but the first, so that some are met whatever columns the steps keep
  const std::uint32_t beat = kWeightBase + static_cast<std::uint32_t>(shell.bus_bytes());
  for (const auto& [fault, bit] :
       {std::pair{MemoryFault::kSlverr, LAC_SHELL_ERROR_STATUS_SLAVE},
        std::pair{MemoryFault::kWrongLast, LAC_SHELL_ERROR_STATUS_LAST}}) {
    run_shell(shell, drawn.work, options, [&, fault = fault, bit = bit](ShellHost& host) {
      host.play(drawn.work);
      std::map<std::uint64_t, MemoryFault> faults;
      for (std::uint32_t at = 0; at < drawn.lstm.layout.bytes;
           at += static_cast<std::uint32_t>(shell.bus_bytes()))
        faults[beat + at] = fault;
      host.memory.set_faults(faults);
      host.driver.configure(job.settings);
      host.x.send(job.x);
      host.driver.start();
      EXPECT_FALSE(host.driver.wait());
      const ShellErrors errors = host.driver.errors();
      EXPECT_EQ(errors.status, bit);
      EXPECT_TRUE(faults.count(errors.address)) << errors.address;
      host.memory.set_faults({});
      host.driver.recover();
      while ((host.driver.status() & LAC_SHELL_STATUS_DROPPING) != 0) {
      }
      host.y.packets();
      host.y.forget();
      EXPECT_NO_THROW(host.play(job));
    });
  }
}

TEST(Shell, TenThousandTransactionsUnderStallsKeepTheRules) {
  const std::uint64_t seed = 20'250'711;
  std::cout << "seed " << seed << '\n';
  ShellPlatformOptions options;
  options.stall = 0.5;
  options.seed = seed;
  options.latency = 12;
  options.jitter = 30;
  std::uint64_t transactions = 0;
  for (const char* name : {"lstm_three", "fc_ternary", "sc_folded"}) {
    const ShellConfiguration& shell = shell_configuration(name);
    ShellCase drawn;
    draw_shell_case(shell, seed, drawn);
    golden::Random random(seed);
    const ShellTraffic traffic = run_shell(shell, drawn.work, options, [&](ShellHost& host) {
      host.play(drawn.work);
      for (int times = 0; times < 3000; ++times) {
        const auto offset = static_cast<std::uint32_t>(4 * random.integer(8, 63));
        const bool known =
            offset < 0x038 || (offset >= 0x040 && offset < 0x070) ||
            (offset >= 0x080 && offset < 0x080 + 4 * drawn.work.jobs[0].settings.config.size());
        EXPECT_EQ(host.bus.read(offset).has_value(), known) << offset;
        if (offset >= 0x080) {
          EXPECT_EQ(host.bus.write(offset, static_cast<std::uint32_t>(random.bits())), known);
        }
      }
      host.play(drawn.work);
    });
    transactions += traffic.transactions;
    std::cout << name << ": " << traffic.transactions << " transactions, " << traffic.bursts
              << " of them bursts, " << traffic.stream_beats << " beats of streams, "
              << traffic.cycles << " cycles\n";
  }
  EXPECT_GE(transactions, 10'000u);
}

}  // namespace
}  // namespace lacuna::sim
