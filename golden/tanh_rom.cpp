// SPDX-License-Identifier: Apache-2.0
#include "golden/tanh_rom.h"

#include <fmt/format.h>

#include "golden/activation.h"

namespace lacuna::golden {
namespace {

constexpr const char* kHead = R"(// SPDX-License-Identifier: Apache-2.0
// Generated from golden/activation.h by generate_tanh_rom; do not edit.
//
// Table of tanh for the positive half of the argument's range, in 128 segments of 1/16:
//
//     base_o  = Y[k] = min(32767, round(32768 tanh(k / 16)))      Q0.15
//     slope_o = D[k] = Y[k + 1] - Y[k]                            k = segment_i
//
// The straight line of a segment is base_o + ((slope_o * d + 128) >> 8) with d = 0..255 the
// argument's position in it (docs/lstm.md, "Numeric formats"); sigmoid uses the same table.
// Combinational.
`default_nettype none

module lac_tanh_rom (
    input  wire [ 6:0] segment_i,
    output wire [14:0] base_o,
    output wire [10:0] slope_o
);

  function [25:0] entry(input [6:0] segment);
    case (segment)
)";

constexpr const char* kTail = R"(    endcase
  endfunction

  assign {base_o, slope_o} = entry(segment_i);

endmodule

`default_nettype wire
)";

}  // namespace

std::string tanh_rom_verilog() {
  std::string text = kHead;
  for (int k = 0; k < kTanhSegments; ++k) {
    text += fmt::format("      7'd{:<5}entry = {{15'd{}, 11'd{}}};\n", fmt::format("{}:", k),
                        kTanhPoints[static_cast<std::size_t>(k)], tanh_slope(k));
  }
  return text + kTail;
}

}  // namespace lacuna::golden
