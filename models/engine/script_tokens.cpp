#include "models/engine/script_tokens.h"

#include <string>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr int kDeepest = 200;              // brackets; LibTorch's parser calls itself for each
constexpr int kMostSpaces = 2 * kDeepest;  // the same for blocks
constexpr std::string_view kSymbols = ".,:=()[]{}";

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool begins(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool goesOn(char c) { return begins(c) || isDigit(c); }

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view code) : code_(code) {}

  std::vector<ScriptToken> all() {
    while (skipSpace()) next();
    require(depth_ == 0, "a bracket is not closed");
    tokens_.push_back({ScriptToken::Kind::End, {}, line_, 0});
    return std::move(tokens_);
  }

 private:
  void require(bool holds, const std::string& cause) const {
    if (!holds) throw Error("line " + std::to_string(line_) + ": " + cause);
  }
  char at(std::size_t ahead = 0) const { return at_ + ahead < code_.size() ? code_[at_ + ahead] : '\0'; }

  /// @return false at the end of the code
  bool skipSpace() {
    for (; at_ < code_.size(); ++at_) {
      if (at() == '\n') {
        ++line_;
        spaces_ = 0;
        fresh_ = depth_ == 0;
      } else if (at() == ' ') {
        ++spaces_;
      } else {
        return true;
      }
    }
    return false;
  }

  void next() {
    const bool statement = fresh_;
    require(!statement || spaces_ <= kMostSpaces, "blocks are nested too deeply");
    fresh_ = false;
    ScriptToken token{ScriptToken::Kind::Symbol, {}, line_, statement ? spaces_ : -1};
    const std::size_t start = at_;
    if (begins(at())) {
      while (goesOn(at())) ++at_;
      token.kind = ScriptToken::Kind::Name;
    } else if (isDigit(at())) {
      number();
      token.kind = ScriptToken::Kind::Number;
    } else if (at() == '"') {
      string();
      token.kind = ScriptToken::Kind::Text;
    } else {
      symbol();
    }
    token.text = code_.substr(start, at_ - start);
    if (token.kind == ScriptToken::Kind::Text) token.text = token.text.substr(1, token.text.size() - 2);
    tokens_.push_back(token);
  }

  void digits() {
    while (isDigit(at())) ++at_;
  }
  void number() {
    digits();
    if (at() == '.') {
      ++at_;
      digits();
    }
    if (at() == 'e' && (isDigit(at(1)) || ((at(1) == '-' || at(1) == '+') && isDigit(at(2))))) {
      at_ += 2;
      digits();
    }
    require(!goesOn(at()) && at() != '.', "a number goes on in another way than PyTorch prints it");
  }
  void string() {
    require(!(at(1) == '"' && at(2) == '"'), "text in three quotes");
    for (++at_; at() != '"'; ++at_) {
      if (at() == '\\') ++at_;
      require(at_ < code_.size() && at() != '\n', "text that does not end");
    }
    ++at_;
  }
  void symbol() {
    const char c = at();
    if (c == '-') {
      at_ += at(1) == '>' ? 2 : 1;
      require(at() == ' ' || isDigit(at()) || at() == 'i' || at() == 'n', "'-' before something else than a number");
      return;
    }
    require(kSymbols.find(c) != std::string_view::npos,
            c > ' ' && c <= '~' ? std::string("the character ") + c : "a character that is no printable ASCII");
    if (c == '(' || c == '[' || c == '{') ++depth_;
    if (c == ')' || c == ']' || c == '}') --depth_;
    require(depth_ >= 0, "a bracket is closed that was not opened");
    require(depth_ <= kDeepest, "brackets are nested too deeply");
    ++at_;
  }

  std::string_view code_;
  std::size_t at_ = 0;
  int line_ = 1, depth_ = 0, spaces_ = 0;
  bool fresh_ = true;  ///< the next token begins a statement
  std::vector<ScriptToken> tokens_;
};

}  // namespace

std::vector<ScriptToken> scriptTokens(std::string_view code) { return Tokenizer(code).all(); }

}  // namespace recontour
