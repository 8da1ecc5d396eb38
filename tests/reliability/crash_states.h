#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/portable_random.h"

namespace recontour {

/// An entry of the trace that call_recorder.c wrote, see there.
struct RecordedCall {
  char kind = 0;
  std::uint64_t a = 0, b = 0;
  std::string first, second;
};
/// @throws Error when the trace is not whole
std::vector<RecordedCall> readTrace(const std::filesystem::path& file);

/// What lies in a folder: contents of files by path, and folders.
struct FolderState {
  std::map<std::string, std::string> files;
  std::set<std::string> folders;
  void writeInto(const std::filesystem::path& folder) const;  ///< paths are taken as relative to it
  friend bool operator<(const FolderState& a, const FolderState& b) {
    return std::tie(a.files, a.folders) < std::tie(b.files, b.folders);
  }
};

/// How what was not flushed fares when the power goes.
enum class Fate {
  AllDone,    ///< all of it is on disk
  NoneDone,   ///< nothing of it
  NoData,     ///< names and sizes are, with zeros in place of what was written
  DataAlone,  ///< contents are, but no name of a file or folder
  Random,     ///< any part of it, in any order; the last write of a file may be cut anywhere
};

/// The disk under a folder, followed through a trace. What POSIX does not promise may be lost: written bytes until the
/// file is flushed; names of new, renamed and removed files and of new folders until the folder that holds them is.
class DiskModel {
 public:
  /// @param root  its parent holds; all that is in it now is on disk
  explicit DiskModel(const std::filesystem::path& root);
  void apply(const RecordedCall& call);
  /// A state in which the disk may be found if the power goes now; paths are relative to the root.
  FolderState afterPowerLoss(Fate fate, PortableRandom& random) const;
  FolderState now() const;  ///< as the program sees it

 private:
  struct Change {
    bool truncates = false;
    std::uint64_t offset = 0;  ///< of the bytes; the new size of one that truncates
    std::string bytes;
  };
  struct Inode {
    std::string flushed;
    std::vector<Change> pending;
  };
  struct NameChange {
    char kind = 0;  ///< as of RecordedCall: O, R, E, U, M or X
    std::uint64_t inode = 0;
    std::string path, target;
    std::uint64_t other = 0;  ///< that lay at the target, where files have changed places
  };
  struct Names {
    std::map<std::string, std::uint64_t> files;
    std::set<std::string> folders;
  };
  static void apply(const NameChange& change, Names& names);
  static void apply(const Change& change, std::string& content);
  void addName(NameChange change);
  Names namesAfter(Fate fate, PortableRandom& random) const;
  static std::string contentAfter(const Inode& inode, Fate fate, PortableRandom& random);
  std::string relative(const std::string& path) const;
  std::filesystem::path root_;
  std::map<std::uint64_t, Inode> inodes_;
  Names flushed_;
  std::vector<NameChange> pendingNames_;
};

}  // namespace recontour
