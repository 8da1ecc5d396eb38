#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/edit/correction_inputs.h"
#include "core/edit/stroke_inputs.h"
#include "core/image/label_map.h"
#include "core/metrics/organ_checks.h"
#include "core/session/organ_review.h"

namespace recontour {

enum class CaseState { None, Opening, Open, Failed };
enum class MessageKind { Information, Warning, Failure };

/// An organ that the model's card gives less than this expected DSC is called not reliable.
inline constexpr double kReliableDsc = 0.5;

struct BrushSettings {
  double radiusMm = 6.0;  ///< 0.5..60
  bool ball = false;
  bool pressureSize = false;  ///< a pen's pressure sets the size
  StrokeKind kind = StrokeKind::Brush;
  HuRange hu{-50, 150};  ///< of threshold brush and flood fill; soft tissue
  EditRules rules{.overwrite = EditRules::Overwrite::Background};
  LassoAction lasso = LassoAction::Fill;  ///< of lasso and polygon
  bool corrects = false;                  ///< strokes say what lies where, see CorrectionInputs
  CorrectionMethod correction = CorrectionMethod::Growth;
  double reachMm = 20;  ///< of a correction
};

/// What the organ list shows of one organ.
struct OrganStatus {
  Label organ = 0;
  double volumeMl = 0;
  double volumeBeforeMl = 0;                        ///< of the start
  std::int64_t voxelsAdded = 0, voxelsRemoved = 0;  ///< against the start
  double pathAddedMm = 0;                           ///< contour that was drawn, slice by slice: added path length
  std::optional<double> surfaceShiftMm;             ///< mean distance between start and now, ASSD
  double activeSeconds = 0;                         ///< while it was the selected organ, idle limit 30 s
  int scribbles = 0;                                ///< strokes of the scribble layer that say that it lies there
  int edits = 0;                                    ///< strokes that changed it and were not undone
  bool edited = false;
  bool seen = false;                   ///< looked at whole since its contour came
  OrganStatement statement;            ///< what the reader says of it
  Box box;                             ///< of its voxels; empty without a contour. Follows edits in the background
  std::optional<double> dscBefore;     ///< start map against the reference; only with a reference
  std::optional<double> dscAfter;      ///< labels now against the reference
  std::vector<OrganConcern> concerns;  ///< what a reader should look at; follows edits in the background
  bool wanted = true;   ///< false for what the structure set under revision does not have, as long as nobody draws it
  bool inModel = true;  ///< false for what the model that gave the contours was not made for
  std::optional<double> expectedDsc;  ///< what the model's card promises; empty when unknown
};

struct PredictionStatus {
  enum class State { None, Running, Done, Failed, Cancelled };
  State state = State::None;
  std::string modelName;
  std::string stage;  ///< while running: load, preprocess, network, resample
  int tilesDone = 0, tilesTotal = 0;
  double secondsLeft = -1;  ///< negative when unknown
  std::string device;       ///< once it is known
  std::string fallback;     ///< why not the device that was asked for
  double secondsTotal = 0;  ///< when done
  bool kept = false;        ///< the labels are those of an earlier run
  bool sandboxed = true;    ///< when done: the model could not reach the user's files
  std::string error;        ///< when failed
};

/// Where the contours came from.
struct ContourOrigin {
  std::string name;        ///< file or model
  bool demoModel = false;  ///< the model is there to be corrected
};

/// A case of a study, as its package has it (core/study).
struct StudyTaskFiles {
  std::filesystem::path image, sessionFolder;
  std::string imageHash;
  std::optional<std::filesystem::path> start;  ///< none: it is drawn from nothing
  std::string startSha256;
  std::string facts;         ///< JSON text for Session::noteStudy()
  bool wantsReasons = true;  ///< no organ is accepted without either contour or reason
};

struct SaveStatus {
  enum class State { Nothing, Saving, Saved, Failed };
  State state = State::Nothing;
  std::string error;  ///< when failed; editing goes on
  std::optional<std::filesystem::path> elsewhere =
      {};  ///< when failed: the file on another disk that has what is not saved
};

}  // namespace recontour
