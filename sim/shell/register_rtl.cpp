// SPDX-License-Identifier: Apache-2.0
// The AXI4-Lite slave with the registers of the table.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/shell/register_table.h"

namespace lacuna::sim {
namespace {

constexpr const char* kHead = R"(// SPDX-License-Identifier: Apache-2.0
// Generated from rtl/shell/registers.toml by generate_registers; `ninja registers` writes it anew.
// The registers of the shell behind AXI4-Lite.
//
// One write and one read at a time. Address and data of a write may come in either order or together; each is kept until both are
// there. A write takes effect in the cycle `write`; an offset that has no register, or none for this direction, answers SLVERR.
// Ports without a register of their own: _i shows the value that is read, _set_i sets a bit of w1c, w1s pulses its _o for a cycle.
`default_nettype none

module lac_shell_registers)";

constexpr const char* kAxiPorts = R"(    input  wire        clk_i,
    input  wire        rst_ni,
    input  wire [@A:0] s_axi_ctrl_awaddr,
    input  wire [2:0]  s_axi_ctrl_awprot,
    input  wire        s_axi_ctrl_awvalid,
    output wire        s_axi_ctrl_awready,
    input  wire [31:0] s_axi_ctrl_wdata,
    input  wire [3:0]  s_axi_ctrl_wstrb,
    input  wire        s_axi_ctrl_wvalid,
    output wire        s_axi_ctrl_wready,
    output wire [1:0]  s_axi_ctrl_bresp,
    output wire        s_axi_ctrl_bvalid,
    input  wire        s_axi_ctrl_bready,
    input  wire [@A:0] s_axi_ctrl_araddr,
    input  wire [2:0]  s_axi_ctrl_arprot,
    input  wire        s_axi_ctrl_arvalid,
    output wire        s_axi_ctrl_arready,
    output wire [31:0] s_axi_ctrl_rdata,
    output wire [1:0]  s_axi_ctrl_rresp,
    output wire        s_axi_ctrl_rvalid,
    input  wire        s_axi_ctrl_rready,
    // registers)";

constexpr const char* kWriteChannel = R"(  localparam [1:0] Okay = 2'b00, SlaveError = 2'b10;

  // ---- write: address and data wait for each other
  reg         aw_valid_q, w_valid_q, b_valid_q;
  reg  [@W:0]  aw_word_q;  // the number of a word of 32 bits
  reg  [31:0] w_data_q;
  reg  [3:0]  w_strb_q;
  reg  [1:0]  b_resp_q;
  reg         write_hit;
  wire        write = aw_valid_q && w_valid_q && !b_valid_q;
  wire [31:0] mask  = {{8{w_strb_q[3]}}, {8{w_strb_q[2]}}, {8{w_strb_q[1]}}, {8{w_strb_q[0]}}};
  wire [31:0] ones  = w_data_q & mask;

  assign s_axi_ctrl_awready = !aw_valid_q;
  assign s_axi_ctrl_wready  = !w_valid_q;
  assign s_axi_ctrl_bvalid  = b_valid_q;
  assign s_axi_ctrl_bresp   = b_resp_q;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      aw_valid_q <= 1'b0;
      w_valid_q  <= 1'b0;
      b_valid_q  <= 1'b0;
    end else begin
      if (write) aw_valid_q <= 1'b0;
      else if (s_axi_ctrl_awvalid) aw_valid_q <= 1'b1;
      if (write) w_valid_q <= 1'b0;
      else if (s_axi_ctrl_wvalid) w_valid_q <= 1'b1;
      if (write) b_valid_q <= 1'b1;
      else if (s_axi_ctrl_bready) b_valid_q <= 1'b0;
    end
    if (!aw_valid_q) aw_word_q <= s_axi_ctrl_awaddr[@A:2];
    if (!w_valid_q) begin
      w_data_q <= s_axi_ctrl_wdata;
      w_strb_q <= s_axi_ctrl_wstrb;
    end
    if (write) b_resp_q <= write_hit ? Okay : SlaveError;
  end

  // ---- read
  reg         r_valid_q;
  reg  [31:0] r_data_q;
  reg  [1:0]  r_resp_q;
  reg  [31:0] read_data;
  reg         read_hit;
  wire [@W:0]  read_word = s_axi_ctrl_araddr[@A:2];

  assign s_axi_ctrl_arready = !r_valid_q;
  assign s_axi_ctrl_rvalid  = r_valid_q;
  assign s_axi_ctrl_rdata   = r_data_q;
  assign s_axi_ctrl_rresp   = r_resp_q;
  wire unused_axi = ^{s_axi_ctrl_awprot, s_axi_ctrl_arprot, s_axi_ctrl_awaddr[1:0], s_axi_ctrl_araddr[1:0], ones};

  always @(posedge clk_i) begin
    if (!rst_ni) r_valid_q <= 1'b0;
    else if (!r_valid_q) r_valid_q <= s_axi_ctrl_arvalid;
    else if (s_axi_ctrl_rready) r_valid_q <= 1'b0;
    if (!r_valid_q) begin
      r_data_q <= read_data;
      r_resp_q <= read_hit ? Okay : SlaveError;
    end
  end
)";

std::string replaced(std::string text, const std::string& old, const std::string& now) {
  for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at))
    text.replace(at, old.size(), now);
  return text;
}

std::string range(int width) { return width == 1 ? "" : fmt::format("[{}:0]", width - 1); }

std::string bits(const std::string& name, const RegisterField& field) {
  if (field.width == 32) return name;
  if (field.width == 1) return fmt::format("{}[{}]", name, field.low);
  return fmt::format("{}[{}:{}]", name, field.low + field.width - 1, field.low);
}

/// Bits of an array as text, e.g. ConfigWords*32.
std::string words(const Register& of) {
  return of.parameter.empty() ? std::to_string(of.count) : of.parameter;
}

void add_ports(std::vector<std::string>& ports, const Register& of) {
  const auto port = [&](const char* direction, const std::string& vector, const std::string& name) {
    ports.push_back(fmt::format("    {:<6} wire {:<12} {}", direction, vector, name));
  };
  if (of.value) return;
  for (const RegisterField& field : of.fields) {
    const std::string name = of.signal(field);
    const std::string vector =
        of.array() ? fmt::format("[{}*32-1:0]", words(of)) : range(field.width);
    if (of.access == Access::kRead) port("input", vector, name + "_i");
    if (of.access == Access::kClear) port("input", vector, name + "_set_i");
    if (of.access != Access::kRead) port("output", vector, name + "_o");
  }
}

/// What is kept, and how it changes.
std::string storage(const Register& of, int word_bits) {
  std::string text;
  const std::uint32_t word = of.offset / 4;
  if (of.access == Access::kRead) return text;
  text += fmt::format("\n  // {}\n", of.name);
  if (of.array()) {
    return text + fmt::format(R"(  reg     [{1}*32-1:0] {0}_q;
  integer {0}_word;
  always @(posedge clk_i) begin
    for ({0}_word = 0; {0}_word < {1}; {0}_word = {0}_word + 1) begin
      if (!rst_ni) {0}_q[{0}_word*32 +: 32] <= 32'd{4};
      else if (write && {{{2}'d0, aw_word_q}} == {3} + {0}_word)
        {0}_q[{0}_word*32 +: 32] <= ({0}_q[{0}_word*32 +: 32] & ~mask) | ones;
    end
  end
  assign {0}_o = {0}_q;
)",
                              of.name, words(of), 32 - word_bits, word, of.reset);
  }
  const std::string selected = fmt::format("write && aw_word_q == {}'d{}", word_bits, word);
  for (const RegisterField& field : of.fields) {
    const std::string name = of.signal(field);
    const std::string vector = field.width == 1 ? "" : range(field.width) + " ";
    const std::string asked = bits("ones", field);
    const std::string repeat =
        field.width == 1 ? selected : fmt::format("{{{}{{{}}}}}", field.width, selected);
    const std::uint32_t reset =
        field.width == 32 ? of.reset : of.reset >> field.low & ((1U << field.width) - 1);
    if (of.access == Access::kSet) {
      text += fmt::format("  assign {}_o = {} & {};\n", name,
                          field.width == 1 ? "(" + selected + ")" : repeat, asked);
      continue;
    }
    text += fmt::format("  reg {}{}_q;\n  always @(posedge clk_i) begin\n", vector, name);
    text += fmt::format("    if (!rst_ni) {}_q <= {}'d{};\n", name, field.width, reset);
    if (of.access == Access::kReadWrite) {
      text += fmt::format("    else if ({}) {}_q <= ({}_q & ~{}) | {};\n", selected, name, name,
                          bits("mask", field), asked);
    } else {
      text += fmt::format("    else {0}_q <= ({0}_q & ~({1} & {2})) | {0}_set_i;\n", name,
                          field.width == 1 ? "{1{" + selected + "}}" : repeat, asked);
    }
    text += fmt::format("  end\n  assign {0}_o = {0}_q;\n", name);
  }
  return text;
}

/// The value that is read, as an expression of 32 bits.
std::string shown(const Register& of) {
  if (of.value) return fmt::format("32'h{:08X}", *of.value);
  if (of.access == Access::kSet) return "32'd0";
  std::vector<std::string> parts;
  int next = 32;
  for (auto field = of.fields.rbegin(); field != of.fields.rend(); ++field) {
    const int end = field->low + field->width;
    if (end < next) parts.push_back(fmt::format("{}'d0", next - end));
    parts.push_back(of.signal(*field) + (of.access == Access::kRead ? "_i" : "_o"));
    next = field->low;
  }
  if (next > 0) parts.push_back(fmt::format("{}'d0", next));
  return parts.size() == 1 ? parts[0] : fmt::format("{{{}}}", fmt::join(parts, ", "));
}

}  // namespace

std::string register_rtl(const RegisterTable& table) {
  const int word_bits = table.address_bits - 2;
  const auto sized = [&](const char* text) {
    return replaced(replaced(text, "@A", std::to_string(table.address_bits - 1)), "@W",
                    std::to_string(word_bits - 1));
  };
  std::string parameters, checks, storages, arrays, cases, writable_arrays;
  std::vector<std::string> writable, ports;
  for (const Register& of : table.registers) {
    add_ports(ports, of);
    storages += storage(of, word_bits);
    const std::uint32_t word = of.offset / 4;
    if (of.array()) {
      if (!of.parameter.empty()) {
        parameters += fmt::format("    parameter {} = {}  // words of {} that exist, 1 to {}\n",
                                  of.parameter, of.count, of.name, of.count);
        checks += fmt::format(
            "    if ({0} < 1 || {0} > {1}) begin : g_{2}\n      "
            "lac_shell_registers_{3}_out_of_range fault ();\n    end\n",
            of.parameter, of.count, of.name, of.name + "words");
      }
      arrays += fmt::format(R"(    for (at = 0; at < {1}; at = at + 1) begin
      if ({{{2}'d0, read_word}} == {3} + at) begin
        read_hit  = 1'b1;
        read_data = {0}{4}[at*32 +: 32];
      end
    end
)",
                            of.name, words(of), 32 - word_bits, word,
                            of.access == Access::kRead ? "_i" : "_o");
      if (of.writable()) {
        writable_arrays += fmt::format(
            "    if ({{{0}'d0, aw_word_q}} >= {1} && {{{0}'d0, aw_word_q}} < {1} + {2}) write_hit "
            "= 1'b1;\n",
            32 - word_bits, word, words(of));
      }
      continue;
    }
    cases += fmt::format("      {}'d{}: read_data = {};\n", word_bits, word, shown(of));
    if (of.writable()) writable.push_back(fmt::format("{}'d{}", word_bits, word));
  }
  std::string text = kHead;
  if (!parameters.empty()) text += " #(\n" + parameters + ")";
  text += " (\n" + sized(kAxiPorts) + "\n";
  text += fmt::format("{}\n);\n", fmt::join(ports, ",\n"));
  if (!checks.empty()) text += "  generate\n" + checks + "  endgenerate\n\n";
  text += sized(kWriteChannel);
  text += fmt::format(R"(
  // ---- what is there
  integer at;
  always @(*) begin
    read_hit  = 1'b1;
    read_data = 32'd0;
    case (read_word)
{}      default: read_hit = 1'b0;
    endcase
{}  end
  always @(*) begin
    case (aw_word_q)
      {}: write_hit = 1'b1;
      default: write_hit = 1'b0;
    endcase
{}  end
)",
                      cases, arrays, fmt::join(writable, ", "), writable_arrays);
  return text + storages + "endmodule\n\n`default_nettype wire\n";
}

}  // namespace lacuna::sim
