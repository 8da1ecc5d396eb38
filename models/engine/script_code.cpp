#include "models/engine/script_code.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "models/engine/operator_list.h"
#include "models/engine/script_defaults.h"

namespace recontour {
namespace {

constexpr int kNowhere = std::numeric_limits<int>::max();
constexpr std::string_view kFolder = "code/", kRoot = "__torch__", kEnding = ".py";

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// Words of the language that PyTorch prints; all others are refused where they are words of the language at all.
bool isKeyword(std::string_view word) {
  return isOneOf(word, {"False", "None", "True", "break", "class", "continue", "def", "else", "for", "if", "in", "pass",
                        "return", "while"});
}
bool isForbidden(std::string_view word) {
  return isOneOf(word, {"and",     "as",    "assert", "async",    "await", "awaitable",  "del",         "elif",
                        "except",  "exec",  "eval",   "finally",  "fork",  "from",       "global",      "hasattr",
                        "import",  "is",    "lambda", "nonlocal", "not",   "open",       "or",          "raise",
                        "setattr", "super", "try",    "with",     "yield", "__import__", "__builtins__"});
}
bool isBuiltin(std::string_view word) {
  return isOneOf(word, {"annotate", "bool", "complex", "float", "int", "isinstance", "print", "range", "sorted", "str",
                        "unchecked_cast", "uninitialized"});
}
/// Python would run these when an object is loaded or saved, and so does LibTorch.
bool runsAtLoad(std::string_view method) { return isOneOf(method, {"__getstate__", "__setstate__", "__reduce__"}); }

bool isIdentifier(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::ranges::all_of(name, plain);
}

/// "code/__torch__/torch/nn/functional.py" is the module __torch__.torch.nn.functional. @throws Error
std::string moduleOf(std::string_view path) {
  std::string module(path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size()));
  std::size_t start = 0;
  while (start <= module.size()) {
    const std::size_t slash = std::min(module.find('/', start), module.size());
    if (!isIdentifier(std::string_view(module).substr(start, slash - start))) throw Error("its name is no module's");
    start = slash + 1;
  }
  std::ranges::replace(module, '/', '.');
  if (module != kRoot && !module.starts_with("__torch__.")) throw Error("it lies outside code/__torch__");
  return module;
}

}  // namespace

/// Goes over the words of one file.
class ScriptCode::Checker {
 public:
  Checker(const ScriptCode& code, const File& file) : code_(code), file_(file) {}

  void check() {
    for (; token().kind != ScriptToken::Kind::End; ++at_) {
      if (token().column >= 0) statement();
      if (token().kind != ScriptToken::Kind::Name) continue;
      if (before(1).is(".")) {
        member();
      } else {
        name();
      }
    }
  }

 private:
  const ScriptToken& token(std::size_t ahead = 0) const {
    return file_.tokens[std::min(at_ + ahead, file_.tokens.size() - 1)];
  }
  const ScriptToken& before(std::size_t back) const {
    static const ScriptToken kNone;
    return at_ >= back ? file_.tokens[at_ - back] : kNone;
  }
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error("line " + std::to_string(token().line) + ": " + what);
  }
  void require(bool holds, const std::string& what) const {
    if (!holds) refuse(what);
  }
  /// The dotted name that begins here, at most `parts` long; moves to its last part.
  std::string chain(std::size_t parts) {
    std::string result(token().text);
    for (std::size_t i = 1; i < parts && token(1).is(".") && token(2).kind == ScriptToken::Kind::Name; ++i) {
      at_ += 2;
      result += "." + std::string(token().text);
    }
    return result;
  }

  /// A name that no value stands before.
  void name() {
    const std::string_view word = token().text;
    if (word == "torch") return tensorOperator();
    if (word == "ops") return opsIsVariable() ? void() : namedOperator();
    if (word == kRoot) return declaration();
    if (word == "CONSTANTS") return constant();
    if (word == "getattr") return oddAttribute();
    if (word == "def" || word == "class") {
      opsBlock_ = kNowhere;
      ++at_;  // what it declares was looked at when the file was added
      return;
    }
    require(!isForbidden(word), "the word '" + std::string(word) + "'");
    if (!token(1).is("(") || isKeyword(word) || isBuiltin(word)) return;
    require(file_.aliases.contains(word), "the function '" + std::string(word) + "'");
  }
  /// "ops" is also a name that networks give to their parts: `ops : Sequential` of a class, `ops = self.ops`. To
  /// LibTorch it is a variable from the statement behind the assignment to the end of the block; elsewhere it is all
  /// operators.
  bool opsIsVariable() {
    const bool begins = token().column >= 0;
    if (begins && token(1).is("=")) opsAssigned_ = token().column;
    if (begins && (token(1).is("=") || token(1).is(":"))) return true;
    const bool called = token(1).is(".") && token(3).is(".") && token(5).is("(");  // not as `(ops.part).forward(`
    return opsBlock_ != kNowhere && !called;
  }
  void statement() {
    opsBlock_ = std::min(opsBlock_, std::exchange(opsAssigned_, kNowhere));
    if (token().column < opsBlock_) opsBlock_ = kNowhere;
  }
  void tensorOperator() {
    const std::string operation = chain(2);
    const bool known = operation.size() > 6 && isTensorOperator(token().text) && token(1).is("(");
    require(known, "the operator '" + operation + "' is not on the list of operators that a model may use");
  }
  void namedOperator() {
    const std::string operation = chain(3);
    const bool known = operation.starts_with("ops.prim.") && isPrimitiveOperator(token().text) && token(1).is("(");
    require(known, "the operator '" + operation + "' is not on the list of operators that a model may use");
  }
  void declaration() {
    const std::string full = chain(file_.tokens.size());
    require(!full.starts_with("__torch__.torch.classes"), "the built-in class '" + full + "'");
    require(code_.declares(full), "'" + full + "', which the archive does not have");
  }
  void constant() {
    const std::string full = chain(2);
    const std::string_view number = std::string_view(full).substr(std::min<std::size_t>(full.size(), 11));
    const bool known = full.starts_with("CONSTANTS.c") && !number.empty() && !token(1).is(".") &&
                       number.find_first_not_of("0123456789") == std::string_view::npos;
    require(known, "'" + full + "' is no constant");
  }
  /// `getattr(self, "0")`: PyTorch's way to write self.0. Other names would be a way around this check.
  void oddAttribute() {
    const bool plain = token(1).is("(") && token(2).kind == ScriptToken::Kind::Name && token(3).is(",") &&
                       token(4).kind == ScriptToken::Kind::Text && token(5).is(")");
    require(plain && !isIdentifier(token(4).text), "getattr other than for an attribute whose name is no word");
  }
  /// A name behind a value and a dot.
  void member() {
    const std::string name(token().text);
    const bool known = (token(1).is("(") ? code_.methods_ : code_.attributes_).contains(name);
    require(known, "'." + name + "', which no class of the archive has");
  }

  const ScriptCode& code_;
  const File& file_;
  std::size_t at_ = 0;
  int opsAssigned_ = kNowhere;  ///< the column of this statement, if it assigns "ops"
  int opsBlock_ = kNowhere;     ///< the column of the statements to which "ops" is a variable
};

void ScriptCode::declare(File& file, const std::string& module) {
  bool inClass = false;
  for (std::size_t i = 0; i + 3 < file.tokens.size(); ++i) {
    const ScriptToken &token = file.tokens[i], &next = file.tokens[i + 1];
    const auto refuse = [&](const std::string& what) {
      throw Error("line " + std::to_string(token.line) + ": " + what);
    };
    const bool outer = token.column == 0, inner = token.column == 2 && inClass;
    if (token.isWord("class") || token.isWord("def")) {
      if (!outer && !(inner && token.isWord("def"))) refuse("'def' or 'class' in an unusual place");
      if (next.kind != ScriptToken::Kind::Name) refuse("a definition without a name");
      const std::string name(next.text);
      if (token.isWord("def") && runsAtLoad(name)) refuse("'" + name + "', which runs while it is loaded");
      if (outer) inClass = token.isWord("class");
      if (outer)
        declared_.insert(std::string(module).append(".").append(name));
      else
        methods_.insert(name);
    } else if (outer) {
      refuse("something else than a class or function");
    } else if (inner && token.kind == ScriptToken::Kind::Name && (next.is(":") || next.is("="))) {
      attributes_.emplace(token.text);
    }
    if (token.kind == ScriptToken::Kind::Name && next.is("=") && file.tokens[i + 2].isWord(kRoot)) {
      file.aliases.insert(token.text);
    }
  }
}

void ScriptCode::add(const std::string& path, std::string text) {
  try {
    auto file = std::make_unique<File>();
    file->path = path;
    file->text = std::move(text);
    file->tokens = scriptTokens(file->text);
    const std::string module = moduleOf(path);
    if (module.starts_with("__torch__.torch.classes")) throw Error("it shadows the built-in classes");
    declare(*file, module);
    checkDefaults(file->tokens);
    files_.push_back(std::move(file));
  } catch (const Error& error) {
    throw Error(path + ": " + error.what());
  }
}

void ScriptCode::check() const {
  for (const auto& file : files_) {
    try {
      Checker(*this, *file).check();
    } catch (const Error& error) {
      throw Error(file->path + ": " + error.what());
    }
  }
}

}  // namespace recontour
