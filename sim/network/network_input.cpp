// SPDX-License-Identifier: Apache-2.0
#include "sim/network/network_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "golden/error.h"
#include "golden/fixed_point.h"
#include "golden/npy.h"
#include "golden/pool.h"
#include "golden/random.h"
#include "golden/text.h"
#include "sim/network/idx_images.h"

namespace lacuna::sim {
namespace {

/// What the first layer takes.
struct FirstLayer {
  bool symbols = false;
  int inputs = 0;  ///< symbols, or values a step
  int frac = 0;
  bool images = false;  ///< a step is all there is
  int pool = 1;         ///< side of the squares of pixels whose means are taken
};

FirstLayer first_layer(const golden::Bundle& bundle) {
  if (const auto* embedding = std::get_if<golden::EmbeddingLayer>(&bundle.layers.front())) {
    return {true, static_cast<int>(embedding->weight.rows()), 0};
  }
  if (const auto* lstm = std::get_if<golden::LstmLayer>(&bundle.layers.front())) {
    return {lstm->input == golden::InputKind::kOneHot, lstm->inputs, lstm->input_frac};
  }
  if (const auto* fc = std::get_if<golden::FcLayer>(&bundle.layers.front())) {
    return {false, fc->inputs, fc->input_frac, true, golden::pool_of_facts(bundle.facts)};
  }
  if (const auto* sc = std::get_if<golden::ScLayer>(&bundle.layers.front())) {
    return {false, sc->inputs, golden::kStateFrac, true, golden::pool_of_facts(bundle.facts)};
  }
  throw Error("bundle", "begins with a layer that no engine runs",
              "cosim runs networks that begin with LSTM, fully-connected or stochastic layers");
}

std::int8_t quantise(double value, int frac) {
  const auto scaled = std::floor(std::ldexp(value, frac) + 0.5);
  return static_cast<std::int8_t>(
      golden::saturate(static_cast<std::int64_t>(std::clamp(scaled, -1e6, 1e6)), 8));
}

int steps_of(int available, const InputRequest& request, const std::string& where) {
  if (available < std::max(request.steps, 1)) {
    throw Error(where,
                fmt::format("holds {} steps a stream for {} streams", available, request.streams),
                "ask for fewer --steps or a smaller --batch");
  }
  if (request.steps == kAllSteps) return available;
  return request.steps > 0 ? request.steps : std::min(available, kDefaultSteps);
}

/// How many streams to take of a file that could give `available`.
int streams_of(std::size_t available, const InputRequest& request) {
  const auto most = static_cast<int>(std::min<std::size_t>(available, 1U << 16));
  return request.fewer ? std::clamp(most, 1, request.streams) : request.streams;
}

NetworkInput from_text(const golden::Bundle& bundle, const InputRequest& request) {
  const std::string where = request.file->string();
  const auto vocabulary = golden::Vocabulary::of_facts(bundle.facts, "bundle");
  const std::vector<int> ids = vocabulary.encode(golden::read_text(*request.file), where);
  NetworkInput input;
  const int streams = input.streams = streams_of(ids.size(), request);
  const int distance = static_cast<int>(ids.size()) / streams;
  input.steps = steps_of(distance, request, where);
  for (int stream = 0; stream < streams; ++stream) {
    const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(stream) * distance;
    input.symbols.emplace_back(begin, begin + input.steps);
  }
  return input;
}

/// Lays out real values value(stream, step, position).
template <typename Value>
NetworkInput from_values(const FirstLayer& first, int streams, int steps, const Value& value) {
  NetworkInput input;
  input.streams = streams;
  input.steps = steps;
  for (int step = 0; step < steps; ++step) {
    std::vector<std::int8_t> vector;
    vector.reserve(static_cast<std::size_t>(first.inputs) * static_cast<std::size_t>(streams));
    for (int position = 0; position < first.inputs; ++position) {
      for (int stream = 0; stream < streams; ++stream) {
        vector.push_back(quantise(value(stream, step, position), first.frac));
      }
    }
    input.dense.push_back(std::move(vector));
  }
  return input;
}

NetworkInput from_npy(const FirstLayer& first, const InputRequest& request) {
  const std::string where = request.file->string();
  const golden::NpyArray array = golden::read_npy(*request.file);
  const std::size_t axes = array.shape.size();
  if (axes < 2 || axes > 3 || array.shape.back() != first.inputs) {
    throw Error(where, fmt::format("has shape [{}]", fmt::join(array.shape, ", ")),
                fmt::format("take [steps, {0}] or [streams, steps, {0}]", first.inputs));
  }
  const bool several = axes == 3;
  const int streams = streams_of(static_cast<std::size_t>(array.shape[0]), request);
  if (several && array.shape[0] < streams) {
    throw Error(where, fmt::format("has {} streams", array.shape[0]), "ask for a smaller --batch");
  }
  const auto length = static_cast<int>(array.shape[axes - 2]);
  const int distance = several ? length : length / streams;
  return from_values(
      first, streams, steps_of(distance, request, where), [&](int stream, int step, int position) {
        const auto row = static_cast<std::size_t>(stream) * static_cast<std::size_t>(distance) +
                         static_cast<std::size_t>(step);
        return array.values[row * static_cast<std::size_t>(first.inputs) +
                            static_cast<std::size_t>(position)];
      });
}

NetworkInput from_images(const FirstLayer& first, const InputRequest& request) {
  const std::string where = request.file->string();
  const IdxImages set = read_idx_images(*request.file, request.streams);
  std::vector<std::vector<std::uint8_t>> images;
  for (const auto& image : set.images)
    images.push_back(golden::pool(image.data(), set.rows, set.columns, first.pool, where));
  const auto pixels = static_cast<int>(images.front().size());
  if (pixels % first.inputs != 0) {
    throw Error(where,
                fmt::format("images of {} pixels for {} inputs a step", pixels, first.inputs));
  }
  InputRequest whole = request;
  if (whole.steps == 0) whole.steps = pixels / first.inputs;  // an image is one sequence
  return from_values(first, request.streams, steps_of(pixels / first.inputs, whole, where),
                     [&](int stream, int step, int position) {
                       const auto at = static_cast<std::size_t>(step * first.inputs + position);
                       return (images[static_cast<std::size_t>(stream)][at] >> 1) /
                              128.0;  // as in training
                     });
}

NetworkInput from_seed(const FirstLayer& first, const InputRequest& request) {
  golden::Random random(request.seed);
  const int steps = request.steps > 0 ? request.steps : kDefaultSteps;
  if (!first.symbols) {
    return from_values(first, request.streams, steps,
                       [&](int, int, int) { return random.chance(0.5) ? 0.0 : random.uniform(); });
  }
  NetworkInput input;
  input.streams = request.streams;
  input.steps = steps;
  for (int stream = 0; stream < request.streams; ++stream) {
    auto& symbols = input.symbols.emplace_back();
    for (int step = 0; step < steps; ++step)
      symbols.push_back(static_cast<int>(random.integer(0, first.inputs - 1)));
  }
  return input;
}

bool is_idx(const std::filesystem::path& file) {
  return file.filename().string().find("idx3-ubyte") != std::string::npos;
}

}  // namespace

NetworkInput read_network_input(const golden::Bundle& bundle, const InputRequest& asked) {
  if (asked.streams < 1) throw Error("--batch", "must be at least 1");
  const FirstLayer first = first_layer(bundle);
  InputRequest request = asked;
  if (first.images) {
    if (asked.steps > 1) {
      throw Error("--steps", "fully-connected and stochastic networks take one",
                  "ask for more images by --batch");
    }
    request.steps = 1;
  }
  NetworkInput input;
  if (!request.file) {
    input = from_seed(first, request);
    input.source = fmt::format("random, seed {}", request.seed);
  } else {
    if (first.symbols) {
      input = from_text(bundle, request);
    } else {
      input = is_idx(*request.file) ? from_images(first, request) : from_npy(first, request);
    }
    input.source = request.file->filename().string();
  }
  return input;
}

std::vector<std::vector<std::int8_t>> embed(const golden::EmbeddingLayer& layer,
                                            const NetworkInput& input) {
  std::vector<std::vector<std::int8_t>> out;
  const auto streams = static_cast<std::size_t>(input.streams);
  const auto features = static_cast<std::size_t>(layer.weight.cols());
  for (std::size_t step = 0; step < static_cast<std::size_t>(input.steps); ++step) {
    std::vector<std::int8_t> vector(features * streams);
    for (std::size_t stream = 0; stream < streams; ++stream) {
      const int symbol = input.symbols[stream][step];
      for (std::size_t feature = 0; feature < features; ++feature) {
        vector[feature * streams + stream] =
            layer.weight(symbol, static_cast<Eigen::Index>(feature));
      }
    }
    out.push_back(std::move(vector));
  }
  return out;
}

std::vector<std::int8_t> images_of(const NetworkInput& input) {
  const auto images = static_cast<std::size_t>(input.streams);
  const auto& values = input.dense.front();
  const std::size_t inputs = values.size() / images;
  std::vector<std::int8_t> x(values.size());
  for (std::size_t position = 0; position < inputs; ++position) {
    for (std::size_t image = 0; image < images; ++image)
      x[image * inputs + position] = values[position * images + image];
  }
  return x;
}

}  // namespace lacuna::sim
