// SPDX-License-Identifier: Apache-2.0
// `lacuna data`: which data sets there are, and how to get them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "models/data/sets.h"
#include "sim/cli/json_output.h"
#include "sim/cli/model_program.h"
#include "sim/report/table.h"

namespace lacuna::cli {
namespace {

struct DataCommand {
  std::string name;
  std::filesystem::path from;
  std::filesystem::path folder;
  JsonOutput list_json;
  JsonOutput get_json;

  void list() const;
  void get() const;
};

void DataCommand::list() const {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  sim::Table table(
      {{"name", sim::Align::kLeft}, {"here", sim::Align::kLeft}, {"what", sim::Align::kLeft}});
  for (const models::DataSet& set : models::data_sets()) {
    const bool present = models::is_present(folder, set);
    table.add_row({set.name, present ? "yes" : "no", set.about});
    rows.push_back({{"name", set.name}, {"about", set.about}, {"present", present}});
  }
  fmt::print("{}", table.str());
  list_json.write({{"schema", "lacuna.data/1"}, {"folder", folder.string()}, {"rows", rows}});
}

void DataCommand::get() const {
  const models::DataSet& set = models::data_set(name);
  models::fetch_data_set(set, from, folder);
  fmt::print("{} is in {}, checksums right\n", set.name, folder.string());
  get_json.write({{"schema", "lacuna.data/1"},
                  {"folder", folder.string()},
                  {"rows", {{{"name", set.name}, {"about", set.about}, {"present", true}}}}});
}

}  // namespace

void add_data_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("data", kDataAbout);
  verb->require_subcommand(1);
  const auto command = std::make_shared<DataCommand>();
  command->folder = models::default_data_folder();

  CLI::App* list = verb->add_subcommand("list", "List the data sets and which are here");
  command->list_json.add_to(*list);
  list->callback([command] { command->list(); });

  CLI::App* get = verb->add_subcommand("get", "Copy or download a data set, checked");
  get->add_option("name", command->name, "Its name in the list")->type_name("")->required();
  get->add_option("--from", command->from, "Folder to copy from; without it: download")
      ->type_name("DIR");
  command->get_json.add_to(*get);
  get->callback([command] { command->get(); });

  for (CLI::App* action : {list, get}) {
    action->add_option("--data", command->folder, "Folder of the data sets")
        ->type_name("DIR")
        ->capture_default_str();
  }
}

}  // namespace lacuna::cli
