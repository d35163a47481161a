// SPDX-License-Identifier: Apache-2.0
// One line of progress: share, rate and time left, and what resumed or unbounded work shows
// instead.
#include "golden/progress.h"

#include <gtest/gtest.h>

namespace lacuna {
namespace {

ProgressState half_done() {
  ProgressState state;
  state.label = "epoch 1/2";
  state.unit = "words";
  state.total = 1000;
  state.done = 500;
  state.seconds = 10;
  return state;
}

TEST(ProgressLine, ShowsShareRateAndTimeLeft) {
  EXPECT_EQ(progress_line(half_done(), 80, false), "epoch 1/2  50 %  50.0 words/s  10 s left");
}

TEST(ProgressLine, DrawsABarOnATerminal) {
  EXPECT_EQ(progress_line(half_done(), 80, true),
            "epoch 1/2 [============            ]  50 %  50.0 words/s  10 s left");
}

TEST(ProgressLine, ResumedWorkDoesNotCountTowardsTheRate) {
  ProgressState state = half_done();
  state.start = 400;
  EXPECT_EQ(progress_line(state, 80, false), "epoch 1/2  50 %  10.0 words/s  50 s left");
}

TEST(ProgressLine, WorkOfUnknownSizeShowsWhatIsDone) {
  ProgressState state = half_done();
  state.total = 0;
  EXPECT_EQ(progress_line(state, 80, false), "epoch 1/2 500 words  50.0 words/s  10 s");
}

TEST(ProgressLine, FinishedWorkShowsTheTimeItTook) {
  ProgressState state = half_done();
  state.done = state.total;
  state.seconds = 3725;
  state.note = "1.42 bits";
  EXPECT_EQ(progress_line(state, 80, false), "epoch 1/2 100 %  0.3 words/s  1:02 h  1.42 bits");
}

TEST(ProgressLine, LargeRatesAreShortened) {
  ProgressState state = half_done();
  state.total = 100000000;
  state.done = 25000000;
  EXPECT_EQ(progress_line(state, 80, false), "epoch 1/2  25 %  2.50 M words/s  30 s left");
}

TEST(ProgressLine, NeverExceedsItsWidth) {
  EXPECT_EQ(progress_line(half_done(), 20, true).size(), 20u);
}

}  // namespace
}  // namespace lacuna
