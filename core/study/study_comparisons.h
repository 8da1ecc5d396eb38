#pragma once
#include <array>
#include <optional>
#include <string>

#include "core/statistics/crossover.h"
#include "core/statistics/equivalence.h"
#include "core/statistics/intraclass.h"
#include "core/statistics/time_ratio.h"
#include "core/study/study_outcomes.h"

namespace recontour {

/// Active seconds at the protocol's four idle limits over the readings that were not interrupted.
struct TimeOutcome {
  std::string arm, reader, organ;  ///< key, "review" or kWholeCase
  std::array<std::optional<Description>, 4> activeS;
};

/// What was done to an organ in the readings that count.
struct WorkOutcome {
  std::string arm, reader, organ;
  int readings = 0, edited = 0, unseen = 0;  ///< unseen: not looked through
  std::optional<Description> voxelsChanged;  ///< added and removed, over edited readings
  std::optional<Description> drawnMm;        ///< added path from the start, over edited readings
  int strokes = 0, undos = 0;
};

/// The first arm against the second, paired by case and reader.
struct ArmComparison {
  std::string arm, other, organ;           ///< kAllOrgans for whole readings
  int pairs = 0;                           ///< with DSC
  PairedTest dsc;                          ///< DSC after, first arm - second
  int timedPairs = 0;                      ///< with time
  std::optional<TimeRatio> time;           ///< first arm / second
  std::optional<Crossover> crossoverDsc;   ///< of a crossover only
  std::optional<Crossover> crossoverTime;  ///< of the logarithm of active time
};

/// The endpoint that was laid down as primary: is the first arm (or the revision) not worse than the second (or the
/// start) by the margin?
struct PrimaryOutcome {
  std::string what;
  std::optional<NonInferiority> nonInferiority;  ///< one-sided at half the protocol's alpha
  std::optional<Equivalence> equivalence;
};

/// Agreement between readers over cases.
struct AgreementOutcome {
  std::string arm, organ;
  bool commonStart = true;
  std::optional<Description> pairwise, generalised, toMajority, toStaple;  ///< a value a case: mean over readers
  std::optional<IccForms> volume;                                          ///< over cases that all readers have
};

/// A reader's second reading against the first one: second - first.
struct RepeatOutcome {
  std::string reader, organ;
  std::optional<Description> dsc, volumeMl;
  std::optional<TimeRatio> time;  ///< second / first
};

/// Planted errors of a reader, or of all.
struct VigilanceOutcome {
  std::string reader;
  int planted = 0, found = 0;
  std::optional<Interval> part;  ///< Wilson
};

}  // namespace recontour
