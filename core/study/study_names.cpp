// The fixed lists that protocols choose from, and the presets.
#include <algorithm>

#include "core/base/error.h"
#include "core/study/study_protocol.h"

namespace recontour {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

StudyArm arm(const std::string& id, const std::string& name) {
  StudyArm made;
  made.id = id;
  made.name = name;
  made.tools = studyToolNames();
  return made;
}

StudyArm scratchArm(const std::string& id) {
  StudyArm made = arm(id, "draws from nothing");
  made.fromNothing = true;
  return made;
}

/// Wording of our own after the usual five-point scale.
StudyRating acceptability() {
  StudyRating rating;
  rating.id = "acceptability";
  rating.question = "How good are the contours?";
  rating.answers = {"Unusable", "Major edits needed, redrawing is as fast", "Minor edits needed, faster than redrawing",
                    "Minor edits of style, not needed", "Use as they are"};
  rating.before = true;
  rating.after = false;
  return rating;
}

}  // namespace

const std::vector<std::string>& studyPresetNames() {
  static const std::vector<std::string> kNames = {"word-fig3", "word-fig3-plus", "crossover", "annotate-check"};
  return kNames;
}

const std::vector<std::string>& studyToolNames() {
  static const std::vector<std::string> kNames = {
      "brush", "eraser", "threshold_brush", "lasso",      "flood_fill", "adaptive_brush", "redraw",
      "nudge", "cut",    "correct",         "operations", "scribble",   "measure"};
  return kNames;
}

const std::vector<std::string>& studyCueNames() {
  static const std::vector<std::string> kNames = {"volumes",     "state_dots",   "flags",
                                                  "uncertainty", "slider_marks", "timer"};
  return kNames;
}

StudyProtocol studyPreset(const std::string& preset) {
  if (std::ranges::find(studyPresetNames(), preset) == studyPresetNames().end())
    throw Error(preset, "is no preset of a study", "take one of " + joined(studyPresetNames()));
  StudyProtocol made;
  made.design.preset = preset;
  made.ratings = {acceptability()};
  made.arms = {arm("A", "revises the model's contours")};
  if (preset == "word-fig3-plus") {
    made.arms.push_back(scratchArm("B"));
    made.design.scratchCases = 5;
    made.design.washoutDays = 28;
  } else if (preset == "crossover") {
    made.arms.push_back(scratchArm("B"));
    made.design.washoutDays = 28;
  } else if (preset == "annotate-check") {
    made.arms = {scratchArm("A"), arm("B", "checks what another reader drew")};
    made.arms[1].checks = true;
  }
  return made;
}

}  // namespace recontour
