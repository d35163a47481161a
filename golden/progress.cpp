// SPDX-License-Identifier: Apache-2.0
#include "golden/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace lacuna {
namespace {

constexpr int kBarWidth = 24;
constexpr int kPlainWidth = 200;
constexpr std::chrono::milliseconds kTerminalInterval{100};
constexpr std::chrono::seconds kPlainInterval{10};

std::string short_number(double value) {
  if (value >= 1e6) return fmt::format("{:.2f} M ", value / 1e6);
  if (value >= 1e4) return fmt::format("{:.1f} k ", value / 1e3);
  return fmt::format("{:.{}f} ", value, value < 100 ? 1 : 0);
}

std::string duration(double seconds) {
  const long whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  return fmt::format("{}:{:02} h", whole / 3600, whole / 60 % 60);
}

int terminal_width() {
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

}  // namespace

std::string progress_line(const ProgressState& state, int width, bool bar) {
  std::string line = state.label;
  const double fresh = static_cast<double>(state.done - std::min(state.start, state.done));
  const double rate = state.seconds > 0 ? fresh / state.seconds : 0;
  if (state.total > 0) {
    const double share = std::min(1.0, static_cast<double>(state.done) / state.total);
    if (bar) {
      const int filled = static_cast<int>(share * kBarWidth);
      line += fmt::format(" [{:=<{}}{:{}}]", "", filled, "", kBarWidth - filled);
    }
    line += fmt::format(" {:3.0f} %", 100 * share);
  } else {
    line += fmt::format(" {} {}", state.done, state.unit);
  }
  if (rate > 0) {
    line += fmt::format("  {}{}/s", short_number(rate), state.unit);
    if (state.done < state.total) {
      line += fmt::format("  {} left", duration((state.total - state.done) / rate));
    } else {
      line += fmt::format("  {}", duration(state.seconds));
    }
  }
  if (!state.note.empty()) line += "  " + state.note;
  return line.substr(0, static_cast<std::size_t>(std::max(width, 0)));
}

Progress::Progress(std::string label, std::uint64_t total, std::string unit, std::uint64_t start)
    : terminal_(isatty(STDERR_FILENO) == 1), begun_(Clock::now()), shown_(begun_) {
  state_.label = std::move(label);
  state_.unit = std::move(unit);
  state_.total = total;
  state_.start = start;
  state_.done = start;
}

Progress::~Progress() { show(Clock::now(), true); }

void Progress::advance(std::uint64_t amount) {
  state_.done += amount;
  const Clock::time_point now = Clock::now();
  if (now - shown_ >= (terminal_ ? Clock::duration(kTerminalInterval) : kPlainInterval)) {
    show(now, false);
  }
}

void Progress::show(Clock::time_point now, bool last) {
  shown_ = now;
  state_.seconds = std::chrono::duration<double>(now - begun_).count();
  if (terminal_) {
    // Carriage return and erase-to-end redraw the line in place; one column stays free so that it
    // never wraps.
    const std::string line = progress_line(state_, terminal_width() - 1, true);
    std::fprintf(stderr, "\r%s\033[K%s", line.c_str(), last ? "\n" : "");
  } else {
    std::fprintf(stderr, "%s\n", progress_line(state_, kPlainWidth, false).c_str());
  }
  std::fflush(stderr);
}

}  // namespace lacuna
