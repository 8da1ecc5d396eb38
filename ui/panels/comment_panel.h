#pragma once
#include <vector>

#include "core/image/organ_table.h"
#include "core/session/case_check.h"
#include "ui/panels/section.h"

class QLabel;

namespace recontour {

/// What readers told each other of a case: comments, each a link to its place, and whether it was approved.
class CommentPanel : public Section {
  Q_OBJECT
 public:
  explicit CommentPanel(QWidget* parent = nullptr);
  void setOrgans(const OrganTable& organs) { organs_ = organs; }
  /// Without anything to show the panel is hidden.
  void show(const std::vector<CaseComment>& comments, const std::optional<CaseCheck>& check);
  QLabel& text() { return *text_; }

 Q_SIGNALS:
  void placeChosen(int organ, recontour::Plane plane, int slice);

 private:
  OrganTable organs_;
  std::vector<CaseComment> comments_;
  QLabel* text_ = nullptr;
};

}  // namespace recontour
