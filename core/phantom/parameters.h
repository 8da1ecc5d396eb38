#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/image/geometry.h"

namespace recontour {

/// A group of numbers of the phantom's parameter file. Lists are strings: "1 2 3", or rows "1 2; 3 4".
/// Every accessor throws Error naming file and member when it is missing or not of that form.
class Parameters {
 public:
  static Parameters fromFile(const std::filesystem::path& file);
  /// @param source  named in messages
  static Parameters fromText(std::string_view text, const std::filesystem::path& source);

  Parameters group(const std::string& key) const;
  bool has(const std::string& key) const;
  std::vector<std::string> keys() const;  ///< in alphabetical order
  double number(const std::string& key) const;
  std::string text(const std::string& key) const;
  /// Rows of `width` numbers; at least one row.
  std::vector<std::vector<double>> rows(const std::string& key, std::size_t width) const;
  /// One row of `width` numbers.
  std::vector<double> list(const std::string& key, std::size_t width) const;
  Point3 point(const std::string& key) const;
  /// Throws Error about this member: "FILE: member.name CAUSE".
  [[noreturn]] void fail(const std::string& key, const std::string& cause) const;

 private:
  Parameters(std::shared_ptr<const Json> root, const Json* node, std::filesystem::path source, std::string path);
  const Json& member(const std::string& key) const;

  std::shared_ptr<const Json> root_;
  const Json* node_;
  std::filesystem::path source_;
  std::string path_;
};

}  // namespace recontour
