#include "core/anonymize/patient_keys.h"

#include <fstream>

#include "core/anonymize/plain_values.h"
#include "core/io/dicom_file.h"

namespace recontour {
namespace {

constexpr std::size_t kHeader = std::size_t{1} << 20;  ///< more than comes before the study's UID
constexpr DicomTag kPatientName = 0x00100010, kPatientId = 0x00100020, kStudyUid = 0x0020000d;

std::string upperTrimmed(std::string_view text) {
  std::string upper(trimmedValue(text));
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return upper;
}

}  // namespace

Identity identityOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string start(kHeader, '\0');
  stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(stream.gcount()));
  const DicomFile header(std::move(start));
  return {header.text(kStudyUid), header.text(kPatientId), header.text(kPatientName)};
}

void PatientKeys::add(const std::filesystem::path& file, const Identity& identity) {
  const std::string uid(trimmedValue(identity.study)), id = upperTrimmed(identity.id);
  if (uid.empty()) return;
  Study& study = studies_[uid];
  if (study.name.empty()) study.name = upperTrimmed(identity.name);
  if (study.id.empty()) study.id = id;
  if (study.isMixed || id.empty() || study.id == id) return;
  study.isMixed = true;
  mixed_.emplace_back(file, "has another Patient ID than other files of its study",
                      "all of the study became one patient; if they are two, make them two studies");
}

std::string PatientKeys::of(const Identity& identity) const {
  const std::string uid(trimmedValue(identity.study));
  const auto found = studies_.find(uid);
  const Study study = found == studies_.end() ? Study{} : found->second;
  const std::string id = study.id.empty() ? upperTrimmed(identity.id) : study.id;
  const std::string name = study.name.empty() ? upperTrimmed(identity.name) : study.name;
  if (!id.empty()) return "id " + id;
  return name.empty() ? "study " + uid : "name " + name;
}

}  // namespace recontour
