#include "core/anonymize/anonymize_folder.h"

#include <cstdio>
#include <map>
#include <set>

#include "core/anonymize/anonymized_dataset.h"
#include "core/anonymize/element_values.h"
#include "core/anonymize/found_files.h"
#include "core/anonymize/refusal.h"
#include "core/anonymize/salt.h"
#include "core/base/files_together.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

bool isInside(const fs::path& inner, const fs::path& outer) {
  const fs::path from = fs::weakly_canonical(outer), to = fs::weakly_canonical(inner);
  const fs::path relative = to.lexically_relative(from);
  return !relative.empty() && *relative.begin() != "..";
}

void requireFolders(const AnonymizeJob& job) try {
  if (!fs::is_directory(job.source)) throw Error(job.source, "is no folder", "give the folder of a DICOM export");
  if (fs::exists(job.target) && (!fs::is_directory(job.target) || !fs::is_empty(job.target)))
    throw Error(job.target, "is there already and not empty", "choose another folder; nothing was written");
  if (isInside(job.target, job.source))
    throw Error(job.target, "lies in the folder that is read", "choose a folder beside it");
  if (job.saltFile && isInside(*job.saltFile, job.target))
    throw Error(*job.saltFile, "lies in the folder that is written, and would be given away with it",
                "keep it elsewhere: with it, pseudonyms can be told");
} catch (const fs::filesystem_error& error) {
  throw Error(error.path1(), "cannot be looked at: " + error.code().message(), "check its permissions");
}

/// One run: what is written so far, and by which names.
class Run {
 public:
  Run(const AnonymizeJob& job, FilesTogether& files, const PatientKeys& patients)
      : job_(job),
        files_(files),
        keys_(patients),
        rules_(AttributeRules::shipped()),
        pseudonyms_(saltOf(job.saltFile, files)) {}

  void take(const fs::path& file) {
    try {
      DicomDataset dataset = DicomDataset::read(file);
      if (isDirectory(dataset)) {
        ++report_.skipped;
      } else if (const auto reason = reasonToRefuse(dataset, rules_)) {
        throw Error(file, reason->cause, reason->advice);
      } else {
        write(anonymized(dataset, rules_, pseudonyms_, keys_));
      }
    } catch (const Error& error) {
      if (failed_) throw;
      report_.refused.push_back(error);
    }
  }

  AnonymizeReport& report() { return report_; }

 private:
  void write(const AnonymizedFile& file) {
    char name[32];
    std::snprintf(name, sizeof name, "%06d.dcm", ++numbers_[file.folder]);
    failed_ = true;  // an error from here on is the target's, and ends the run
    files_.write(job_.target / file.folder / name, file.bytes);
    failed_ = false;
    patients_.insert(file.patient);
    count(file.counts);
  }

  void count(const CleaningCounts& counts) {
    ++report_.files;
    report_.series = static_cast<int>(numbers_.size());
    report_.patients = static_cast<int>(patients_.size());
    report_.attributes.removed += counts.removed;
    report_.attributes.replaced += counts.replaced;
    report_.attributes.structures += counts.structures;
  }

  const AnonymizeJob& job_;
  FilesTogether& files_;
  const PatientKeys& keys_;
  AttributeRules rules_;
  Pseudonyms pseudonyms_;
  AnonymizeReport report_;
  std::map<std::string, int> numbers_;  ///< of files, by folder
  std::set<std::string> patients_;
  bool failed_ = false;
};

void stopWhenAsked(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error("cancelled; nothing was written", ErrorKind::Cancelled);
}

/// Looked through before any file is written, since a later one may have the ID that an earlier one lacks.
PatientKeys patientsOf(const std::vector<fs::path>& files, const std::stop_token& stop) {
  PatientKeys patients;
  for (const fs::path& file : files) {
    stopWhenAsked(stop);
    patients.add(file, identityOf(file));
  }
  return patients;
}

}  // namespace

AnonymizeReport anonymizeFolder(const AnonymizeJob& job, ProgressSink& progress, std::stop_token stop) {
  requireFolders(job);
  if (!haveDictionary()) throw Error("DCMTK's dictionary of DICOM attributes is missing; install DCMTK again");
  FoundFiles found = filesIn(job.source);
  const PatientKeys patients = patientsOf(found.dicom, stop);
  FilesTogether files;
  Run run(job, files, patients);
  int done = 0;
  for (const fs::path& file : found.dicom) {
    stopWhenAsked(stop);
    run.take(file);
    progress.progress("anonymize", ++done, static_cast<int>(found.dicom.size()), -1);
  }
  AnonymizeReport& report = run.report();
  report.skipped += found.skipped;
  report.notCovered = std::move(found.notCovered);
  report.notices = std::move(found.notDicom);
  report.notices.insert(report.notices.end(), patients.mixed().begin(), patients.mixed().end());
  report.refused.insert(report.refused.begin(), found.unreadable.begin(), found.unreadable.end());
  if (report.files > 0) files.commit();
  return report;
}

}  // namespace recontour
