#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace recontour {

/// A case to learn from or, held back, to score with.
struct TrainingSource {
  std::string name, patient;
  bool heldBack = false;
  std::filesystem::path image;                            ///< empty: a label map alone, `dense`
  std::optional<std::filesystem::path> scribbles, dense;  ///< of these only what the run looks at
  std::string imageHash = {};                             ///< that the image must have; empty: any
};

/// The cases of a folder with WORD's layout (imagesTr, scribblesTr, labelsTr), or the accepted readings of a closed
/// study that have what the loss learns from, see acceptedReadings(): patients are the study's, and a reading that is
/// held back is scored by the reference where there is one.
///
/// @param split  JSON {"training": [NAME...], "validation": [NAME...]}; cases of neither are left out. Empty: a fifth
///               of the patients (at least one where there are three) are held back, chosen by `seed`
/// @param dense  the loss learns from dense labels, so cases without are refused; else those without strokes are
/// @throws Error with one clear line: no case, a study that is not closed or was changed, an unknown name in the split,
///         a patient on both sides, a case twice, no case to learn from, a case without what the loss or the selection
///         needs; Cancelled while a study is looked through
std::vector<TrainingSource> trainingCasesIn(const std::filesystem::path& cases,
                                            const std::optional<std::filesystem::path>& split, bool dense,
                                            const std::string& selection, std::uint64_t seed,
                                            const std::stop_token& stop = {});

/// Label maps alone, for settings of the source "labels": those of the folder's labelsTr, else of the folder itself.
/// Split and selection are as above; all that is scored on are dense labels. @throws Error as above
std::vector<TrainingSource> trainingLabelMapsIn(const std::filesystem::path& folder,
                                                const std::optional<std::filesystem::path>& split,
                                                const std::string& selection, std::uint64_t seed);

}  // namespace recontour
