#include "core/phantom/scanner.h"

#include <algorithm>
#include <cmath>

#include "core/phantom/gaussian.h"
#include "core/phantom/parallel.h"
#include "core/phantom/random.h"

namespace recontour {
namespace {

std::vector<double> centres(int count, double first, double spacing) {
  std::vector<double> positions;
  for (int i = 0; i < count; ++i) positions.push_back(first + i * spacing);
  return positions;
}

using Lines = std::vector<float>;

/// Filters `count` neighbouring lines of `length` samples, `stride` apart, that start at data; edges are repeated.
void filterLines(float* data, std::size_t stride, int length, std::size_t count, const std::vector<float>& weights,
                 Lines& before) {
  const int reach = static_cast<int>(weights.size() / 2);
  before.resize(static_cast<std::size_t>(length) * count);
  for (int i = 0; i < length; ++i) {
    std::copy_n(data + static_cast<std::size_t>(i) * stride, count,
                before.data() + static_cast<std::size_t>(i) * count);
  }
  for (int i = 0; i < length; ++i) {
    float* target = data + static_cast<std::size_t>(i) * stride;
    std::fill_n(target, count, 0.0f);
    for (int k = -reach; k <= reach; ++k) {
      const float weight = weights[static_cast<std::size_t>(k + reach)];
      const float* source = before.data() + static_cast<std::size_t>(std::clamp(i + k, 0, length - 1)) * count;
      for (std::size_t line = 0; line < count; ++line) target[line] += weight * source[line];
    }
  }
}

void filterRow(float* row, int length, const std::vector<float>& weights, Lines& before) {
  const int reach = static_cast<int>(weights.size() / 2);
  before.assign(row, row + length);
  for (int i = 0; i < length; ++i) {
    float sum = 0;
    for (int k = -reach; k <= reach; ++k) {
      sum += weights[static_cast<std::size_t>(k + reach)] *
             before[static_cast<std::size_t>(std::clamp(i + k, 0, length - 1))];
    }
    row[i] = sum;
  }
}

/// Gaussian blur in place. @return the SD that white noise of SD 1 keeps
double blur(const Geometry& geometry, double sigmaMm, std::vector<float>& values, int threads,
            const std::stop_token& stop) {
  std::vector<std::vector<float>> weights;
  double gain = 1;
  for (int axis = 0; axis < 3; ++axis) {
    const auto exact = gaussianWeights(sigmaMm / geometry.spacing[axis]);
    gain *= noiseGain(exact);
    weights.emplace_back(exact.begin(), exact.end());
  }
  const auto width = static_cast<std::size_t>(geometry.size.x);
  const std::size_t plane = width * static_cast<std::size_t>(geometry.size.y);
  std::vector<Lines> scratch(static_cast<std::size_t>(threads));
  const auto ignore = [](int) {};
  forEachItem(
      geometry.size.z, threads, stop,
      [&](int worker, int k) {
        Lines& before = scratch[static_cast<std::size_t>(worker)];
        float* slice = values.data() + static_cast<std::size_t>(k) * plane;
        for (int j = 0; j < geometry.size.y; ++j)
          filterRow(slice + static_cast<std::size_t>(j) * width, geometry.size.x, weights[0], before);
        filterLines(slice, width, geometry.size.y, width, weights[1], before);
      },
      ignore);
  forEachItem(
      geometry.size.y, threads, stop,
      [&](int worker, int j) {
        filterLines(values.data() + static_cast<std::size_t>(j) * width, plane, geometry.size.z, width, weights[2],
                    scratch[static_cast<std::size_t>(worker)]);
      },
      ignore);
  return gain;
}

}  // namespace

Scanner::Scanner(const Parameters& p, const TissueTable& tissues, const NoiseFields& fields, std::uint64_t seed)
    : tissues_(tissues),
      fields_(fields),
      seed_(seed),
      blurMm_(p.number("blurSigma")),
      noiseSd_(p.number("noiseSd")),
      whiteWeight_(p.number("noiseWhite")),
      colouredWeight_(p.list("noiseColoured", 2)[0]),
      colouredMm_(p.list("noiseColoured", 2)[1]),
      lowest_(p.list("range", 2)[0]),
      highest_(p.list("range", 2)[1]) {}

void Scanner::fillSlice(const Geometry& geometry, int k, std::span<const Tissue> tissue, std::span<float> out) const {
  const auto xs = centres(geometry.size.x, geometry.origin.x, geometry.spacing.x);
  const auto ys = centres(geometry.size.y, geometry.origin.y, geometry.spacing.y);
  const double z = geometry.origin.z + k * geometry.spacing.z;
  std::vector<float> coarse(out.size());
  fields_.textureFine.fillSlice(xs, ys, z, out);
  fields_.textureCoarse.fillSlice(xs, ys, z, coarse);
  for (std::size_t at = 0; at < out.size(); ++at) {
    const auto own = static_cast<std::size_t>(tissue[at]);
    out[at] = tissues_.hu[own] + tissues_.textureSd[own] * fields_.textureWeight * (out[at] + coarse[at]);
  }
}

void Scanner::addWhite(const Geometry& geometry, std::uint64_t key, float sd, std::vector<float>& values, int threads,
                       const std::stop_token& stop) const {
  const std::size_t plane = values.size() / static_cast<std::size_t>(geometry.size.z);
  forEachItem(
      geometry.size.z, threads, stop,
      [&](int, int k) {
        const std::size_t first = static_cast<std::size_t>(k) * plane;
        for (std::size_t at = first; at < first + plane; ++at) values[at] += sd * normalAt(key, at);
      },
      [](int) {});
}

std::vector<std::int16_t> Scanner::scan(const Geometry& geometry, std::vector<float> hu, int threads,
                                        const std::stop_token& stop, const std::function<void(int)>& done) const {
  blur(geometry, blurMm_, hu, threads, stop);
  done(2);
  std::vector<float> coloured(hu.size());
  addWhite(geometry, randomKey(seed_, "noise coloured"), 1, coloured, threads, stop);
  done(3);
  const double gain = blur(geometry, colouredMm_, coloured, threads, stop);
  done(5);
  const double sum = std::sqrt(whiteWeight_ * whiteWeight_ + colouredWeight_ * colouredWeight_);
  addWhite(geometry, randomKey(seed_, "noise white"), static_cast<float>(noiseSd_ * whiteWeight_ / sum), hu, threads,
           stop);
  done(6);
  const auto weight = static_cast<float>(noiseSd_ * colouredWeight_ / sum / gain);
  std::vector<std::int16_t> voxels(hu.size());
  for (std::size_t at = 0; at < hu.size(); ++at) {
    const float value = std::floor(hu[at] + weight * coloured[at] + 0.5f);
    voxels[at] =
        static_cast<std::int16_t>(std::clamp(value, static_cast<float>(lowest_), static_cast<float>(highest_)));
  }
  done(kRounds);
  return voxels;
}

}  // namespace recontour
