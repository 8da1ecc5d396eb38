#include "core/image/job_files.h"

#include <cmath>
#include <fstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"

namespace recontour {
namespace {

constexpr int kLargestEdge = 65535;

Point3 pointOf(const Json& list) {
  return {list.at(0).get<double>(), list.at(1).get<double>(), list.at(2).get<double>()};
}

void checkGeometry(const Geometry& geometry) {
  for (int axis = 0; axis < 3; ++axis) {
    const bool sizeFits = geometry.size[axis] >= 1 && geometry.size[axis] <= kLargestEdge;
    const bool spacingFits = geometry.spacing[axis] > 0 && std::isfinite(geometry.spacing[axis]);
    if (!sizeFits || !spacingFits || !std::isfinite(geometry.origin[axis])) {
      throw Error("volume: size, spacing or origin is out of range");
    }
    for (int other = 0; other <= axis; ++other) {
      const double product = dot(geometry.axisDirection(axis), geometry.axisDirection(other));
      if (!(std::abs(product - (axis == other ? 1 : 0)) < 1e-3)) throw Error("volume: direction is not orthonormal");
    }
  }
}

void checkLength(const std::filesystem::path& file, std::size_t expected) {
  std::error_code missing;
  const auto bytes = std::filesystem::file_size(file, missing);
  if (missing) throw Error(file, missing.message());
  if (bytes == expected) return;
  throw Error(file, "has " + std::to_string(bytes) + " bytes where the geometry asks for " + std::to_string(expected));
}

}  // namespace

Json geometryJson(const Geometry& geometry) {
  return {{"size", {geometry.size.x, geometry.size.y, geometry.size.z}},
          {"spacing_mm", {geometry.spacing.x, geometry.spacing.y, geometry.spacing.z}},
          {"origin_mm", {geometry.origin.x, geometry.origin.y, geometry.origin.z}},
          {"direction", geometry.direction}};
}

Geometry geometryOf(const Json& json) {
  Geometry geometry;
  for (int axis = 0; axis < 3; ++axis) geometry.size[axis] = json.at("size").at(std::size_t(axis)).get<int>();
  geometry.spacing = pointOf(json.at("spacing_mm"));
  geometry.origin = pointOf(json.at("origin_mm"));
  geometry.direction = json.at("direction").get<std::array<double, 9>>();
  checkGeometry(geometry);
  return geometry;
}

void writeVoxels(const std::filesystem::path& file, std::span<const std::int16_t> voxels) {
  const auto bytes = std::as_bytes(voxels);
  std::ofstream stream(file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) throw Error(file, "cannot be written: " + systemErrorText(), "free space in the cache folder");
}

std::vector<std::int16_t> readVoxels(const std::filesystem::path& file, std::size_t count) {
  checkLength(file, count * sizeof(std::int16_t));
  std::vector<std::int16_t> voxels(count);
  std::ifstream stream(file, std::ios::binary);
  stream.read(reinterpret_cast<char*>(voxels.data()), static_cast<std::streamsize>(count * sizeof(std::int16_t)));
  if (!stream) throw Error(file, "cannot be read");
  return voxels;
}

std::string writeLabels(const std::filesystem::path& file, const LabelMap& labels) {
  const std::vector<Label> dense = labels.toDense();
  const auto bytes = std::as_bytes(std::span(dense));
  SafeFile safe(file);
  safe.write(bytes);
  safe.commit();
  return sha256Hex(bytes);
}

LabelMap readLabels(const std::filesystem::path& file, const Size3& size, const std::string& sha256) {
  checkLength(file, voxelCount(size));
  const std::string bytes = readWholeFile(file, voxelCount(size));
  if (bytes.size() != voxelCount(size)) throw Error(file, "changed while it was read");
  if (sha256Hex(std::string_view(bytes)) != sha256) throw Error(file, "its SHA-256 differs from what was told");
  return LabelMap::fromDense(size, std::span(reinterpret_cast<const Label*>(bytes.data()), bytes.size()));
}

Json labelBoxMessage(const LabelMap& labels, const std::filesystem::path& folder, const std::string& name) {
  Box box;
  labels.forEachBrickIn({{}, labels.size()}, [&](const LabelMap::Brick&, const Box& part) { box = unite(box, part); });
  const DenseBox dense = box.empty() ? DenseBox{} : labels.copy(box);
  const std::string_view bytes(reinterpret_cast<const char*>(dense.labels.data()), dense.labels.size());
  writeFileSafely(folder / name, bytes);
  return {{"file", name},
          {"sha256", sha256Hex(bytes)},
          {"lower", {box.lower.x, box.lower.y, box.lower.z}},
          {"upper", {box.upper.x, box.upper.y, box.upper.z}}};
}

LabelMap labelMapOf(const Json& message, const std::filesystem::path& folder, const Size3& size) {
  Box box;
  for (int axis = 0; axis < 3; ++axis) {
    box.lower[axis] = message.at("lower").at(std::size_t(axis)).get<int>();
    box.upper[axis] = message.at("upper").at(std::size_t(axis)).get<int>();
    if (box.lower[axis] < 0 || box.upper[axis] > size[axis]) throw Error("a box of labels leaves its grid");
  }
  const auto file = folder / plainName(message.at("file"));
  const std::string bytes = readWholeFile(file);
  if (sha256Hex(bytes) != message.at("sha256").get<std::string>()) throw Error(file, "is not what was written");
  LabelMap labels(size);
  if (bytes.size() != voxelCount(box.size())) throw Error(file, "has another size than its box");
  if (!box.empty()) labels.write(box, {box.size(), std::vector<Label>(bytes.begin(), bytes.end())});
  return labels;
}

std::string plainName(const Json& name) {
  const auto text = name.get<std::string>();
  if (!text.empty() && std::filesystem::path(text).filename() == text && text != "." && text != "..") return text;
  throw Error("'" + text + "' is no plain file name");
}

}  // namespace recontour
