#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace recontour {

/// What a pickle's value is, as far as its check must know; Other can only be put into containers.
enum class PickleKind {
  None,
  Bool,
  Int,
  Float,
  String,
  Tuple,
  List,
  Dict,
  Function,
  Class,
  Instance,
  Type,
  Storage,
  Other
};

/// A value of the pickle; children by their place in the list of all values.
struct PickleValue {
  PickleKind kind = PickleKind::Other;
  std::int64_t number = 0;  ///< of Int; bytes an item of Type; items of Storage
  std::string_view text{};  ///< of String; name of Function and Class
  std::vector<std::uint32_t> children{};
  int depth = 0;
  bool complete = false;  ///< lies in another value, so that it must not change any more
};

/// The stack, marks and memory of a pickle's machine, with limits on all. Values are never removed, so places stay
/// valid. Every function throws Error with the cause alone where the pickle asks for what is not there.
class PickleStack {
 public:
  void push(PickleValue value);
  void push(PickleKind kind, std::int64_t number = 0) { push(PickleValue{kind, number}); }
  /// A function or class; keeps its name.
  void pushNamed(PickleKind kind, std::string name);
  void pushAgain(std::uint32_t place);
  std::uint32_t pop();
  PickleValue& top();
  const PickleValue& at(std::uint32_t place) const { return values_[place]; }

  void mark();
  /// Takes what was pushed since the last mark, and the mark.
  std::vector<std::uint32_t> sinceMark();
  /// Takes the last `count` values and pushes a tuple of them.
  void pushTuple(int count);
  void pushTuple(const std::vector<std::uint32_t>& items);
  /// Adds to the container on top. @param kind  what that must be
  void addToTop(PickleKind kind, const std::vector<std::uint32_t>& items);

  void remember(std::uint64_t slot);
  void recall(std::uint64_t slot);
  /// Is exactly one value left?
  bool isFinished() const { return stack_.size() == 1 && marks_.empty(); }

 private:
  void put(std::uint32_t owner, const std::vector<std::uint32_t>& items);
  std::vector<PickleValue> values_;
  std::vector<std::uint32_t> stack_, memory_;
  std::vector<std::size_t> marks_;
  std::deque<std::string> names_;
};

}  // namespace recontour
