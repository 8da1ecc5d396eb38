#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

#include "core/predict/predictor.h"

namespace recontour {

/// Labels that models drew, kept in a folder, so that a case is not predicted twice with the same model and settings.
/// An entry is KEY.nii.gz with the labels and, written last, KEY.json with its SHA-256 and figures; KEY is the SHA-256
/// of image hash, manifest (which names the SHA-256 of its weights), device, precision, organ table and program
/// version. Each call reads or writes files: for background threads. Programs may share a folder.
class PredictionCache {
 public:
  static constexpr std::uintmax_t kLimitBytes = std::uintmax_t{512} << 20;
  explicit PredictionCache(std::filesystem::path folder, std::uintmax_t limitBytes = kLimitBytes);

  /// The labels of an equal request, as the same device drew them; none when there are none or they are damaged.
  std::optional<PredictionResult> find(const PredictionRequest& request) const;
  /// Keeps a result, then sweeps: the entries that were not used for longest go until the rest fits the limit.
  /// A result on another device than was asked for is not kept. @throws Error when it cannot be written
  void keep(const PredictionRequest& request, const PredictionResult& result) const;

 private:
  void sweep() const;
  std::filesystem::path folder_;
  std::uintmax_t limitBytes_;
};

}  // namespace recontour
