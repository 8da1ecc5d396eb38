#include "core/evaluate/case_pairs.h"

#include <map>

#include "core/base/error.h"
#include "core/io/file_ending.h"
#include "core/io/open_case.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, fs::path>;

Files labelFilesIn(const fs::path& folder) {
  Files files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (!entry.is_regular_file(error) || !isVolumeName(entry.path())) continue;
    const auto [place, isNew] = files.emplace(caseNameWithoutChannel(entry.path()), entry.path());
    if (!isNew)
      throw Error(folder, "holds the case " + place->first + " twice",
                  "keep one of " + place->second.filename().string() + " and " + entry.path().filename().string());
  }
  if (error) throw Error(folder, "cannot be listed: " + error.message(), "check the path and its permissions");
  if (files.empty()) throw Error(folder, "holds no label map", "give a folder of .nii, .nii.gz or .nrrd files");
  return files;
}

std::string without(const Files& these, const Files& others) {
  std::string names;
  for (const auto& [name, file] : these) {
    if (!others.contains(name)) names += (names.empty() ? "" : ", ") + file.filename().string();
  }
  return names;
}

}  // namespace

std::vector<CasePair> pairCases(const fs::path& truth, const fs::path& prediction, bool allPredictions) {
  const bool folders = fs::is_directory(truth);
  if (folders != fs::is_directory(prediction))
    throw Error(folders ? prediction : truth,
                "is one file, but " + (folders ? truth : prediction).string() + " is a folder",
                "give two files or two folders");
  if (!folders) return {{caseNameWithoutChannel(truth), truth, prediction}};
  const Files truths = labelFilesIn(truth), predictions = labelFilesIn(prediction);
  const std::string alone = without(predictions, truths), lacking = allPredictions ? without(truths, predictions) : "";
  if (!alone.empty())
    throw Error(prediction, "has no partner in " + truth.string() + " for " + alone, "remove them, or name both alike");
  if (!lacking.empty())
    throw Error(truth, "has no partner in " + prediction.string() + " for " + lacking, "add them, or name both alike");
  std::vector<CasePair> pairs;
  for (const auto& [name, file] : truths) {
    if (predictions.contains(name)) pairs.push_back({name, file, predictions.at(name)});
  }
  return pairs;
}

}  // namespace recontour
