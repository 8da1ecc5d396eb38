#include "core/study/study_protocol.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/study/protocol_json.h"

namespace recontour {

constexpr int kStudyVersion = 1;

void to_json(Json& json, const StudyRating& rating) {
  json = {{"id", rating.id},         {"question", rating.question}, {"answers", rating.answers},
          {"before", rating.before}, {"after", rating.after},       {"perOrgan", rating.perOrgan}};
}

void from_json(const Json& json, StudyRating& rating) {
  json.at("id").get_to(rating.id);
  json.at("question").get_to(rating.question);
  json.at("answers").get_to(rating.answers);
  json.at("before").get_to(rating.before);
  json.at("after").get_to(rating.after);
  json.at("perOrgan").get_to(rating.perOrgan);
}

void requireFormat(const Json& json, const std::string& what, int newest, const std::filesystem::path& source) {
  if (!json.is_object() || !json.contains("format") || json["format"] != "recontour-" + what)
    throw Error(source, "is no " + what + " of Recontour");
  if (!json.contains("version") || !json["version"].is_number_integer())
    throw Error(source, "has no version", "restore it from a backup");
  if (json["version"] > newest) throw Error(source, "was made by a newer Recontour", "open it with that version");
}

// The library finds these by name; they lie beside the types that they are of.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StudyCase, id, name, imageHash, truthSha256, patientGroup, practice)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StudyReader, id, hospital, years, pinSalt, pinHash)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StudyArm, id, name, fromNothing, model, modelHash, checks, tools, cues)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StudyStart, caseId, arm, sha256, labelsHash)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PlantedError, caseId, arm, kind, organ, ml, voxels, seed, maskSha256)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StudyTask, id, reader, caseId, arm, position, period, repeat, practice, planted)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StudyDesign, preset, seed, scratchCases, repeatedCases, washoutDays, samePatientDays)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StudyAnalysis, idleLimitsS, primaryIdleLimitS, tolerancesMm, metricProfile,
                                   primaryEndpoint, margin, testFamily, alpha, bootstrapSamples)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StudyProtocol, id, title, createdUtc, appVersion, design, analysis, organTable,
                                   organTableHash, organs, cases, readers, arms, ratings, guidelines, ethicsId,
                                   simulated, starts, planted, order)

namespace {

template <typename Item>
const Item* findBy(const std::vector<Item>& items, std::string Item::*member, const std::string& value) {
  const auto found = std::ranges::find(items, value, member);
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const StudyCase* StudyProtocol::findCase(const std::string& caseId) const {
  return findBy(cases, &StudyCase::id, caseId);
}
const StudyReader* StudyProtocol::findReader(const std::string& readerId) const {
  return findBy(readers, &StudyReader::id, readerId);
}
const StudyArm* StudyProtocol::findArm(const std::string& armId) const { return findBy(arms, &StudyArm::id, armId); }
const StudyTask* StudyProtocol::findTask(const std::string& taskId) const {
  return findBy(order, &StudyTask::id, taskId);
}
const StudyStart* StudyProtocol::findStart(const std::string& caseId, const std::string& arm) const {
  const auto found =
      std::ranges::find_if(starts, [&](const StudyStart& one) { return one.caseId == caseId && one.arm == arm; });
  return found == starts.end() ? nullptr : &*found;
}

std::string toJson(const StudyProtocol& protocol) {
  Json json = protocol;
  json["format"] = "recontour-study";
  json["version"] = kStudyVersion;
  return json.dump(1) + "\n";
}

StudyProtocol studyProtocolFrom(const std::string& text, const std::filesystem::path& source) {
  const Json json = parseJson(text, source);
  requireFormat(json, "study", kStudyVersion, source);
  try {
    return json.get<StudyProtocol>();
  } catch (const Json::exception& error) {
    throw Error(source, std::string("is no complete study: ") + error.what(), "restore it from a backup");
  }
}

std::string protocolHash(const StudyProtocol& protocol) { return sha256Hex(Json(protocol).dump()); }

}  // namespace recontour
