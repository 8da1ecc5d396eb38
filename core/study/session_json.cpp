#include "core/study/session_json.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(StudyFlag, kind, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(StudySession, chainHead, logHead, labelsHash, startHash, activeS, wallS,
                                                activeAtS, ratingS, organsEdited, strokes, undos, interrupted,
                                                organActiveS, ratings, flags, environment, appVersion, excludedReason)

std::string toJson(const StudySession& session) {
  return Json(session).dump(-1, ' ', false, Json::error_handler_t::replace);  // a reason may hold any bytes
}

void readJson(const std::string& text, StudySession& session) {
  if (text.empty()) return;
  try {
    const StudyTask task = session.task;
    const auto state = session.state;
    const auto accepted = session.acceptedWallMs;
    session = Json::parse(text).get<StudySession>();
    session.task = task;
    session.state = state;
    session.acceptedWallMs = accepted;
  } catch (const Json::exception& error) {
    throw Error(std::string("a reading in the study's store is damaged: ") + error.what());
  }
}

}  // namespace recontour
