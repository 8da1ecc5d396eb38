#pragma once
#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace recontour {

/// A figure with what it is above and what belongs to it below.
class StudyTile final : public QFrame {
  Q_OBJECT
 public:
  explicit StudyTile(const QString& caption, QWidget* parent = nullptr);
  void show(const QString& figure, const QString& note, const QString& toolTip = {});
  using QFrame::show;
  QString figure() const;
  QString note() const;
  void setFailed(bool failed);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void showNote();
  QString noteText_;
  QLabel *figure_ = nullptr, *note_ = nullptr;
};

/// A framed panel with a heading; what it holds goes into the layout.
QFrame* studyCard(const QString& heading, QVBoxLayout*& layout, QWidget* parent);

}  // namespace recontour
