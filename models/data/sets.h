// SPDX-License-Identifier: Apache-2.0
// The data sets by name: their files, checksums and public addresses; copying them into the data
// folder or downloading them there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna::models {

struct DataFile {
  std::string path;     ///< below the data folder; may also lie there with .xz after its name
  std::string md5;      ///< of the content, which of .gz and .xz files is the decompressed one
  std::string address;  ///< empty where the set has an archive
};

struct DataSet {
  std::string name;
  std::string about;
  std::vector<DataFile> files;
  std::string archive = {};  ///< address of a .tar.gz that holds all files in one folder
};

/// Every data set that can be fetched.
const std::vector<DataSet>& data_sets();

/// @throws Error naming the known ones.
const DataSet& data_set(const std::string& name);

/// $LACUNA_DATA, else `data` under the current directory.
std::filesystem::path default_data_folder();

/// Content of a data set's file below `folder`, decompressed. @throws Error if it is not there or
/// its checksum is wrong.
std::string read_data_file(const std::filesystem::path& folder, const std::string& set,
                           const DataFile& file);

/// True if every file of the set is there with the right content.
bool is_present(const std::filesystem::path& folder, const DataSet& set);

/// Copies the set's files from `from` (a folder laid out as the data folder, or holding the set's
/// files directly) to `folder`, or downloads them where `from` is empty; archives are unpacked by
/// the system's tar. Each file is checked before it appears under its name, without the .xz that is
/// not part of it. @throws Error.
void fetch_data_set(const DataSet& set, const std::filesystem::path& from,
                    const std::filesystem::path& folder);

}  // namespace lacuna::models
