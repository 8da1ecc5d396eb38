#include "core/scribble/hdf5_file.h"

#include <string>
#include <utility>

#include <hdf5.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

constexpr unsigned kLevel = 4;  // as WSL4MIS's own files

constexpr std::size_t kGrowthBytes = std::size_t{1} << 20;

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw Error(file, "cannot be written: HDF5 has no memory for it", "close other programs");
}

/// HDF5 fills memory alone: after a failed write to a disk, Debian's 1.10 crashes when the program ends.
hid_t fileInMemory(const std::filesystem::path& file) {
  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  H5Pset_fapl_core(access, kGrowthBytes, false);
  const std::string name = "/dev/null/" + file.string();  // it first looks for a file of its name; there is none
  const hid_t made = H5Fcreate(name.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
  H5Pclose(access);
  return made;
}

/// The bytes of the file as they would be on disk.
std::string imageOf(hid_t file, const std::filesystem::path& path) {
  if (H5Fflush(file, H5F_SCOPE_LOCAL) < 0) fail(path);
  const ssize_t size = H5Fget_file_image(file, nullptr, 0);
  std::string bytes(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
  if (size <= 0 || H5Fget_file_image(file, bytes.data(), bytes.size()) != size) fail(path);
  return bytes;
}

}  // namespace

Hdf5File::Hdf5File(const std::filesystem::path& file) : path_(file) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // it would print to stderr
  file_ = fileInMemory(file);
  if (file_ < 0) fail(path_);
}

Hdf5File::~Hdf5File() {
  if (file_ >= 0) H5Fclose(file_);
}

void Hdf5File::addAs(const char* name, const std::vector<std::uint64_t>& size, std::int64_t type, const void* values) {
  const std::vector<hsize_t> extent(size.begin(), size.end());
  const int rank = static_cast<int>(extent.size());
  std::vector<hsize_t> chunk = extent;  // a slice each
  if (rank == 3) chunk[0] = 1;
  const hid_t space = H5Screate_simple(rank, extent.data(), nullptr), settings = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_chunk(settings, rank, chunk.data());
  H5Pset_deflate(settings, kLevel);
  H5Pset_obj_track_times(settings, false);  // the same voxels, the same file
  const hid_t data = H5Dcreate2(file_, name, type, space, H5P_DEFAULT, settings, H5P_DEFAULT);
  const bool written = data >= 0 && H5Dwrite(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0;
  const bool closed = data >= 0 && H5Dclose(data) >= 0;
  H5Pclose(settings);
  H5Sclose(space);
  if (!written || !closed) fail(path_);
}

void Hdf5File::add(const char* name, const std::vector<std::uint64_t>& size, std::span<const float> values) {
  addAs(name, size, H5T_NATIVE_FLOAT, values.data());
}

void Hdf5File::add(const char* name, const std::vector<std::uint64_t>& size, std::span<const std::uint8_t> values) {
  addAs(name, size, H5T_NATIVE_UINT8, values.data());
}

void Hdf5File::close() {
  const std::string bytes = imageOf(file_, path_);
  H5Fclose(std::exchange(file_, -1));
  writeFileSafely(path_, bytes);
}

}  // namespace recontour
