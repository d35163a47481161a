// SPDX-License-Identifier: Apache-2.0
// The fully-connected engine as a layer meets it: sizes, what it skips, and its exact cycles
// (rtl/fc/lac_fc.v, rtl/fc/lac_radix_layer.v, docs/fc.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "golden/fc/connection_mask.h"

namespace lacuna::golden {

struct FcEngine {
  std::string top = "lac_lfsr_layer";
  int outputs = 512;    ///< physical neurons
  int groups = 512;     ///< that share a mask each
  int in_lanes = 16;    ///< activations a beat of x
  int out_lanes = 16;   ///< outputs a beat of y
  int index_bits = 10;  ///< 2^index_bits inputs at most
  int depth = 1024;     ///< words of a group's weight memory; if parallel, physical inputs
  int weight_bits = 8;  ///< names the weight format
  int acc_width = 24;   ///< bits of a sum
  bool masked = true;   ///< false: the dense baseline
  int lfsr_bits = 10;
  bool all_states = true;  ///< the register has its zero state too
  bool skip = false;       ///< missing connections take no cycle
  int ahead = 16;          ///< inputs looked at in a cycle, if skip
  int fifo_log2 = 2;       ///< 2^fifo_log2 chunks of connections wait, if skip

  int neurons() const { return outputs / groups; }
  /// All inputs of an image in one cycle: the binary-radix baseline, which has no masks.
  bool parallel() const { return top == "lac_radix_layer"; }
};

/// Cycles from the one in which run_i rises; x of the first layer is always there and y of the last
/// always taken.
struct FcImageCycles {
  std::uint64_t taken = 0;  ///< the image's last connection, or input, is taken
  std::uint64_t out = 0;    ///< the last beat of y is taken
};

/// One layer on its engine.
struct FcStage {
  FcEngine engine;
  ConnectionMask mask;  ///< ignored by engines that are not masked
  int inputs = 0, outputs = 0;
};

/// Exact times of `images` images that follow each other through a chain of layers, each of whose y
/// is the next one's x beat by beat. They depend on the masks alone, not on weights or activations.
/// @return [layer][image]
std::vector<std::vector<FcImageCycles>> fc_cycles(const std::vector<FcStage>& chain, int images);

}  // namespace lacuna::golden
