#pragma once
#include <vector>

#include "core/edit/tool.h"

namespace recontour {

/// A tool that changes nothing before the whole path of the pointer is known.
class PathTool : public Tool {
 public:
  Box press(const PointerSample& at, EditTransaction&) override {
    path_ = {at};
    return {};
  }
  Box drag(const PointerSample& to, EditTransaction&) override {
    path_.push_back(to);
    return {};
  }

 protected:
  std::vector<PointerSample> path_;
};

}  // namespace recontour
