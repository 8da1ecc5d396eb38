#include "models/engine/trainer/request_members.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr std::size_t kLongestName = 200;

std::string shown(const Json& value) { return value.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, 60); }

std::string shown(Range range) { return Json(range.least).dump() + " to " + Json(range.largest).dump(); }

std::string listOf(std::initializer_list<const char*> names) {
  std::string text;
  for (const char* name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

}  // namespace

RequestMembers::RequestMembers(const Json& object, const std::string& name) : object_(&object), name_(name) {
  if (!object.is_object()) throw Error("the training request: " + (name.empty() ? "it" : name) + " is no object");
}

bool RequestMembers::has(const char* member) const { return object_ != nullptr && object_->contains(member); }

const Json& RequestMembers::at(const char* member) const {
  if (!has(member)) refuse(member, "is missing");
  return (*object_)[member];
}

RequestMembers RequestMembers::inner(const char* member) const {
  return has(member) ? RequestMembers((*object_)[member], pathOf(member)) : RequestMembers(pathOf(member));
}

double RequestMembers::real(const char* member, double fallback, Range range) const {
  return has(member) ? realOf((*object_)[member], member, range) : fallback;
}

double RequestMembers::realOf(const Json& value, const char* member, Range range) const {
  const double number = value.is_number() ? value.get<double>() : NAN;
  if (number >= range.least && number <= range.largest) return number;
  refuse(member, "is " + shown(value) + ", where a number from " + shown(range) + " is allowed");
}

int RequestMembers::whole(const char* member, int fallback, Range range) const {
  return has(member) ? wholeOf((*object_)[member], member, range) : fallback;
}

int RequestMembers::wholeOf(const Json& value, const char* member, Range range) const {
  const double number = value.is_number_integer() ? value.get<double>() : NAN;
  if (number >= range.least && number <= range.largest) return static_cast<int>(number);
  refuse(member, "is " + shown(value) + ", where a whole number from " + std::to_string(std::int64_t(range.least)) +
                     " to " + std::to_string(std::int64_t(range.largest)) + " is allowed");
}

bool RequestMembers::flag(const char* member, bool fallback) const {
  if (!has(member)) return fallback;
  if (!(*object_)[member].is_boolean()) refuse(member, "is " + shown((*object_)[member]) + ", not true or false");
  return (*object_)[member].get<bool>();
}

std::string RequestMembers::text(const char* member) const {
  const Json& value = at(member);
  if (!value.is_string() || value.get<std::string>().empty()) refuse(member, "is " + shown(value) + ", not a text");
  return value.get<std::string>();
}

std::string RequestMembers::text(const char* member, const std::string& fallback) const {
  return has(member) ? text(member) : fallback;
}

std::string RequestMembers::name(const char* member) const {
  const std::string result = text(member);
  requireName(member, result);
  return result;
}

void RequestMembers::requireName(const char* member, const std::string& text) const {
  if (!text.empty() && oneLine(text, kLongestName) == text) return;
  refuse(member, "is no name of one line and at most " + std::to_string(kLongestName) + " bytes");
}

std::size_t RequestMembers::choice(const char* member, std::initializer_list<const char*> choices) const {
  if (!has(member)) return 0;
  const std::string asked = text(member);
  const auto found = std::ranges::find(choices, asked, [](const char* name) { return std::string_view(name); });
  if (found == choices.end()) refuse(member, "is '" + asked + "'; choose one of " + listOf(choices));
  return static_cast<std::size_t>(found - choices.begin());
}

void RequestMembers::allowOnly(std::initializer_list<const char*> members) const {
  if (object_ == nullptr) return;
  for (const auto& [member, value] : object_->items()) {
    const auto same = [&](const char* known) { return member == known; };
    if (std::ranges::none_of(members, same)) refuse(member.c_str(), "is not known; there are " + listOf(members));
  }
}

void RequestMembers::refuse(const char* member, const std::string& cause) const {
  throw Error("the training request: " + pathOf(member) + " " + cause);
}

}  // namespace recontour
