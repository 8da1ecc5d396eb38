#include "models/engine/script_defaults.h"

#include <limits>
#include <string>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr int kNoFunction = std::numeric_limits<int>::max();

class Defaults {
 public:
  explicit Defaults(std::span<const ScriptToken> code) : code_(code) {}

  void check() {
    for (at_ = 0; at_ < code_.size(); ++at_) {
      if (now().column >= 0) statement();
      if (!inBody_) checkValue();
      follow();
    }
  }

 private:
  const ScriptToken& now() const { return code_[at_]; }
  const ScriptToken& before(std::size_t back) const {
    static const ScriptToken kNone;
    return at_ >= back ? code_[at_ - back] : kNone;
  }

  /// What is further in than the last `def` is its body; all else, however far in, is evaluated.
  void statement() {
    inHeader_ = now().isWord("def");
    if (now().isWord("class")) function_ = kNoFunction;
    inBody_ = !inHeader_ && now().column > function_;
    if (inHeader_) function_ = now().column;
  }
  /// Goes over the brackets of a function's header to the colon that ends it.
  void follow() {
    if (now().is("(") || now().is("[") || now().is("{")) ++depth_;
    if (now().is(")") || now().is("]") || now().is("}")) --depth_;
    if (inHeader_ && depth_ == 0 && now().is(":")) {
      inHeader_ = false;
      inBody_ = true;
    }
  }

  void checkValue() const {
    if (now().is("(") && isCall()) refuse("a call");
    for (const char* word : {"CONSTANTS", "else", "for", "if", "in", "while"}) {
      if (now().isWord(word)) refuse("the word '" + std::string(word) + "'");
    }
  }
  bool isCall() const {
    const ScriptToken& callee = before(1);
    const bool named = callee.kind == ScriptToken::Kind::Name;
    if (named && before(2).column >= 0 && (before(2).isWord("def") || before(2).isWord("class"))) return false;
    if (callee.isWord("annotate")) return before(2).is(".");
    return named || callee.kind == ScriptToken::Kind::Number || callee.kind == ScriptToken::Kind::Text ||
           callee.is(")") || callee.is("]") || callee.is("}");
  }
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error("line " + std::to_string(now().line) + ": " + what + " in what is evaluated while it is loaded");
  }

  std::span<const ScriptToken> code_;
  std::size_t at_ = 0;
  int depth_ = 0, function_ = kNoFunction;  ///< the column of the last `def` of the class or file
  bool inHeader_ = false, inBody_ = false;
};

}  // namespace

void checkDefaults(std::span<const ScriptToken> code) { Defaults(code).check(); }

}  // namespace recontour
