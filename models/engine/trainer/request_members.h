#pragma once
#include <initializer_list>
#include <string>
#include <utility>

#include "core/base/json.h"

namespace recontour {

/// What a number may be, both ends included.
struct Range {
  double least = 0, largest = 0;
};

/// The members of an object in a request, each checked as it is read. Every function throws Error (BadInput), which
/// says the member and what it may be. The object must outlive this.
class RequestMembers {
 public:
  /// @param name  of the object in messages, such as "schedule"; empty for the request itself
  RequestMembers(const Json& object, const std::string& name);

  const Json& object() const { return *object_; }
  bool has(const char* member) const;
  const Json& at(const char* member) const;
  /// Another object in it; one without members where it is missing.
  RequestMembers inner(const char* member) const;

  // A missing member is the fallback; without one it is an error.
  double real(const char* member, double fallback, Range range) const;
  double realOf(const Json& value, const char* member, Range range) const;
  int whole(const char* member, int fallback, Range range) const;
  int wholeOf(const Json& value, const char* member, Range range) const;
  bool flag(const char* member, bool fallback) const;
  std::string text(const char* member) const;
  std::string text(const char* member, const std::string& fallback) const;
  /// A text that stands in tables, cards and lines for people: one line of at most 200 bytes.
  std::string name(const char* member) const;
  void requireName(const char* member, const std::string& text) const;
  /// @return the place in `choices` of the member's text, 0 where it is missing
  std::size_t choice(const char* member, std::initializer_list<const char*> choices) const;

  /// A setting that is misspelt would be ignored in silence.
  void allowOnly(std::initializer_list<const char*> members) const;
  [[noreturn]] void refuse(const char* member, const std::string& cause) const;

 private:
  explicit RequestMembers(std::string nameOfMissing) : name_(std::move(nameOfMissing)) {}
  std::string pathOf(const std::string& member) const { return name_.empty() ? member : name_ + "." + member; }
  const Json* object_ = nullptr;  ///< null: missing
  std::string name_;
};

}  // namespace recontour
