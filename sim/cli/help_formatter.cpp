// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/help_formatter.h"

#include "sim/report/text.h"

namespace lacuna::cli {
namespace {

constexpr int kHelpWidth = 80;
constexpr int kNameWidth = 26;

/// CLI11 indents what follows a newline, so a wrapped description stays in its column.
std::string wrapped(const std::string& text, int width) {
  return CLI::detail::join(sim::wrap(text, width), "\n");
}

}  // namespace

HelpFormatter::HelpFormatter() { column_width(kNameWidth); }

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
  return wrapped(CLI::Formatter::make_option_desc(option), kHelpWidth - kNameWidth);
}

std::string HelpFormatter::make_subcommand(const CLI::App* verb) const {
  std::ostringstream out;
  CLI::detail::format_help(out, verb->get_display_name(true),
                           wrapped(verb->get_description(), kHelpWidth - kNameWidth), kNameWidth);
  return out.str();
}

std::string HelpFormatter::make_description(const CLI::App* app) const {
  return wrapped(CLI::Formatter::make_description(app), kHelpWidth);
}

std::string HelpFormatter::make_footer(const CLI::App* app) const {
  return wrapped(CLI::Formatter::make_footer(app), kHelpWidth);
}

}  // namespace lacuna::cli
