#pragma once
#include <QString>
#include <string>

#include "ui/study/study_overview.h"

namespace recontour {

// What the fixed names of a study are called for people.
QString presetTitle(const std::string& preset);
QString presetText(const std::string& preset);  ///< what it is good for, in plain words
QString toolLabel(const std::string& tool);
QString cueLabel(const std::string& cue);
QString flagLabel(const std::string& kind);
QString stateLabel(StudySession::State state);

/// "R1, case C07: interrupted"
QString flagHead(const ShownFlag& flag);
/// "word-fig3 . frozen 9f2c41d0 . 20 cases . 3 readers . truth sealed until close", with dots between
QString studyLine(const StudySnapshot& snapshot);
/// "2 interrupted, 1 left and right"
QString flagCounts(const StudyOverview& overview);
/// "9 Dec" in this year, else "9 Dec 2027"
QString dayText(std::int64_t wallMs, std::int64_t nowWallMs);
QString shown(const std::string& text);

}  // namespace recontour
