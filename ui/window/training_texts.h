#pragma once
#include <QString>
#include <string>

#include "core/training/training_settings.h"

namespace recontour {

QString lossTitle(const std::string& loss);     ///< "Strokes, entropy and intensity (pce+em+ivm)"
QString lossSentence(const std::string& loss);  ///< what it does, in one plain sentence
QString networkSentence(const NetworkChoice& network);
QString selectionTitle(const std::string& selection);
/// "35 s left", "4 min left", "1 h 20 min left"; empty where it is not known (negative).
QString timeLeftText(double seconds);
/// What is being done: "Reading case 1 of 2", "Iteration 120 of 3000".
QString stageText(const QString& stage, int done, int total);

}  // namespace recontour
