#pragma once
#include <QCoreApplication>
#include <array>
#include <optional>

#include "core/edit/operation.h"

namespace recontour {

/// An operation as the menu offers it.
struct OperationChoice {
  /// What is asked for before it is done.
  struct Amount {
    const char* name;
    const char* unit;
    double usual, least, largest, step;
    int decimals;
  };
  const char* command;  ///< of its action
  const char* text;
  const char* keys;  ///< "" for none
  OperationKind kind;
  int step = 1;
  std::optional<Amount> amount = {};
  bool needsOther = false;
  bool startsGroup = false;
};

// QT_TR_NOOP marks the texts for translation.
inline constexpr std::array<OperationChoice, 24> kOperationChoices = {{
    {"fillBetween", QT_TR_NOOP("Fill between slices"), "Ctrl+B", OperationKind::FillBetweenSlices},
    {"fillHoles", QT_TR_NOOP("Fill holes"), "", OperationKind::FillHoles},
    {"margin", QT_TR_NOOP("Grow or shrink..."), "", OperationKind::Margin, 1,
     OperationChoice::Amount{QT_TR_NOOP("Margin"), " mm", 2, -50, 50, 0.5, 1}},
    {"smoothOrgan", QT_TR_NOOP("Smooth..."), "", OperationKind::Smooth, 1,
     OperationChoice::Amount{QT_TR_NOOP("Standard deviation"), " mm", 1.5, 0.1, 20, 0.5, 1}},
    {"smoothMedian", QT_TR_NOOP("Smooth by median..."), "", OperationKind::Median, 1,
     OperationChoice::Amount{QT_TR_NOOP("Radius"), " mm", 3, 0.5, 20, 0.5, 1}},
    {"smoothAll", QT_TR_NOOP("Smooth all organs together..."), "", OperationKind::SmoothAll, 1,
     OperationChoice::Amount{QT_TR_NOOP("Standard deviation"), " mm", 1.5, 0.1, 20, 0.5, 1}},
    {"keepLargest", QT_TR_NOOP("Keep the largest part"), "", OperationKind::KeepLargest, 1, {}, false, true},
    {"keepParts", QT_TR_NOOP("Keep the largest parts..."), "", OperationKind::KeepLargest, 1,
     OperationChoice::Amount{QT_TR_NOOP("Parts"), "", 2, 1, 100, 1, 0}},
    {"dropSmall", QT_TR_NOOP("Drop small islands..."), "", OperationKind::DropSmall, 1,
     OperationChoice::Amount{QT_TR_NOOP("Smaller than"), " mL", 0.5, 0.01, 1000, 0.5, 2}},
    {"takePiece", QT_TR_NOOP("The piece under the pointer becomes this organ"), "Ctrl+P", OperationKind::TakePiece},
    {"takeSlicePiece", QT_TR_NOOP("The piece on this slice becomes this organ"), "Ctrl+Shift+P",
     OperationKind::TakeSlicePiece},
    {"mergeOrgan", QT_TR_NOOP("Another organ becomes this one..."), "", OperationKind::Merge, 1, {}, true},
    {"swapOrgans", QT_TR_NOOP("Swap with another organ..."), "", OperationKind::Swap, 1, {}, true},
    {"keepAway", QT_TR_NOOP("Keep away from another organ..."), "", OperationKind::KeepAway, 1,
     OperationChoice::Amount{QT_TR_NOOP("By"), " mm", 2, 0, 50, 0.5, 1}, true},
    {"keepNear", QT_TR_NOOP("Keep near another organ..."), "", OperationKind::KeepNear, 1,
     OperationChoice::Amount{QT_TR_NOOP("Within"), " mm", 10, 0, 200, 1, 1}, true},
    {"copyUp", QT_TR_NOOP("Copy contour to the next slice"), "Ctrl+PgUp", OperationKind::CopySlice, 1, {}, false, true},
    {"copyDown", QT_TR_NOOP("Copy contour to the previous slice"), "Ctrl+PgDown", OperationKind::CopySlice, -1},
    {"clearSlice", QT_TR_NOOP("Clear on this slice"), "", OperationKind::ClearSlice},
    {"clearUp", QT_TR_NOOP("Clear this slice and those after it"), "", OperationKind::ClearFrom, 1},
    {"clearDown", QT_TR_NOOP("Clear this slice and those before it"), "", OperationKind::ClearFrom, -1},
    {"revertSlice",
     QT_TR_NOOP("Initial contour again on this slice"),
     "",
     OperationKind::RevertSlice,
     1,
     {},
     false,
     true},
    {"revertSlices", QT_TR_NOOP("Initial contour again from this slice to..."), "", OperationKind::RevertSlices, 1,
     OperationChoice::Amount{QT_TR_NOOP("Slice"), "", 1, 1, 10000, 1, 0}},
    {"revertOrgan", QT_TR_NOOP("Initial contour again"), "", OperationKind::RevertOrgan},
    {"cancelOperation", QT_TR_NOOP("Cancel the running operation"), "", OperationKind::FillHoles, 0, {}, false, true},
}};

/// Whether it is about the slice that is seen.
constexpr bool isOfSlice(OperationKind kind) {
  return kind == OperationKind::CopySlice || kind == OperationKind::ClearSlice || kind == OperationKind::ClearFrom ||
         kind == OperationKind::RevertSlice || kind == OperationKind::RevertSlices ||
         kind == OperationKind::TakeSlicePiece;
}

}  // namespace recontour
