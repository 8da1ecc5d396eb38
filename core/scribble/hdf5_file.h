#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace recontour {

/// Writes a new HDF5 file of deflated arrays. The file is there as a whole after close().
class Hdf5File {
 public:
  explicit Hdf5File(const std::filesystem::path& file);  ///< @throws Error
  ~Hdf5File();
  Hdf5File(const Hdf5File&) = delete;
  Hdf5File& operator=(const Hdf5File&) = delete;

  /// @param size  slowest axis first; its product is the number of values
  void add(const char* name, const std::vector<std::uint64_t>& size, std::span<const float> values);
  void add(const char* name, const std::vector<std::uint64_t>& size, std::span<const std::uint8_t> values);
  void close();  ///< @throws Error

 private:
  void addAs(const char* name, const std::vector<std::uint64_t>& size, std::int64_t type, const void* values);
  std::filesystem::path path_;
  std::int64_t file_ = -1;
};

}  // namespace recontour
