#include "core/workbench/prediction_cache.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestManifest = 1 << 20;
constexpr std::chrono::hours kUnfinished{1};  // what another program is still writing is younger
constexpr const char* kFormat = "recontour-prediction";

/// Of the manifest that runs, as far as anyone has decided that; else of the one that lies there now.
/// @throws Error when the folder has no manifest
std::string manifestHashOf(const PredictionRequest& request) {
  if (!request.manifestHash.empty()) return request.manifestHash;
  return sha256Hex(std::string_view(readWholeFile(request.modelFolder / "recontour.json", kLongestManifest)));
}

std::string keyOf(const PredictionRequest& request, const std::string& manifestHash) {
  const std::string parts = request.imageHash + "\n" + manifestHash + "\n" + request.device + "\n" + request.precision +
                            "\n" + request.organTable + "\n" + RECONTOUR_VERSION;
  return sha256Hex(std::string_view(parts));
}

fs::path labelsOf(const fs::path& description) { return fs::path(description).replace_extension(".nii.gz"); }

PredictionResult readEntry(const fs::path& description, const Geometry& grid) {
  const Json json = readJsonFile(description);
  if (json.at("format") != kFormat || json.at("version") != 1) throw Error(description, "is of another version");
  if (sha256HexOfFile(labelsOf(description)) != json.at("sha256").get<std::string>())
    throw Error(description, "its labels are damaged");
  PredictionResult result;
  result.labels = readLabelFileOn(labelsOf(description), grid);
  result.modelName = json.at("model_name");
  result.modelHash = json.at("model_sha256");
  result.device = json.at("device");
  result.precision = json.at("precision");
  result.manifestHash = json.value("manifest_sha256", "");
  result.sandboxed = json.value("sandboxed", false);  // entries of before say nothing
  result.tiles = json.at("tiles");
  result.warnings = json.at("warnings").get<std::vector<std::string>>();
  result.kept = true;
  return result;
}

struct Entry {
  fs::path description;
  fs::file_time_type used;
  std::uintmax_t bytes = 0;
};

std::uintmax_t sizeOf(const fs::path& file) {
  std::error_code missing;
  const auto bytes = fs::file_size(file, missing);
  return missing ? 0 : bytes;
}

/// Latest first. What is no part of a whole entry and not young is removed.
std::vector<Entry> entriesIn(const fs::path& folder) {
  std::vector<Entry> entries;
  std::error_code ignored;
  for (const auto& file : fs::directory_iterator(folder, ignored)) {
    const fs::path& path = file.path();
    const bool labels = path.string().ends_with(".nii.gz");
    const fs::path description = labels ? fs::path(path.string().substr(0, path.string().size() - 7) + ".json") : path;
    const bool whole = description.extension() == ".json" && fs::exists(description, ignored) &&
                       fs::exists(labelsOf(description), ignored);
    const auto written = fs::last_write_time(path, ignored);
    if (whole && !labels) entries.push_back({path, written, sizeOf(path) + sizeOf(labelsOf(path))});
    if (!whole && written < fs::file_time_type::clock::now() - kUnfinished) fs::remove(path, ignored);
  }
  std::ranges::sort(entries, std::greater(), &Entry::used);
  return entries;
}

}  // namespace

PredictionCache::PredictionCache(fs::path folder, std::uintmax_t limitBytes)
    : folder_(std::move(folder)), limitBytes_(limitBytes) {}

std::optional<PredictionResult> PredictionCache::find(const PredictionRequest& request) const {
  try {
    const fs::path description = folder_ / (keyOf(request, manifestHashOf(request)) + ".json");
    if (!fs::exists(description)) return std::nullopt;
    PredictionResult result = readEntry(description, request.geometry);
    if (!request.manifestHash.empty() && result.manifestHash != request.manifestHash) return std::nullopt;
    std::error_code ignored;
    fs::last_write_time(description, fs::file_time_type::clock::now(), ignored);  // used now
    return result;
  } catch (const std::exception&) {  // a damaged entry is none; the model runs and replaces it
    return std::nullopt;
  }
}

void PredictionCache::keep(const PredictionRequest& request, const PredictionResult& result) const {
  if (!result.fallback.empty() || result.kept) return;
  createPrivateFolder(folder_);
  // The model's folder may hold another one by now.
  const std::string ran = result.manifestHash.empty() ? manifestHashOf(request) : result.manifestHash;
  const fs::path description = folder_ / (keyOf(request, ran) + ".json");
  writeLabelFile(labelsOf(description), result.labels, request.geometry);
  const Json json = {{"format", kFormat},
                     {"version", 1},
                     {"image_hash", request.imageHash},
                     {"sha256", sha256HexOfFile(labelsOf(description))},
                     {"model_name", result.modelName},
                     {"model_sha256", result.modelHash},
                     {"device", result.device},
                     {"precision", result.precision},
                     {"manifest_sha256", ran},
                     {"sandboxed", result.sandboxed},
                     {"tiles", result.tiles},
                     {"warnings", result.warnings}};
  writeFileSafely(description, json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  sweep();
}

void PredictionCache::sweep() const {
  std::uintmax_t bytes = 0;
  std::error_code ignored;
  for (const Entry& entry : entriesIn(folder_)) {
    bytes += entry.bytes;
    if (bytes <= limitBytes_) continue;
    fs::remove(entry.description, ignored);
    fs::remove(labelsOf(entry.description), ignored);
  }
}

}  // namespace recontour
