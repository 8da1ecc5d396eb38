#pragma once
#include <filesystem>
#include <memory>
#include <string>

class DcmFileFormat;
class DcmItem;

namespace recontour {

/// A DICOM file that is read whole by DCMTK, to be understood and, edited, written again.
class DicomDataset {
 public:
  /// Reads a file of at most 512 MB. Lengths and nesting are checked before DCMTK sees the bytes, since it recurses
  /// without a limit and believes lengths. @throws Error naming the file and what is wrong
  static DicomDataset read(const std::filesystem::path& file);
  static DicomDataset parse(const std::filesystem::path& name, std::string bytes);
  DicomDataset();  ///< empty, to be filled
  ~DicomDataset();
  DicomDataset(DicomDataset&&) noexcept;
  DicomDataset& operator=(DicomDataset&&) noexcept;

  DcmItem& items();
  const std::filesystem::path& file() const { return file_; }
  /// What the file meta information says that it is, its Media Storage SOP Class UID; empty where it says nothing.
  std::string mediaStorageClass() const;
  /// Drops the file meta information, which may name people and places too; bytes() makes a new one of the data set.
  void forgetMetaInformation();
  /// The file's bytes as DICOM Part 10 with a preamble of zeros. What was not edited stays byte by byte. In the
  /// transfer syntax that it was read in, but for deflated and big endian, which become explicit little endian;
  /// implicit little endian for a new one. @throws Error
  /// @param implicit  little endian without VRs, whatever it was read in
  std::string bytes(bool implicit = false);

 private:
  std::filesystem::path file_;
  std::unique_ptr<DcmFileFormat> format_;
};

/// A UID under `root` that follows from a text alone: the same text gives the same UID, another one another.
/// @param root  of the institution, e.g. "1.2.826.0.1.3680043.10"; "2.25" needs none (DICOM PS3.5 B.2)
std::string dicomUid(const std::string& root, const std::string& text);

}  // namespace recontour
