#include "core/study/dsc_over_time.h"

#include <array>

#include "core/base/error.h"
#include "core/session/edit_times.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"

namespace recontour {
namespace {

/// Voxels of each label in both maps and in the drawn one, kept up to date box by box.
class Overlaps {
 public:
  explicit Overlaps(const LabelMap& truth) : truth_(truth), ofTruth_(labelCounts(truth)) {}

  /// @return labels whose counts changed; others may lie in the box too
  LabelSet change(const LabelLayers& before, const LabelLayers& after, const Box& box) {
    const auto drawn = drawn_, both = both_;
    for (const Label layer : after.numbers()) {
      count(before.layer(layer), box, -1);
      count(after.layer(layer), box, +1);
    }
    LabelSet changed;
    for (std::size_t label = 1; label < drawn.size(); ++label)
      changed[label] = drawn[label] != drawn_[label] || both[label] != both_[label];
    return changed;
  }
  bool inTruth(Label label) const { return ofTruth_[label] > 0; }
  double dsc(Label label) const {
    return 2.0 * static_cast<double>(both_[label]) / static_cast<double>(drawn_[label] + ofTruth_[label]);
  }

 private:
  void count(const LabelMap& map, const Box& box, int by) {
    map.forEachBrickIn(box, [&](const LabelMap::Brick&, const Box& part) {
      const DenseBox drawn = map.copy(part), truth = truth_.copy(part);
      for (std::size_t i = 0; i < drawn.labels.size(); ++i) {
        const Label label = drawn.labels[i];
        if (label == 0) continue;
        drawn_[label] += by;
        if (truth.labels[i] == label) both_[label] += by;
      }
    });
  }
  const LabelMap& truth_;
  std::array<std::int64_t, 256> ofTruth_, drawn_{}, both_{};
};

double activeUntil(const std::vector<Event>& events, std::size_t event, double idleLimitS) {
  const auto timed = timedEvents(std::span(events).first(event + 1));
  return computeTimes(timed, idleLimitS, Attribution::Selected, events[event].timeMs).total.activeS();
}

bool changesLabels(const Event& event) {
  return event.type == "start" || event.type == "edit" || event.type == "undo" || event.type == "redo";
}

}  // namespace

std::map<Label, std::vector<DscMoment>> dscOverTime(const std::filesystem::path& sessionFolder, const LabelMap& truth,
                                                    const StudyAnalysis& analysis) {
  const auto content = readSessionLog(sessionLogPath(sessionFolder));
  std::map<Label, std::vector<DscMoment>> course;
  Overlaps overlaps(truth);
  ReplayedSession session;
  for (std::size_t i = 0; i < content.events.size(); ++i) {
    const LabelLayers before = session.labels;
    const Box box = applyEvent(session, content.events[i]);
    if (!changesLabels(content.events[i]) || box.empty()) continue;
    if (session.labels.size().x != truth.size().x) throw Error(sessionFolder, "is on another grid than the reference");
    const double activeS = activeUntil(content.events, i, analysis.primaryIdleLimitS);
    const LabelSet changed = overlaps.change(before, session.labels, box);
    for (int label = 1; label < 256; ++label)
      if (changed[static_cast<std::size_t>(label)] && overlaps.inTruth(static_cast<Label>(label)))
        course[static_cast<Label>(label)].push_back({activeS, overlaps.dsc(static_cast<Label>(label))});
  }
  return course;
}

}  // namespace recontour
