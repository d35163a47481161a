// SPDX-License-Identifier: Apache-2.0
// What no shell takes: records of words that are not there, packets that no run can end with,
// commands at the wrong time. Each is told, changes nothing, and what comes after it is golden's.
#include <gtest/gtest.h>

#include "sim/fc/configuration.h"
#include "sim/lstm/configuration.h"
#include "sim/sc/configuration.h"
#include "sim/shell/records.h"
#include "sim/shell/registers.h"
#include "tests/sim/shell/case.h"

namespace lacuna::sim {
namespace {

struct Place {
  int target, group, index;
};

int quotient(int a, int b) { return (a + b - 1) / b; }

/// The first word beyond each memory, by every part of an address.
std::vector<Place> beyond(const ShellConfiguration& shell) {
  if (shell.kind == ShellKind::kLstm) {
    const int units = lstm_configuration(shell.engine).engine.max_units;
    return {{0, 0, units}, {0, 1, 0}, {1, 0, 0}, {15, 0, 0}};
  }
  if (shell.kind == ShellKind::kFc) {
    const golden::FcEngine engine = fc_configuration(shell.engine).engine;
    return {{0, engine.groups, 0},
            {0, 0, 1},
            {1, engine.groups, 0},
            {1, 0, engine.depth},
            {2, 1, 0},
            {2, 0, engine.outputs / engine.out_lanes},
            {3, 0, 0}};
  }
  const golden::ScEngine engine = sc_configuration(shell.engine).engine;
  const int lanes = engine.write_lanes;
  return {{0, quotient(engine.hidden1, lanes), 0},
          {0, 0, engine.inputs + 1},
          {1, quotient(engine.hidden2, lanes), 0},
          {1, 0, engine.hidden1 + 1},
          {2, quotient(engine.outputs, lanes), 0},
          {2, 0, engine.hidden2 + 1},
          {8, 1, 0},
          {8, 0, engine.folded() ? 2 : engine.inputs},
          {9 + engine.integral, 0, 0},
          {3, 0, 0}};
}

class EveryShellRefuses : public testing::TestWithParam<const char*> {
 protected:
  const ShellConfiguration& shell() const { return shell_configuration(GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(Shell, EveryShellRefuses,
                         testing::Values("lstm_small", "lstm_three", "lstm_int12", "lstm_binary",
                                         "fc_skip", "fc_ternary", "sc_folded", "sc_parallel"),
                         [](const auto& of) { return std::string(of.param); });

TEST_P(EveryShellRefuses, RecordsOfWordsThatAreNotThere) {
  ShellCase drawn;
  draw_shell_case(shell(), 11, drawn);
  // Each bad record lies at a beat of its own behind the good ones.
  ShellWork work = drawn.work;
  const auto bus = static_cast<std::size_t>(shell().bus_bytes());
  std::vector<std::uint32_t> at;
  Beat ones;
  ones.fill(0xFFFFFFFF);
  for (const Place& place : beyond(shell())) {
    work.records.resize((work.records.size() + bus - 1) / bus * bus);
    at.push_back(static_cast<std::uint32_t>(work.records.size()));
    RecordWriter record(work.record_bytes);
    record.put(static_cast<std::uint32_t>(place.target), static_cast<std::uint32_t>(place.group),
               static_cast<std::uint32_t>(place.index), ones);
    work.records.insert(work.records.end(), record.image().begin(), record.image().end());
  }
  run_shell(shell(), work, {}, [&](ShellHost& host) {
    host.play(drawn.work);
    for (std::size_t place = 0; place < at.size(); ++place) {
      SCOPED_TRACE(testing::Message() << "place " << place);
      EXPECT_FALSE(host.driver.load(host.records_at + at[place],
                                    static_cast<std::uint32_t>(work.record_bytes)));
      EXPECT_EQ(host.driver.errors().status, LAC_SHELL_ERROR_STATUS_LOAD);
      host.driver.put(LAC_SHELL_ERROR_STATUS, 0xFFFFFFFF);
      EXPECT_NO_THROW(host.play(drawn.work.jobs.back())) << "a memory was written";
    }
    // beyond the last byte of all addresses
    const std::uint32_t end = 0U - static_cast<std::uint32_t>(bus);
    EXPECT_FALSE(host.driver.load(end, static_cast<std::uint32_t>(2 * bus)));
    EXPECT_EQ(host.driver.errors().status, LAC_SHELL_ERROR_STATUS_LOAD);
  });
}

TEST_P(EveryShellRefuses, PacketsThatAreTooShort) {
  ShellCase drawn;
  draw_shell_case(shell(), 12, drawn);
  const ShellJob& job = drawn.work.jobs.back();
  ShellPlatformOptions options;
  options.stall = 0.3;
  run_shell(shell(), drawn.work, options, [&](ShellHost& host) {
    host.play(drawn.work);
    const std::size_t parts =
        static_cast<std::size_t>(quotient(drawn.work.x_bits, shell().stream_bits));
    // by a beat of the engine; within one, where it has parts; to its first beat
    for (const std::size_t less : {parts, parts > 1 ? 1 : parts, parts * (job.x.size() - 1)}) {
      SCOPED_TRACE(testing::Message() << less << " beats less");
      host.driver.configure(job.settings);
      host.x.send(job.x);
      host.x.cut(less);
      host.driver.start();
      EXPECT_FALSE(host.driver.wait());
      EXPECT_EQ(host.driver.errors().status, LAC_SHELL_ERROR_STATUS_PACKET);
      EXPECT_EQ(host.driver.status(), LAC_SHELL_STATUS_FAULT | LAC_SHELL_STATUS_ERROR);
      host.driver.recover();
      EXPECT_EQ(host.driver.status(), LAC_SHELL_STATUS_IDLE);
      host.y.packets();
      host.y.forget();
      EXPECT_NO_THROW(host.play(job));
    }
  });
}

TEST_P(EveryShellRefuses, CommandsAtTheWrongTime) {
  ShellCase drawn;
  draw_shell_case(shell(), 13, drawn);
  const ShellJob& job = drawn.work.jobs.back();
  run_shell(shell(), drawn.work, {}, [&](ShellHost& host) {
    ShellDriver& driver = host.driver;
    host.play(drawn.work);
    driver.configure(job.settings);

    // both at once: neither
    driver.put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_START | LAC_SHELL_CONTROL_LOAD);
    EXPECT_FALSE(driver.wait());
    EXPECT_EQ(driver.errors().status, LAC_SHELL_ERROR_STATUS_COMMAND);
    driver.put(LAC_SHELL_ERROR_STATUS, 0xFFFFFFFF);

    // a clear goes before a start, be it good or bad
    for (const std::uint32_t word : {job.settings.config[0], 0xFFFFFFFFu}) {
      driver.put(LAC_SHELL_CONFIG(0), word);
      driver.put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_START | LAC_SHELL_CONTROL_CLEAR);
      host.wait(40);
      EXPECT_EQ(driver.status(), LAC_SHELL_STATUS_IDLE);
    }
    driver.put(LAC_SHELL_CONFIG(0), job.settings.config[0]);

    // in a run, which goes on
    driver.start();
    EXPECT_EQ(driver.status(), LAC_SHELL_STATUS_RUNNING);
    driver.put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_LOAD);
    EXPECT_FALSE(driver.wait());
    EXPECT_EQ(driver.errors().status, LAC_SHELL_ERROR_STATUS_COMMAND);
    driver.put(LAC_SHELL_ERROR_STATUS, 0xFFFFFFFF);
    host.x.send(job.x);
    EXPECT_TRUE(driver.wait());
    EXPECT_EQ(job.difference(host.y.packets().front()), "");
  });
}

TEST_P(EveryShellRefuses, InterruptsThatAreNotEnabled) {
  ShellCase drawn;
  draw_shell_case(shell(), 14, drawn);
  run_shell(shell(), drawn.work, {}, [&](ShellHost& host) {
    ShellDriver& driver = host.driver;
    host.play(drawn.work);
    EXPECT_FALSE(host.module.interrupt());
    // each cause with all others enabled, then with itself
    const auto bytes = static_cast<std::uint32_t>(drawn.work.records.size());
    const ShellJob& job = drawn.work.jobs.back();
    const std::vector<std::pair<std::uint32_t, std::function<void()>>> causes{
        {LAC_SHELL_INTERRUPT_STATUS_DONE,
         [&] {
           host.x.send(job.x);
           driver.start();
         }},
        {LAC_SHELL_INTERRUPT_STATUS_LOADED,
         [&] {
           driver.put(LAC_SHELL_LOAD_BYTES, bytes);
           driver.put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_LOAD);
         }},
        {LAC_SHELL_INTERRUPT_STATUS_ERROR, [&] {
           driver.put(LAC_SHELL_LOAD_BYTES, 0);
           driver.put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_LOAD);
         }}};
    for (const auto& [bit, cause] : causes) {
      driver.put(LAC_SHELL_INTERRUPT_ENABLE, 7 & ~bit);
      cause();
      for (int times = 0; times < 10'000 && driver.get(LAC_SHELL_INTERRUPT_STATUS) == 0; ++times)
        continue;
      EXPECT_EQ(driver.get(LAC_SHELL_INTERRUPT_STATUS), bit);
      EXPECT_FALSE(host.module.interrupt()) << "bit " << bit << " is not enabled";
      driver.put(LAC_SHELL_INTERRUPT_ENABLE, bit);
      EXPECT_TRUE(host.module.interrupt()) << "bit " << bit << " is enabled";
      driver.put(LAC_SHELL_INTERRUPT_STATUS, bit);
      EXPECT_FALSE(host.module.interrupt()) << "bit " << bit << " was cleared";
    }
  });
}

TEST(ShellRefuses, BitsThatTheFullyConnectedEngineHasNot) {
  const ShellConfiguration& shell = shell_configuration("fc_skip");
  ShellCase drawn;
  draw_shell_case(shell, 15, drawn);
  const ShellJob& job = drawn.work.jobs.back();
  run_shell(shell, drawn.work, {}, [&](ShellHost& host) {
    host.play(drawn.work);
    for (const int bit : {5, 6, 7, 9, 31}) {
      ShellSettings bad = job.settings;
      bad.config[3] |= 1U << bit;
      host.driver.configure(bad);
      host.driver.start();
      EXPECT_FALSE(host.driver.wait());
      EXPECT_EQ(host.driver.errors().status, LAC_SHELL_ERROR_STATUS_CONFIG) << "bit " << bit;
      host.driver.put(LAC_SHELL_ERROR_STATUS, 0xFFFFFFFF);
    }
  });
}

}  // namespace
}  // namespace lacuna::sim
