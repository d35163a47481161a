// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/shell_flow.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "golden/error.h"
#include "sim/fpga/design.h"
#include "sim/fpga/template_text.h"

namespace lacuna::sim {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBlockRams = "block RAMs";
constexpr std::size_t kBlockRamBytes = 4096;  ///< of a RAMB36 without its parity bits
constexpr std::size_t kLineWords = 8;         ///< of a line of the Zynq's caches

fs::path own() { return fs::path(LACUNA_SOURCE_DIR) / "sim" / "fpga"; }
fs::path shared_flow() { return own() / "flows" / "shell"; }

int setting(const Board& board, const char* name) {
  try {
    return std::stoi(board.settings.at(name));
  } catch (const std::exception&) {
    throw Error((board.folder / "board.json").string(),
                fmt::format("has no number {} among its settings", name));
  }
}

/// The board's resource that holds the network. @throws Error for a board that has none.
std::string network_in(const Board& board) {
  const auto found = board.settings.find("NETWORK_IN");
  if (found == board.settings.end() || board.resources.count(found->second) == 0)
    throw Error((board.folder / "board.json").string(), "names no resource as NETWORK_IN");
  return found->second;
}

std::string file_name(const std::string& source) { return fs::path(source).filename().string(); }

/// Names of files below rtl/, in their order.
std::vector<std::string> names_of(const std::vector<std::string>& sources) {
  std::vector<std::string> names;
  names.reserve(sources.size());
  for (const std::string& source : sources) names.push_back(file_name(source));
  return names;
}

/// The memory's beats, each as hexadecimal digits with the lowest byte last.
MemoryImage image_of(const ShellDesign& design) {
  MemoryImage image;
  image.name = "memory";
  image.width = design.parameters.at("BusWidth");
  const auto bytes = static_cast<std::size_t>(image.width) / 8;
  for (std::size_t beat = 0; beat < design.memory.size(); beat += bytes) {
    std::string word;
    for (std::size_t byte = bytes; byte-- > 0;)
      word += fmt::format("{:02x}", design.memory[beat + byte]);
    image.words.push_back(std::move(word));
  }
  return image;
}

std::string array_of(const std::string& name, const std::vector<std::uint32_t>& words) {
  constexpr std::size_t kPerLine = 8;
  std::string text = fmt::format("static const uint32_t {}[] = {{", name);
  for (std::size_t at = 0; at < words.size(); ++at)
    text += fmt::format("{}0x{:x},", at % kPerLine == 0 ? "\n    " : " ", words[at]);
  return text + "\n};\n";
}

/// host/network.c.
std::string network_source(const ShellDesign& design) {
  std::string text =
      "/* SPDX-License-Identifier: Apache-2.0 */\n"
      "/* Written by `lacuna fpga`: configuration, packets in and golden's packets out. */\n"
      "#include \"lacuna_shell_network.h\"\n\n";
  std::string runs;
  std::size_t most = 0;
  for (std::size_t at = 0; at < design.runs.size(); ++at) {
    const ShellRun& run = design.runs[at];
    text += array_of(fmt::format("config_{}", at), run.settings.config);
    text += array_of(fmt::format("x_{}", at), run.x);
    text += array_of(fmt::format("y_{}", at), run.y);
    runs += fmt::format(
        "    {{\"{0}\", 0x{1:x}, {2}, 0x{3:x}, {4}, config_{5}, {6}, x_{5}, y_{5}, {7}, {8}}},\n",
        run.layer, run.records, run.record_bytes, run.settings.weight_base, run.settings.count, at,
        run.settings.config.size(), run.x.size(), run.y.size());
    most = std::max(most, run.y.size());
  }
  return text + fmt::format(
                    "\n#define MOST_Y_WORDS {}\n"
                    "const char lacuna_shell_network_name[] = \"{}\";\n"
                    "const uint32_t lacuna_shell_network_kind = {};\n"
                    "const lacuna_shell_run lacuna_shell_runs[] = {{\n{}}};\n"
                    "const size_t lacuna_shell_run_count = {};\n"
                    "uint32_t lacuna_shell_y[MOST_Y_WORDS] __attribute__((aligned({})));\n",
                    (most + kLineWords - 1) / kLineWords * kLineWords, design.network, design.kind,
                    runs, design.runs.size(), kLineWords * sizeof(std::uint32_t));
}

TemplateValues values_of(const Board& board, const ShellDesign& design, const FpgaRequest& request,
                         const std::vector<std::string>& engine_files,
                         const std::vector<std::string>& system_files) {
  TemplateValues values = board.settings;
  const int bus = design.parameters.at("BusWidth");
  values["TITLE"] = board.title;
  values["NETWORK"] = design.network;
  values["BUNDLE"] = request.bundle;
  values["REVISION"] = request.revision;
  values["COMMAND"] = request.command;
  values["MEGAHERTZ"] = fmt::format("{:g}", board.clock_hertz / 1e6);
  values["TOP"] = design.top;
  values["BUS_HIGH"] = std::to_string(bus - 1);
  values["BEATS"] = std::to_string(design.memory.size() * 8 / static_cast<std::size_t>(bus));
  values["BASE"] = fmt::format("0x{:08x}", design.base);
  values["BASE_NUMBER"] = std::to_string(design.base);
  values["MEMORY_BYTES"] = std::to_string(design.memory.size());
  values["SYSTEM_FILES"] = fmt::format("{}", fmt::join(system_files, " "));
  // A network in block RAM comes with the design, which then is the whole system.
  const bool whole = network_in(board) == kBlockRams;
  std::vector<std::string> files = whole ? system_files : engine_files;
  values["EDIF_TOP"] = whole ? "system" : "lacuna";
  values["EDIF_FILES"] = fmt::format("{}", fmt::join(files, " "));
  if (whole) files.emplace_back("top.v");
  values["FILES"] = fmt::format("{}", fmt::join(files, " "));
  std::string parameters;
  for (const auto& [name, value] : design.parameters)
    parameters += fmt::format("{}      .{}({})", parameters.empty() ? "" : ",\n", name, value);
  values["PARAMETERS"] = parameters;
  values["ELSEWHERE"] =
      design.elsewhere.empty()
          ? ""
          : fmt::format("Layers that this engine does not run, and the example leaves out: {}.\n",
                        fmt::join(design.elsewhere, ", "));
  return values;
}

bool is_script(const fs::path& file) { return file.extension() == ".sh"; }

/// Where a template goes: what both flows share brings a simulation in C++, each its host in C.
fs::path place_of(const fs::path& file) {
  const std::string name = file.filename().string();
  const bool shared = file.parent_path() == shared_flow();
  if (file.extension() == ".v") return fs::path("rtl") / name;
  if (file.extension() == ".cpp" || (shared && file.extension() == ".h"))
    return fs::path("sim") / name;
  if (file.extension() == ".c" || file.extension() == ".h" || name == "Makefile")
    return fs::path("host") / name;
  return name;
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

ShellRoom shell_room(const Board& board) {
  return {setting(board, "BUS"), setting(board, "WEIGHT_BITS"), setting(board, "ELEMENTS"),
          static_cast<std::uint32_t>(setting(board, "BASE"))};
}

std::map<std::string, std::int64_t> shell_resources(const Board& board, const ShellDesign& design) {
  auto resources = design.resources;
  const std::size_t bytes = design.memory.size();
  const std::string resource = network_in(board);
  resources[resource] += static_cast<std::int64_t>(
      resource == kBlockRams ? (bytes + kBlockRamBytes - 1) / kBlockRamBytes : bytes);
  return resources;
}

void write_shell(OutputFolder& folder, const Board& board, const ShellDesign& design,
                 const FpgaRequest& request) {
  const fs::path source = LACUNA_SOURCE_DIR;
  std::vector<std::string> sources = design.sources;
  std::vector<std::string> engine_files = names_of(sources);
  engine_files.emplace_back("lacuna.v");
  for (const std::string& file : board_sources({"lac_axi_window", "lac_axi_rom"})) {
    if (std::find(sources.begin(), sources.end(), file) == sources.end()) sources.push_back(file);
  }
  for (const std::string& file : sources)
    folder.add_copy(fs::path("rtl") / file_name(file), source / "rtl" / file);
  std::vector<std::string> system_files = names_of(sources);
  system_files.insert(system_files.end(), {"lacuna.v", "system.v"});

  const MemoryImage image = image_of(design);
  folder.add("mem/memory.mem", to_mem(image));
  folder.add("mem/memory.coe", to_coe(image));
  folder.add("mem/memory.bin",
             {reinterpret_cast<const char*>(design.memory.data()), design.memory.size()});

  const TemplateValues values = values_of(board, design, request, engine_files, system_files);
  for (const fs::path& from : {shared_flow(), own() / "flows" / board.flow}) {
    for (const fs::path& file : files_of(from)) {
      const std::string text = fill_file(file, values);
      if (is_script(file))
        folder.add_program(place_of(file), text);
      else
        folder.add(place_of(file), text);
    }
  }
  for (const fs::path& file : files_of(board.folder)) {
    if (file.filename() != "board.json") folder.add_copy(file.filename(), file);
  }
  for (const fs::path& file : files_of(own() / "shell_host"))
    folder.add_copy(fs::path("host") / file.filename(), file);
  folder.add_copy("host/registers.h", source / "sim" / "shell" / "registers.h");
  folder.add("host/network.c", network_source(design));
}

}  // namespace lacuna::sim
