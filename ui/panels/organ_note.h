#pragma once
#include <QString>
#include <QStringList>

#include "ui/panels/organ_model.h"

namespace recontour {

/// What an organ's row says beside its figures.
struct OrganNote {
  enum class Weight { None, Quiet, Slight, Serious };  ///< the last two are warnings
  Weight weight = Weight::None;
  QStringList texts;  ///< the same from long to short, for columns of any width
  bool warns() const { return weight == Weight::Slight || weight == Weight::Serious; }
};
OrganNote organNote(const OrganRow& row);

/// The last column: DSC where the reference is shown, else the active time; empty when there is nothing to say.
QString lastColumnText(const OrganRow& row);
/// "Outside the scan"; empty for none.
QString verdictText(OrganVerdict verdict);
/// What is worth knowing about a row beyond its columns, for tool tips and screen readers.
QString organToolTip(const OrganRow& row);

}  // namespace recontour
