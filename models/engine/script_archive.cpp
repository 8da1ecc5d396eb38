#include "models/engine/script_archive.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "models/engine/script_code.h"
#include "models/engine/script_pickle.h"
#include "models/engine/script_zip.h"

namespace recontour {
namespace {

constexpr std::size_t kMiB = 1U << 20U;
constexpr std::size_t kLargestCode = 4 * kMiB, kMostCode = 32 * kMiB;  // each word of it takes some 40 bytes here
constexpr std::size_t kLargestPickle = 32 * kMiB, kMostPickles = 256 * kMiB;
constexpr std::size_t kLargestNote = 4096, kLargestExtra = 64 * kMiB;
constexpr int kNewestVersion = 10;  // of LibTorch 2.11's archives

void require(bool holds, const std::string& cause) {
  if (!holds) throw Error(cause);
}

bool isNumber(std::string_view text) {
  return !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

class Archive {
 public:
  explicit Archive(std::string_view bytes) : bytes_(bytes), entries_(readZip(bytes)) {}

  void check() {
    const std::string root = entries_.front().name.substr(0, entries_.front().name.find('/') + 1);
    require(!root.empty(), entries_.front().name + ": does not lie in a folder");
    for (const ZipEntry& entry : entries_) {
      require(entry.name.starts_with(root), entry.name + ": lies in another folder than the file before it");
      sort(entry, entry.name.substr(root.size()));
    }
    require(pickles_.contains("data.pkl") && pickles_.contains("constants.pkl") && hasVersion_,
            "it is no TorchScript archive of torch.jit.save (data.pkl, constants.pkl or version is missing)");
    code_.check();
    for (const auto& [name, entry] : pickles_) checkOnePickle(name, *entry);
  }

 private:
  /// Each file of an archive has one purpose; one of none could be what another version of LibTorch loads.
  void sort(const ZipEntry& entry, const std::string& name) {
    const std::size_t slash = std::min(name.find('/'), name.size());
    const std::string folder = name.substr(0, slash), rest = name.substr(std::min(slash + 1, name.size()));
    if (isOneOf(folder, {"data", "constants", "traced_inputs"}) && isNumber(rest)) {
      verifyStored(entry);
      storages_[folder].emplace(rest, entry.bytes);
    } else if (isOneOf(name, {"data.pkl", "constants.pkl"}) || (folder == "code" && name.ends_with(".py.debug_pkl"))) {
      pickles_.emplace(name, &entry);
    } else if (folder == "code" && name.ends_with(".py")) {
      code_.add(name, unpacked(entry, kLargestCode));
      addUp(codeBytes_, entry, kMostCode, "code files");
    } else if (isOneOf(name, {"version", "byteorder", ".data/version", ".data/serialization_id", ".format_version",
                              ".storage_alignment"})) {
      checkNote(name, unpacked(entry, kLargestNote));
    } else {
      const bool unread = folder == "extra" || name == "traced_inputs.pkl";  // LibTorch opens them only when asked to
      require(unread && entry.bytes <= kLargestExtra, name + ": is no file of a TorchScript archive");
    }
  }
  static bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
  }

  static void addUp(std::size_t& sum, const ZipEntry& entry, std::size_t limit, const char* what) {
    sum += entry.bytes;
    require(sum <= limit, std::string("its ") + what + " have more than " + std::to_string(limit) + " bytes unpacked");
  }

  void checkNote(const std::string& name, std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    if (name == "byteorder") require(text == "little", "its numbers are not little endian");
    if (name != "version" && name != ".data/version") return;
    require(isNumber(text) && std::stoi(text) >= 3 && std::stoi(text) <= kNewestVersion,
            name + ": is not 3 to " + std::to_string(kNewestVersion));
    hasVersion_ = true;
  }

  void checkOnePickle(const std::string& name, const ZipEntry& entry) {
    PickleContext context;
    if (!name.starts_with("code/")) context.storages = storages_[name.substr(0, name.find('.'))];
    context.isClass = [this](std::string_view qualified) { return code_.declares(qualified); };
    context.tensorBytesLimit = 2 * bytes_.size() + kMiB;
    addUp(pickleBytes_, entry, kMostPickles, "pickles");
    try {
      checkPickle(unpacked(entry, kLargestPickle), context);
    } catch (const Error& error) {
      throw Error(name + ": " + error.what());
    }
  }

  std::string_view bytes_;
  std::vector<ZipEntry> entries_;
  std::map<std::string, std::map<std::string, std::size_t, std::less<>>> storages_;  ///< by folder
  std::map<std::string, const ZipEntry*> pickles_;
  ScriptCode code_;
  std::size_t codeBytes_ = 0, pickleBytes_ = 0;
  bool hasVersion_ = false;
};

}  // namespace

void checkScriptArchive(std::string_view archive, const std::filesystem::path& file) {
  std::string cause;
  try {
    return Archive(archive).check();
  } catch (const Error& error) {
    cause = error.what();
  }
  throw Error(file, "this model is refused before it is loaded: " + cause,
              "take a model from someone you trust, or export the network again with torch.jit.save");
}

}  // namespace recontour
