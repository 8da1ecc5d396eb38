#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_layers.h"
#include "core/image/organ_table.h"
#include "core/session/session_log_reader.h"
#include "core/strokes/scribble_stroke.h"
#include "core/study/study_results.h"

namespace recontour {

struct ReplayedSession;

/// A reading as its log tells it.
struct SessionFacts {
  std::vector<Sha256Digest> hashes;  ///< of each event
  std::string imageHash, taskId, freezeHash, startSha256;
  std::vector<std::string> startFiles;   ///< SHA-256 of the file behind each start event
  std::vector<std::string> startLabels;  ///< labelMapHash() of what these events hold, but for those that were replaced
  std::vector<std::uint64_t> shown;      ///< see eventsThatShowContours()
  LabelLayers before, after;
  std::vector<ScribbleStroke> strokes;  ///< for training
  Geometry geometry;
  bool accepted = false;  ///< the last thing that was done
  std::uint64_t acceptSequence = 0;
  std::int64_t acceptedWallMs = 0;
  std::string acceptHash;      ///< of the accept event
  std::string revisionSha256;  ///< of the file that was accepted last
  StudySession session;        ///< times, counts, flags, ratings; task and state are the caller's
  std::vector<StudyRow> rows;  ///< one an organ and "review": times, states and counts, without metrics
};

/// Replays a session folder. @param protocol  its organs, idle limits. @throws Error naming the log where it is damaged
SessionFacts readFacts(const std::filesystem::path& sessionFolder, const StudyProtocol& protocol,
                       const OrganTable& organs);

}  // namespace recontour
