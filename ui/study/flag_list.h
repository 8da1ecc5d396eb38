#pragma once
#include <QListWidget>
#include <vector>

#include "ui/study/study_overview.h"

namespace recontour {

/// What a coordinator should look at: a line that says where, below it what. A click on one of a reading chooses it.
class FlagList final : public QListWidget {
  Q_OBJECT
 public:
  explicit FlagList(QWidget* parent = nullptr);
  void show(const std::vector<ShownFlag>& flags);
  using QListWidget::show;

 Q_SIGNALS:
  void readingChosen(const QString& task);
};

}  // namespace recontour
