#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/image/organ_table.h"
#include "core/study/study_protocol.h"
#include "ui/panels/section.h"

class QButtonGroup;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace recontour {

/// The questions of a study about a case or its organs. It can be sent once each question has an answer; free text may
/// stay empty.
class RatingForm : public Section {
  Q_OBJECT
 public:
  explicit RatingForm(QWidget* parent = nullptr);
  /// @param organs  keys that are asked for where a question is of each organ
  void ask(const std::vector<StudyRating>& questions, const std::vector<std::string>& organs, const OrganTable& table);
  QPushButton& sendButton() { return *send_; }

 Q_SIGNALS:
  /// @param answers  as StudyForm has them: scores from 1, or text
  void answered(const std::map<std::string, std::string>& answers);

 private:
  struct Field {
    std::string key;
    QButtonGroup* scores = nullptr;
    QComboBox* choice = nullptr;
    QLineEdit* text = nullptr;
  };
  void addScores(const StudyRating& question);
  void addChoices(const StudyRating& question, const std::vector<std::string>& organs, const OrganTable& table);
  void addText(const StudyRating& question);
  bool complete() const;
  std::map<std::string, std::string> answers() const;
  std::vector<Field> fields_;
  QWidget* questions_ = nullptr;
  QPushButton* send_ = nullptr;
};

}  // namespace recontour
