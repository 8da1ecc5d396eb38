#include <gtest/gtest.h>
#include <torch/csrc/jit/runtime/operator.h>

#include "models/engine/operator_list.h"

namespace recontour {
namespace {

/// A misspelt name would allow nothing, and a name that LibTorch drops can go.
TEST(OperatorList, HasNamesThatLibTorchKnows) {
  const auto known = [](const std::string& name) {
    return !torch::jit::getAllOperatorsFor(c10::Symbol::fromQualString(name)).empty();
  };
  for (const std::string_view name : tensorOperators()) EXPECT_TRUE(known("aten::" + std::string(name))) << name;
  EXPECT_TRUE(known("aten::from_file"));  // what this list is there to keep out does exist
  EXPECT_TRUE(known("aten::save"));
  EXPECT_FALSE(known("aten::from_nowhere"));
}

}  // namespace
}  // namespace recontour
