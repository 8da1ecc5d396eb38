#include "core/study/figure3.h"

#include <cmath>

namespace recontour {
namespace {

constexpr double kSameDigits = 0.0005;

constexpr Figure3Organ kOrgans[] = {
    {1, {{{0.965, 0.007}, {0.964, 0.007}, {0.965, 0.006}, {0.964, 0.007}}}},   // liver
    {2, {{{0.959, 0.011}, {0.959, 0.011}, {0.959, 0.011}, {0.959, 0.011}}}},   // spleen
    {3, {{{0.954, 0.011}, {0.954}, {0.954}, {0.955}}}},                        // kidney, left
    {4, {{{0.954, 0.012}, {0.954}, {0.954}, {0.954}}}},                        // kidney, right
    {5, {{{0.916, 0.034}, {0.919, 0.040}, {0.916, 0.034}, {0.924, 0.033}}}},   // stomach
    {6, {{{0.748, 0.233}, {0.847, 0.054}, {0.857, 0.074}, {0.868, 0.050}}}},   // gallbladder
    {7, {{{0.811, 0.051}, {0.811, 0.051}, {0.811, 0.051}, {0.807, 0.052}}}},   // esophagus
    {8, {{{0.825, 0.078}, {0.830, 0.067}, {0.825, 0.078}, {0.825, 0.077}}}},   // pancreas
    {9, {{{0.668, 0.136}, {0.765, 0.106}, {0.788, 0.116}, {0.800, 0.099}}}},   // duodenum
    {10, {{{0.872, 0.097}, {0.871, 0.099}, {0.873, 0.097}, {0.872, 0.097}}}},  // colon
    {11, {{{0.863, 0.124}, {0.862, 0.125}, {0.863, 0.094}, {0.863, 0.124}}}},  // intestine
    {12, {{{0.677, 0.174}, {0.827, 0.093}, {0.837, 0.098}, {0.790, 0.101}}}},  // adrenals
    {13, {{{0.797, 0.113}, {0.821, 0.106}, {0.839, 0.083}, {0.830, 0.104}}}},  // rectum
    {14, {{{0.946, 0.033}, {0.946, 0.033}, {0.946, 0.033}, {0.946, 0.033}}}},  // bladder
    {15, {{{0.913, 0.041}, {0.913}, {0.913}, {0.910}}}},                       // femoral head, left
    {16, {{{0.910, 0.050}, {0.910}, {0.910}, {0.908}}}},                       // femoral head, right
};

}  // namespace

double Figure3Organ::sd(int column) const {
  return columns[static_cast<std::size_t>(column)].sd.value_or(columns[0].sd.value_or(0));
}

bool Figure3Organ::untouched(int column) const {
  return std::abs(mean(column) - mean(0)) < kSameDigits && std::abs(sd(column) - sd(0)) < kSameDigits;
}

std::span<const Figure3Organ> figure3Targets() { return kOrgans; }

}  // namespace recontour
