#pragma once
#include <array>
#include <optional>
#include <span>

#include "core/image/label_map.h"

namespace recontour {

/// A mean of DSC over cases; its SD where one was printed.
struct PrintedDsc {
  double mean = 0;
  std::optional<double> sd = std::nullopt;
};

/// One organ of WORD's user study: column 0 is the model (nnU-Net v2, 3D), 1..3 are the oncologists.
struct Figure3Organ {
  Label label = 0;  ///< of the table "word"
  std::array<PrintedDsc, 4> columns{};

  double mean(int column) const { return columns[static_cast<std::size_t>(column)].mean; }
  double sd(int column) const;  ///< the model's where none was printed
  /// The reader's bar is the model's to three digits: the organ was left as it was.
  bool untouched(int column) const;
};

/// The 16 organs in the order of their labels. DSC of 20 cases, mean +- SD over cases.
/// Source: X. Luo et al., Med Image Anal 82, 2022, 102642, Fig. 3, digitised from the picture in HiLab-git/WORD
/// (figures/user.png) to +-.001; its whiskers are taken as SD over the cases.
std::span<const Figure3Organ> figure3Targets();

}  // namespace recontour
