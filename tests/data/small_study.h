#pragma once
#include <string>

#include "core/study/study_results.h"

namespace recontour {

/// Results of a study that a test puts together row by row. Readers, cases, organs and arms appear as they are used.
class SmallStudy {
 public:
  StudyResults results;

  SmallStudy() {
    results.protocol.id = "small";
    results.protocol.analysis.bootstrapSamples = 500;
  }

  /// A reading of an organ: DSC of the start and of what the reader left, 10 s active, edited if they differ.
  StudyRow& add(const std::string& reader, const std::string& caseId, const std::string& organ, double before,
                double after, const std::string& arm = "A") {
    know(reader, caseId, organ, arm);
    StudyRow row;
    row.study = "small";
    row.reader = reader;
    row.caseId = caseId;
    row.organ = organ;
    row.arm = arm;
    row.activeS = {10, 10, 10, 10};
    row.before = metrics(before);
    row.after = metrics(after);
    row.edited = before != after;
    row.seen = true;
    results.rows.push_back(row);
    return results.rows.back();
  }

  static StudyMetrics metrics(double dsc, const std::string& empty = "none") {
    StudyMetrics made;
    made.dsc = dsc;
    made.empty = empty;
    return made;
  }

  StudySession& session(const std::string& reader, const std::string& caseId, StudySession::State state) {
    StudySession made;
    made.task.reader = reader;
    made.task.caseId = caseId;
    made.task.arm = "A";
    made.state = state;
    results.sessions.push_back(made);
    return results.sessions.back();
  }

 private:
  template <typename Item>
  static void knowId(std::vector<Item>& items, const std::string& id) {
    for (const Item& item : items) {
      if (item.id == id) return;
    }
    items.emplace_back().id = id;
  }
  void know(const std::string& reader, const std::string& caseId, const std::string& organ, const std::string& arm) {
    knowId(results.protocol.readers, reader);
    knowId(results.protocol.cases, caseId);
    knowId(results.protocol.arms, arm);
    auto& organs = results.protocol.organs;
    for (const std::string& known : organs) {
      if (known == organ) return;
    }
    if (organ != "review") organs.push_back(organ);
  }
};

}  // namespace recontour
