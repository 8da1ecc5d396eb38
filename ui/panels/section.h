#pragma once
#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace recontour {

/// A panel of the dock under a heading that opens and closes it by click, Space or Enter.
class Section : public QWidget {
  Q_OBJECT
 public:
  explicit Section(const QString& title, QWidget* parent = nullptr);
  void setTitle(const QString& title);
  void setCollapsed(bool collapsed);
  bool isCollapsed() const { return collapsed_; }

 Q_SIGNALS:
  void collapsedChanged(bool collapsed);  ///< by the reader

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  QWidget* body() const { return body_; }
  QVBoxLayout* bodyLayout() const;  ///< what the panel holds goes in here

 private:
  QToolButton* heading_ = nullptr;
  QWidget* body_ = nullptr;
  bool collapsed_ = false;
};

}  // namespace recontour
