#pragma once
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "models/engine/script_tokens.h"

namespace recontour {

/// The code files of a TorchScript archive, read as text: what they declare, and whether they use anything off the
/// operator list.
class ScriptCode {
 public:
  /// Reads a file; its text need not outlive the call.
  /// @param path  below the archive's root, "code/__torch__/net.py"
  /// @throws Error with the cause alone, as all functions here do, naming the file
  void add(const std::string& path, std::string text);
  /// To be called when all files were added: names may lead from one into another.
  void check() const;
  /// Does a file declare this class or function? @param name  qualified, "__torch__.net.Net"
  bool declares(std::string_view name) const { return declared_.contains(name); }

 private:
  struct File {
    std::string path, text;
    std::vector<ScriptToken> tokens;     ///< they look at `text`
    std::set<std::string_view> aliases;  ///< names that stand for a function: `_0 = __torch__.torch.nn.functional.relu`
  };
  class Checker;
  void declare(File& file, const std::string& module);
  std::vector<std::unique_ptr<File>> files_;
  std::set<std::string, std::less<>> declared_, attributes_, methods_;
};

}  // namespace recontour
