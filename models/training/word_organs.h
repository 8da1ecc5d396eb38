#pragma once
#include <array>
#include <string_view>

#include "core/image/label_map.h"

namespace recontour::word {

/// Numbers of WORD's organs (resources/organs/word.json), which the synthesis knows by their anatomy.
inline constexpr Label kLiver = 1, kSpleen = 2, kKidneyLeft = 3, kKidneyRight = 4, kStomach = 5, kGallbladder = 6,
                       kEsophagus = 7, kPancreas = 8, kDuodenum = 9, kColon = 10, kIntestine = 11, kAdrenal = 12,
                       kRectum = 13, kBladder = 14, kFemurLeft = 15, kFemurRight = 16;
inline constexpr Label kLast = 16;

/// Keys by label (resources/organs/word.json).
inline constexpr std::array<std::string_view, kLast + 1> kKeys = {"background",
                                                                  "liver",
                                                                  "spleen",
                                                                  "kidney_left",
                                                                  "kidney_right",
                                                                  "stomach",
                                                                  "gallbladder",
                                                                  "esophagus",
                                                                  "pancreas",
                                                                  "duodenum",
                                                                  "colon",
                                                                  "intestine",
                                                                  "adrenal",
                                                                  "rectum",
                                                                  "bladder",
                                                                  "head_of_femur_left",
                                                                  "head_of_femur_right"};

constexpr bool isFemur(Label label) { return label == kFemurLeft || label == kFemurRight; }
constexpr bool isKidney(Label label) { return label == kKidneyLeft || label == kKidneyRight; }

}  // namespace recontour::word
