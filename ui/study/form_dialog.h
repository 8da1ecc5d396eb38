#pragma once
#include <QDialog>
#include <QStringList>
#include <map>
#include <vector>

class QLineEdit;
class QPushButton;

namespace recontour {

/// Asks for a few texts; the button goes on once all that is needed is there. Deletes itself when it is closed.
class FormDialog final : public QDialog {
  Q_OBJECT
 public:
  struct Field {
    QString key, label;
    QString text{};         ///< what is there at first
    bool isNeeded = true;   ///< must not be empty
    QStringList choices{};  ///< one of these; else free text
    QString placeholder{};
  };
  FormDialog(const QString& title, const QString& explanation, const std::vector<Field>& fields, const QString& goOn,
             QWidget* parent);
  QString value(const QString& key) const;
  void setValue(const QString& key, const QString& text);
  QPushButton& goOnButton() { return *goOn_; }

 Q_SIGNALS:
  void answered(const std::map<QString, QString>& values);

 private:
  QWidget* editorOf(const Field& field);
  void enable();
  void answer();
  std::vector<Field> fields_;
  std::map<QString, QWidget*> editors_;
  QPushButton* goOn_ = nullptr;
};

}  // namespace recontour
