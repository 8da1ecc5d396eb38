#pragma once
#include <QFrame>
#include <QString>
#include <vector>

class QHBoxLayout;
class QPushButton;

namespace recontour {

/// Asks once which model draws the first contours of each case: a bar that stands in nobody's way until it is answered.
class ModelQuestion : public QFrame {
  Q_OBJECT
 public:
  struct Answer {
    QString text, folder;
    QString toolTip;
  };
  explicit ModelQuestion(const std::vector<Answer>& models, QWidget* parent = nullptr);
  /// Models in their order, then another folder, then none.
  const std::vector<QPushButton*>& buttons() const { return buttons_; }

 Q_SIGNALS:
  void answered(const QString& folder);  ///< empty: no model
  void folderWanted();                   ///< a model in another folder

 private:
  QPushButton* addButton(const QString& text, const QString& toolTip);
  QHBoxLayout* line_ = nullptr;
  std::vector<QPushButton*> buttons_;
};

}  // namespace recontour
