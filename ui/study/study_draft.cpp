#include "ui/study/study_draft.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/study/same_patient.h"
#include "core/study/study_import.h"
#include "core/study/study_packages.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

void stopIfAsked(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
}

/// A folder that goes again unless it is kept.
class Unfinished {
 public:
  explicit Unfinished(fs::path folder) : folder_(std::move(folder)) { fs::remove_all(folder_); }
  ~Unfinished() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  void keepAs(const fs::path& name) const {
    std::error_code error;
    fs::rename(folder_, name, error);
    if (error) throw Error(name, "cannot be made: " + error.message(), "choose another folder");
    flushFile(fs::absolute(name).parent_path());
  }

 private:
  fs::path folder_;
};

std::string numbered(const char* prefix, std::size_t number) {
  const std::string digits = std::to_string(number);
  return prefix + std::string(digits.size() < 2 ? 1 : 0, '0') + digits;
}

/// Cases that share a name could not be told apart in folders of start maps.
void checkNames(const std::vector<DraftCase>& cases, std::vector<std::string>& problems) {
  std::set<std::string> names;
  for (const DraftCase& one : cases)
    if (!names.insert(one.name()).second) problems.push_back("two cases are called " + one.name());
}

void importOne(CoordinatorStudy& study, const DraftCase& one, ProgressSink& progress, const std::stop_token& stop) {
  ForwardedProgress reading(progress);
  const Case read = openCase(one.image, reading, stop);
  std::optional<LabelMap> truth;
  if (!one.reference.empty()) truth = readLabelFileOn(one.reference, read.geometry);
  importCase(study, read, truth, {"", one.name(), one.practice, one.patient});
}

/// Takes out again what was brought in after the first `count` cases.
void forgetFrom(CoordinatorStudy& study, std::size_t count) {
  std::error_code ignored;
  for (std::size_t i = count; i < study.protocol().cases.size(); ++i) {
    fs::remove(study.imageOf(study.protocol().cases[i].id), ignored);
    fs::remove(study.truthOf(study.protocol().cases[i].id), ignored);
  }
  study.edit([&](StudyProtocol& protocol) { protocol.cases.resize(count); });
}

void fill(CoordinatorStudy& study, const StudyDraft& draft, ProgressSink& progress, const std::stop_token& stop) {
  importCases(study, draft.cases, progress, stop);
  for (const DraftReader& reader : draft.readers) addReader(study, reader);
  if (draft.drawn) selectCases(study, *draft.drawn, draft.protocol.design.seed);
  for (const DraftStarts& starts : draft.starts)
    if (!starts.folder.empty()) importStarts(study, starts, progress, stop);
}

}  // namespace

std::string DraftCase::name() const { return caseNameWithoutChannel(image); }

StudyProtocol protocolOf(const StudyDraft& draft) {
  StudyProtocol protocol = draft.protocol;
  for (const DraftCase& one : draft.cases) {
    StudyCase made;
    made.id = numbered("C", protocol.cases.size() + 1);
    made.name = one.name();
    made.practice = one.practice;
    made.patientGroup = one.patient;
    protocol.cases.push_back(made);
  }
  for (const DraftReader& one : draft.readers) protocol.readers.push_back(one.reader);
  return protocol;
}

std::vector<std::string> problemsOf(const StudyDraft& draft) {
  std::vector<std::string> problems;
  if (draft.folder.empty()) problems.emplace_back("no folder is chosen for the study");
  const StudyProtocol protocol = protocolOf(draft);
  std::ranges::copy(problemsOf(protocol), std::back_inserter(problems));
  checkNames(draft.cases, problems);
  for (const StudyArm& arm : protocol.arms) {
    if (arm.fromNothing || arm.checks) continue;
    const auto starts = std::ranges::find(draft.starts, arm.id, &DraftStarts::arm);
    if (starts == draft.starts.end() || starts->folder.empty())
      problems.push_back("arm " + arm.id + " has no folder of start maps");
  }
  return problems;
}

void makeStudy(const StudyDraft& draft, const Clock& clock, ProgressSink& progress, const std::stop_token& stop) {
  if (fs::exists(draft.folder) && !fs::is_empty(draft.folder))
    throw Error(draft.folder, "is there already", "give the study another name or folder");
  const fs::path making = draft.folder.parent_path() / ("." + draft.folder.filename().string() + ".making");
  const Unfinished unfinished(making);
  {
    StudyProtocol protocol = draft.protocol;
    protocol.organTableHash = OrganTable::named(protocol.organTable).hash();
    CoordinatorStudy study = CoordinatorStudy::create(making, std::move(protocol), clock);
    fill(study, draft, progress, stop);
  }
  unfinished.keepAs(draft.folder);
}

void importCases(CoordinatorStudy& study, std::span<const DraftCase> cases, ProgressSink& progress,
                 const std::stop_token& stop) {
  const auto before = study.protocol().cases.size();
  try {
    for (std::size_t i = 0; i < cases.size(); ++i) {
      stopIfAsked(stop);
      progress.progress("import", static_cast<int>(i), static_cast<int>(cases.size()), -1);
      importOne(study, cases[i], progress, stop);
    }
  } catch (...) {
    forgetFrom(study, before);
    throw;
  }
}

void importStarts(CoordinatorStudy& study, const DraftStarts& starts, ProgressSink& progress,
                  const std::stop_token& stop) {
  const std::vector<StudyCase> cases = study.protocol().cases;
  std::string missing;
  for (const StudyCase& one : cases)
    if (labelFileFor(starts.folder, one.name).empty()) missing += (missing.empty() ? "" : ", ") + one.name;
  if (!missing.empty()) throw Error(starts.folder, "has no label map for " + missing);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    stopIfAsked(stop);
    progress.progress("start maps", static_cast<int>(i), static_cast<int>(cases.size()), -1);
    importStart(study, cases[i].id, starts.arm, readLabelFile(labelFileFor(starts.folder, cases[i].name)));
  }
}

void addReader(CoordinatorStudy& study, const DraftReader& reader) {
  study.edit([&](StudyProtocol& protocol) {
    std::erase_if(protocol.readers, [&](const StudyReader& one) { return one.id == reader.reader.id; });
    protocol.readers.push_back(reader.reader);
  });
  if (!reader.pin.empty()) setPin(study, reader.reader.id, reader.pin);
}

fs::path labelFileFor(const fs::path& folder, const std::string& name) {
  if (folder.empty()) return {};
  for (const char* ending : {".nii.gz", ".nii", ".nrrd"})
    if (auto file = folder / (name + ending); fs::exists(file)) return file;
  return {};
}

std::vector<DraftCase> findCases(std::span<const fs::path> paths, const fs::path& references) {
  std::vector<fs::path> images;
  for (const fs::path& path : paths) {
    if (!fs::exists(path)) throw Error(path, "does not exist", "check the path");
    if (looksLikeCase(path))
      images.push_back(path);
    else
      std::ranges::copy(casesIn(path), std::back_inserter(images));
  }
  std::vector<DraftCase> cases;
  for (const fs::path& image : images) {
    DraftCase made;
    made.image = image;
    made.reference = labelFileFor(references, made.name());
    cases.push_back(made);
  }
  return cases;
}

std::vector<std::string> groupPatients(std::vector<DraftCase>& cases, ProgressSink& progress,
                                       const std::stop_token& stop) {
  std::vector<PatientSignature> signatures(cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    stopIfAsked(stop);
    progress.progress("references", static_cast<int>(i), static_cast<int>(cases.size()), -1);
    if (cases[i].reference.empty()) continue;
    const LabelImage read = readLabelFile(cases[i].reference);
    signatures[i] = signatureOf(read.labels, read.geometry);
  }
  std::vector<std::string> said;
  for (const auto& [a, b] : samePatientPairs(signatures)) {
    DraftCase &one = cases[static_cast<std::size_t>(a)], &other = cases[static_cast<std::size_t>(b)];
    if (one.patient.empty()) one.patient = other.patient.empty() ? "patient-of-" + one.name() : other.patient;
    other.patient = one.patient;
    said.push_back(one.name() + " and " + other.name() + " look like one patient");
  }
  return said;
}

}  // namespace recontour
