#include "core/training/trained_model.h"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/image/job_files.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

Error wrongResult(const std::string& cause) {
  return Error("the model worker's result is not usable: " + cause + "; resume the training", ErrorKind::ModelFailed);
}

/// A folder that becomes the user's has no links that lead elsewhere, and nothing that hides in folders.
void requirePlainFiles(const fs::path& model) {
  if (!fs::is_directory(fs::symlink_status(model))) throw wrongResult("there is no folder " + model.string());
  for (const auto& entry : fs::directory_iterator(model)) {
    if (!fs::is_regular_file(entry.symlink_status())) throw wrongResult(entry.path().string() + " is no plain file");
  }
}

/// Its files and itself are on disk. @throws Error
void flushModel(const fs::path& model) {
  try {
    for (const auto& entry : fs::directory_iterator(model)) flushFile(entry.path());
  } catch (const fs::filesystem_error& error) {
    throw Error(model, "cannot be read: " + error.code().message(), "what was learned is kept; resume the training");
  }
  flushFile(model);
}

/// Where the file system cannot refuse to replace, what could be replaced is an empty folder.
bool moveTo(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  return (errno == EINVAL || errno == ENOSYS) && ::rename(from.c_str(), to.c_str()) == 0;
}

}  // namespace

TrainingReport trainingReportOf(const Json& message, const fs::path& folder) {
  try {
    TrainingReport report;
    report.model = folder / plainName(message.at("model"));
    report.manifestHash = oneLine(message.at("manifest_sha256"));
    report.device = oneLine(message.at("device"));
    report.fallback = oneLine(message.at("fallback"));
    report.iterations = message.at("iterations");
    report.chosenIteration = message.at("chosen_iteration");
    report.seconds = message.at("seconds");
    if (const Json& dsc = message.at("dsc_mean"); !dsc.is_null()) report.dscMean = dsc.get<double>();
    return report;
  } catch (const Json::exception& error) {
    throw wrongResult(error.what());
  } catch (const Error& error) {
    throw wrongResult(error.what());
  }
}

ModelIdentity requireTrainedModel(const TrainingReport& report) {
  try {
    requirePlainFiles(report.model);
    ModelIdentity model = readModelIdentity(report.model);
    if (model.manifestHash == report.manifestHash && !model.weights.empty()) return model;
  } catch (const fs::filesystem_error& error) {
    throw wrongResult(error.what());
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::ModelFailed) throw;
    throw wrongResult(error.what());
  }
  throw wrongResult("its model folder is not the one that was told");
}

void placeModel(const fs::path& model, const fs::path& out) {
  flushModel(model);
  if (!moveTo(model, out))
    throw Error(out, "cannot be written: " + systemErrorText(), "what was learned is kept; resume the training");
  if (!flushFolder(out.parent_path()))
    throw Error(out, "cannot be kept: " + systemErrorText(), "choose a folder on another disk");
}

}  // namespace recontour
