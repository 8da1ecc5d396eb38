#include "core/io/rtstruct_file.h"
#include "core/structures/placed_structures.h"
#include "tests/fuzz/fuzz_file.h"

/// A structure set, and what it makes of a small grid.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const recontour::Geometry grid{{20, 16, 8}, {2, 2, 5}, {-19, -15, 0}};
  static const recontour::OrganTable organs = recontour::OrganTable::named("word");
  recontour::expectErrorOrNone([&] {
    recontour::DicomDataset dataset = recontour::DicomDataset::parse("set.dcm", bytes);
    const recontour::StructureSet set = recontour::structureSetOf(dataset);
    const std::vector<std::optional<std::string>> keys(set.rois.size());
    recontour::placeStructures(set, keys, grid, organs);
  });
  return 0;
}
