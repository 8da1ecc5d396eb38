#include "core/predict/job_messages.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/image/job_files.h"

namespace recontour {
namespace {

constexpr int kJobId = 1;  // a worker does one job

Json organsMessage(const OrganTable& organs) {
  Json labels = Json::object();
  for (const Organ& organ : organs.organs()) labels[organ.key] = organ.label;
  return {{"name", organs.name()}, {"labels", labels}};
}

Json volumeMessage(const Geometry& geometry, const std::string& file) {
  Json message = geometryJson(geometry);
  message["file"] = file;
  return message;
}

Error wrongResult(const std::string& cause) {
  return Error("the model worker's result is not usable: " + cause + "; try again", ErrorKind::ModelFailed);
}

LabelMap labelsOf(const Json& message, const std::filesystem::path& folder, const Size3& size) {
  try {
    return readLabels(folder / plainName(message.at("file")), size, message.at("sha256"));
  } catch (const Error& error) {
    throw wrongResult(error.what());
  }
}

void checkLabels(const LabelMap& labels, const OrganTable& organs, std::vector<std::string>& warnings) {
  const auto counts = labelCounts(labels);
  std::int64_t labelled = 0;
  for (int label = 1; label < 256; ++label) {
    const std::int64_t voxels = counts[static_cast<std::size_t>(label)];
    if (voxels > 0 && organs.find(static_cast<Label>(label)) == nullptr) {
      throw wrongResult("label " + std::to_string(label) + " is not in the organ table '" + organs.name() + "'");
    }
    labelled += voxels;
  }
  if (labelled == 0) warnings.push_back("all voxels are background: the model found none of its organs");
}

PredictionResult parsePrediction(const Json& message, const std::filesystem::path& folder, const Size3& size) {
  PredictionResult result;
  result.labels = labelsOf(message, folder, size);
  result.modelName = oneLine(message.at("model_name"));
  result.modelHash = oneLine(message.at("model_sha256"));
  result.device = oneLine(message.at("device"));
  result.precision = oneLine(message.at("precision"));
  result.fallback = oneLine(message.at("fallback"));
  result.tiles = message.at("tiles");
  result.seconds = message.at("seconds").get<std::map<std::string, double>>();
  result.peakMemoryBytes = message.at("peak_memory_bytes");
  for (const Json& warning : message.at("warnings")) result.warnings.push_back(oneLine(warning));
  return result;
}

}  // namespace

Json predictMessage(const PredictionRequest& request, const std::filesystem::path& folder,
                    const std::string& volumeFile, const std::string& resultFile) {
  return {{"type", "predict"},          {"id", kJobId},
          {"folder", folder.string()},  {"volume", volumeMessage(request.geometry, volumeFile)},
          {"result", resultFile},       {"model", std::filesystem::absolute(request.modelFolder).string()},
          {"device", request.device},   {"precision", request.precision},
          {"threads", request.threads}, {"organs", organsMessage(OrganTable::named(request.organTable))}};
}

Json checkMessage(const std::filesystem::path& modelFolder, const std::string& device, const OrganTable& organs) {
  return {{"type", "check"},
          {"id", kJobId},
          {"model", std::filesystem::absolute(modelFolder).string()},
          {"device", device},
          {"organs", organsMessage(organs)}};
}

PredictionResult readPrediction(const Json& message, const std::filesystem::path& folder, const Size3& size,
                                const OrganTable& organs) {
  try {
    PredictionResult result = parsePrediction(message, folder, size);
    checkLabels(result.labels, organs, result.warnings);
    return result;
  } catch (const Json::exception& error) {
    throw wrongResult(error.what());
  }
}

}  // namespace recontour
