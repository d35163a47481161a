// SPDX-License-Identifier: Apache-2.0
// The checker of AXI's rules notices each of them being broken: pins of a few cycles by hand.
#include "sim/shell/axi_checker.h"

#include <gmock/gmock.h>

#include <vector>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

using testing::HasSubstr;

/// A cycle's pins; quiet and out of reset unless something is set.
struct Cycle {
  Cycle() { in.aresetn = true; }
  ShellInputs in;
  ShellOutputs out;
};

/// A bus of 8 bytes, bursts of 4 beats at most.
std::string told(const std::vector<Cycle>& cycles) {
  ShellChecker checker(8, 4);
  try {
    for (const Cycle& cycle : cycles) checker.check(cycle.in, cycle.out);
  } catch (const CheckFailed& failed) {
    return failed.what();
  }
  return "";
}

Cycle request(std::uint32_t address, std::uint32_t beats, bool ready = true) {
  Cycle cycle;
  cycle.in.mem.arready = ready;
  cycle.out.mem = {true, true, 0, address, beats - 1, 3, 1};
  return cycle;
}

Cycle answer(bool last, std::uint32_t id = 0) {
  Cycle cycle;
  cycle.in.mem.rvalid = true;
  cycle.in.mem.rlast = last;
  cycle.in.mem.rid = id;
  cycle.out.mem.rready = true;
  return cycle;
}

TEST(AxiChecker, LetsWhatIsRightPass) {
  EXPECT_EQ(told({request(0x1FF8, 1, false), request(0x1FF8, 1), answer(true), request(0x2000, 4),
                  answer(false), answer(false), answer(false), answer(true)}),
            "");
}

TEST(AxiChecker, Requests) {
  Cycle other = request(0, 2);
  other.out.mem.arlen = 2;
  EXPECT_THAT(told({request(0, 2, false), other}), HasSubstr("AR: payload changed before ready"));
  EXPECT_THAT(told({request(0, 2, false), Cycle()}), HasSubstr("AR: valid fell before ready"));
  Cycle id = request(0, 1);
  id.out.mem.arid = 2;
  EXPECT_THAT(told({id}), HasSubstr("AR: ID 2 is none of the shell's"));
  Cycle size = request(0, 1);
  size.out.mem.arsize = 2;
  EXPECT_THAT(told({size}), HasSubstr("AR: size is not that of the bus"));
  Cycle fixed = request(0, 1);
  fixed.out.mem.arburst = 0;
  EXPECT_THAT(told({fixed}), HasSubstr("AR: burst is not incrementing"));
  EXPECT_THAT(told({request(4, 1)}), HasSubstr("AR: address is not a multiple of a beat"));
  EXPECT_THAT(told({request(0, 5)}), HasSubstr("AR: burst of 5 beats, at most 4"));
  EXPECT_THAT(told({request(0x1FF8, 2)}), HasSubstr("AR: burst crosses 4 KB"));
}

TEST(AxiChecker, AnswersOfMemory) {
  EXPECT_THAT(told({answer(true)}), HasSubstr("R: a beat of ID 0 that nobody asked for"));
  Cycle both = request(0, 1);
  both.in.mem.rvalid = true;
  EXPECT_THAT(told({both}), HasSubstr("R: a beat of ID 0 that nobody asked for"));
  EXPECT_THAT(told({request(0, 1), answer(true, 1)}), HasSubstr("R: a beat of ID 1 that nobody"));
  EXPECT_THAT(told({request(0, 1), answer(false)}), HasSubstr("R: RLAST is false at beat 1 of 1"));
  EXPECT_THAT(told({request(0, 2), answer(true)}), HasSubstr("R: RLAST is true at beat 1 of 2"));
  Cycle waits = answer(true), changed = answer(true);
  waits.out.mem.rready = false;
  changed.in.mem.rdata[0] = 1;
  EXPECT_THAT(told({request(0, 1), waits, changed}), HasSubstr("R: payload changed before ready"));
  EXPECT_THAT(told({request(0, 1), waits, Cycle()}), HasSubstr("R: valid fell before ready"));
}

TEST(AxiChecker, Registers) {
  Cycle address, data, both, response, read, value;
  address.in.ctrl.awvalid = true;
  data.in.ctrl.wvalid = true;
  both.in.ctrl.awvalid = both.in.ctrl.wvalid = true;
  both.out.ctrl.awready = both.out.ctrl.wready = true;
  response.out.ctrl.bvalid = true;
  read.in.ctrl.arvalid = read.out.ctrl.arready = true;
  value.out.ctrl.rvalid = true;
  EXPECT_EQ(told({both, response, response}), "");
  EXPECT_THAT(told({response}), HasSubstr("B: an answer to no write"));
  Cycle half = both;
  half.out.ctrl.wready = false;
  EXPECT_THAT(told({half, response}), HasSubstr("B: an answer to no write"));
  EXPECT_THAT(told({value}), HasSubstr("R: an answer to no read"));
  EXPECT_THAT(told({both, response, Cycle()}), HasSubstr("B: valid fell before ready"));
  EXPECT_THAT(told({read, value, Cycle()}), HasSubstr("s_axi_ctrl R: valid fell before ready"));
  Cycle other = value;
  other.out.ctrl.rdata = 1;
  EXPECT_THAT(told({read, value, other}), HasSubstr("s_axi_ctrl R: payload changed"));
  Cycle decode = response, exclusive = value;
  decode.out.ctrl.bresp = 3;
  exclusive.out.ctrl.rresp = 1;
  EXPECT_THAT(told({both, decode}), HasSubstr("B: neither OKAY nor SLVERR"));
  EXPECT_THAT(told({read, exclusive}), HasSubstr("R: neither OKAY nor SLVERR"));
  EXPECT_THAT(told({address, Cycle()}), HasSubstr("AW: valid fell before ready"));
  EXPECT_THAT(told({data, Cycle()}), HasSubstr("W: valid fell before ready"));
}

TEST(AxiChecker, Streams) {
  Cycle in, out;
  in.in.s.tvalid = true;
  out.out.m.tvalid = true;
  Cycle in_last = in, out_last = out;
  in_last.in.s.tlast = true;
  out_last.out.m.tlast = true;
  EXPECT_THAT(told({in, in_last}), HasSubstr("s_axis: payload changed before ready"));
  EXPECT_THAT(told({in, Cycle()}), HasSubstr("s_axis: valid fell before ready"));
  EXPECT_THAT(told({out, out_last}), HasSubstr("m_axis: payload changed before ready"));
  EXPECT_THAT(told({out, Cycle()}), HasSubstr("m_axis: valid fell before ready"));
}

TEST(AxiChecker, Reset) {
  Cycle reset, offers;
  reset.in.aresetn = offers.in.aresetn = false;
  offers.out.mem.arvalid = true;
  EXPECT_THAT(told({reset, offers}), HasSubstr("reset: something is offered"));
  // what was on offer may fall with a reset, in whose first cycle registers still hold it
  EXPECT_EQ(told({request(0, 1, false), offers, reset, Cycle(), offers, reset, Cycle()}), "");
}

}  // namespace
}  // namespace lacuna::sim
