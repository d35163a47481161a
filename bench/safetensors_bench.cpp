// SPDX-License-Identifier: Apache-2.0
// How fast a bundle-sized file is read with every check on: bytes per second.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <filesystem>
#include <vector>

#include "golden/safetensors.h"

namespace {

namespace fs = std::filesystem;
namespace golden = lacuna::golden;

void read_safetensors(benchmark::State& state) {
  const std::int64_t rows = state.range(0);
  const std::vector<std::int8_t> values(static_cast<std::size_t>(4 * rows * rows), 1);
  golden::SafeTensors content;
  content.tensors["lstm.weight_h"] = golden::make_tensor({4 * rows, rows}, values.data());
  const fs::path file = fs::temp_directory_path() / "lacuna_bench.safetensors";
  golden::write_safetensors(content, file);
  for (auto _ : state) benchmark::DoNotOptimize(golden::read_safetensors(file));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(fs::file_size(file)));
  fs::remove(file);
}
BENCHMARK(read_safetensors)->Arg(100)->Arg(1000);

}  // namespace
