#pragma once
#include <string_view>
#include <vector>

namespace recontour {

/// A word of TorchScript code as PyTorch prints it into an archive.
struct ScriptToken {
  enum class Kind { Name, Number, Text, Symbol, End };
  Kind kind = Kind::End;
  std::string_view text;  ///< of Text without its quotes
  int line = 1;
  int column = -1;  ///< spaces before it where it begins a statement, else -1

  bool is(std::string_view symbol) const { return kind == Kind::Symbol && text == symbol; }
  bool isWord(std::string_view word) const { return kind == Kind::Name && text == word; }
};

/// Splits code into words; the last is End. What PyTorch never prints is refused rather than understood: comments,
/// other quotes than ", decorators, binary operators (it prints torch.add and the like), deep nesting.
/// @throws Error with the line and the cause
std::vector<ScriptToken> scriptTokens(std::string_view code);

}  // namespace recontour
