#include "ui/report/study_texts.h"

#include <QDateTime>
#include <QTimeZone>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/image/organ_table.h"

namespace recontour {
namespace {

constexpr std::size_t kMostReaders = 8;  // with a bar each
const QString kDash = QStringLiteral("\u2013"), kMinus = QStringLiteral("\u2212");

/// A study may have a table of its own that is not on this machine; keys then stand for names.
std::map<std::string, QString> organNames(const std::string& table) {
  std::map<std::string, QString> names;
  try {
    const OrganTable organs = OrganTable::named(table);
    for (const Organ& organ : organs.organs()) names[organ.key] = text(organ.name);
  } catch (const Error&) {
  }
  names[kAllOrgans] = QStringLiteral("All organs");
  names["review"] = QStringLiteral("No organ");
  names[kWholeCase] = QStringLiteral("Whole case");
  return names;
}

template <typename Items, typename Of>
std::vector<std::string> inOrder(const Items& items, Of of) {
  std::vector<std::string> names;
  for (const auto& item : items) {
    const std::string& name = of(item);
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

}  // namespace

StudyContext::StudyContext(const StudyResults& study, const StudyFindings& found)
    : results(study), findings(found), organNames_(organNames(study.protocol.organTable)) {}

QString StudyContext::mark() const {
  return results.protocol.simulated ? QStringLiteral("SIMULATED READERS") : QString();
}

QString StudyContext::organ(const std::string& key) const {
  const auto found = organNames_.find(key);
  return found == organNames_.end() ? text(key) : found->second;
}

QString StudyContext::arm(const std::string& id) const {
  const StudyArm* found = results.protocol.findArm(id);
  return found == nullptr || found->name.empty() ? text(id)
                                                 : QStringLiteral("%1 (%2)").arg(text(id), text(found->name));
}

QString StudyContext::reader(const std::string& id) const {
  if (!id.empty()) return text(id);
  return QStringLiteral("mean of %1 readers").arg(results.protocol.readers.size());
}

QString StudyContext::start(const std::string& arm) const {
  const StudyArm* found = results.protocol.findArm(arm);
  return found == nullptr || found->model.empty() ? QStringLiteral("start") : text(found->model);
}

std::size_t StudyContext::place(const std::string& reader) const {
  const auto& readers = results.protocol.readers;
  return static_cast<std::size_t>(std::ranges::find(readers, reader, &StudyReader::id) - readers.begin());
}

std::vector<std::string> StudyContext::arms() const {
  return inOrder(findings.organs, [](const OrganOutcome& each) { return each.arm; });
}

std::vector<std::string> StudyContext::readersOf(const std::string& arm) const {
  return inOrder(findings.organs,
                 [&](const OrganOutcome& each) { return each.arm == arm ? each.reader : std::string(); });
}

std::vector<std::string> StudyContext::organs() const {
  return inOrder(findings.organs,
                 [](const OrganOutcome& each) { return each.organ == kAllOrgans ? std::string() : each.organ; });
}

bool StudyContext::manyReaders(const std::string& arm) const { return readersOf(arm).size() > kMostReaders; }

QString decimalText(std::optional<double> value, int decimals) {
  if (!value) return kDash;
  return QString::number(*value, 'f', decimals).replace(QLatin1Char('-'), kMinus);
}

QString signedText(std::optional<double> value, int decimals) {
  if (!value) return kDash;
  const QString number = decimalText(std::abs(*value), decimals);
  const bool isZero = number.toDouble() == 0;
  return isZero ? number : (*value < 0 ? kMinus : QStringLiteral("+")) + number;
}

QString meanSdText(const std::optional<Description>& values, int decimals) {
  if (!values) return kDash;
  const QString mean = decimalText(values->mean, decimals);
  return values->sd ? QStringLiteral("%1\u00a0\u00b1\u00a0%2").arg(mean, decimalText(values->sd, decimals)) : mean;
}

QString medianText(const std::optional<Description>& values, int decimals) {
  if (!values) return kDash;
  return QStringLiteral("%1 (%2\u00a0to\u00a0%3)")
      .arg(decimalText(values->median, decimals), decimalText(values->lowerQuartile, decimals),
           decimalText(values->upperQuartile, decimals));
}

QString intervalText(const std::optional<Interval>& interval, int decimals, bool withSigns) {
  if (!interval) return kDash;
  const auto number = [&](double value) {
    return withSigns ? signedText(value, decimals) : decimalText(value, decimals);
  };
  return QStringLiteral("%1\u00a0to\u00a0%2").arg(number(interval->lower), number(interval->upper));
}

QString meanChangeText(const PairedTest& test, int decimals) {
  if (!test.mean || test.mean->bcaProblem == BcaProblem::NoSpread) return kDash;
  return intervalText(test.mean->interval(), decimals, true);
}

QString pText(std::optional<double> p) { return p && *p < 0.001 ? QStringLiteral("<\u00a00.001") : decimalText(p, 3); }

QString partText(int count, int of, const std::optional<Interval>& interval) {
  QString part = QStringLiteral("%1\u00a0of\u00a0%2").arg(count).arg(of);
  if (!interval) return part;
  return QStringLiteral("%1 (%2\u00a0to\u00a0%3\u00a0%)")
      .arg(part, decimalText(100 * interval->lower, 0), decimalText(100 * interval->upper, 0));
}

QString dateText(std::int64_t wallMs) {
  return QDateTime::fromMSecsSinceEpoch(wallMs, QTimeZone::utc()).toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

QString dayText(std::int64_t wallMs) {
  return QDateTime::fromMSecsSinceEpoch(wallMs, QTimeZone::utc()).toString(QStringLiteral("yyyy-MM-dd"));
}

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

QString reportProgram() { return QStringLiteral("Recontour " RECONTOUR_VERSION); }

}  // namespace recontour
