// SPDX-License-Identifier: Apache-2.0
// CLI11's help text, wrapped to 80 columns.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace lacuna::cli {

class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter();
  std::string make_option_desc(const CLI::Option* option) const override;
  std::string make_subcommand(const CLI::App* verb) const override;
  std::string make_description(const CLI::App* app) const override;
  std::string make_footer(const CLI::App* app) const override;
};

}  // namespace lacuna::cli
