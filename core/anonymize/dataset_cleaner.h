#pragma once
// Private to core/anonymize.
#include <string>

#include "core/anonymize/attribute_rules.h"
#include "core/anonymize/pseudonyms.h"

class DcmElement;
class DcmItem;

namespace recontour {

/// What was done, in attributes.
struct CleaningCounts {
  long removed = 0;
  long replaced = 0;    ///< emptied, a dummy or pseudonym put, UIDs mapped, dates shifted
  long structures = 0;  ///< of these: names of structures that became "ROI_3" or "Segment_3"
};

/// Whose data they are.
struct Person {
  std::string pseudonym;
  int daysBack = 0;
};

/// Treats the attributes of a data set by the rules, to any depth.
class DatasetCleaner {
 public:
  DatasetCleaner(const AttributeRules& rules, const Pseudonyms& pseudonyms, Person person)
      : rules_(rules), pseudonyms_(pseudonyms), person_(std::move(person)) {}

  CleaningCounts clean(DcmItem& dataset);

 private:
  void cleanItem(DcmItem& item, bool isNested);
  void hideLocalCode(DcmItem& item);
  void apply(DcmItem& item, DcmElement& element, Treatment treatment);
  void walk(DcmElement& sequence);
  void remove(DcmItem& item, DcmElement& element);
  void empty(DcmElement& element);
  void putDummy(DcmItem& item, DcmElement& element);
  void putDummySequence(DcmElement& element);
  void mapUids(DcmElement& element, Treatment treatment);
  void nameByNumber(DcmItem& item, DcmElement& element);
  void put(DcmItem& item, DcmElement& element, const std::string& text);

  const AttributeRules& rules_;
  const Pseudonyms& pseudonyms_;
  Person person_;
  CleaningCounts counts_;
};

}  // namespace recontour
