#pragma once
#include <QCoreApplication>
#include <filesystem>
#include <memory>

#include "core/study/coordinator_study.h"

namespace recontour::cli {

/// Databases need an application of Qt, and text in figures one with fonts; neither asks for a display.
class StudyApplication {
 public:
  explicit StudyApplication(bool draws);

 private:
  int count_ = 1;
  char name_[14] = "recontour-cli";
  char* arguments_[2] = {name_, nullptr};
  std::unique_ptr<QCoreApplication> application_;
};

void printStatus(const CoordinatorStudy& study, bool json);
/// long.csv, its columns and the script for R; dsc_over_time.csv and ratings.csv.
void exportTables(CoordinatorStudy& study, const std::filesystem::path& folder);
void writeReport(CoordinatorStudy& study, const std::filesystem::path& folder);

}  // namespace recontour::cli
