#pragma once
#include <cstdint>

namespace recontour::reader {

/// Limits the address space of this process to 512 MB and one and a half times the bytes that a file declares for its
/// voxels; what asks for more gets std::bad_alloc. Call it with 0 before anything is read, then again when the bytes
/// are known. Without effect under AddressSanitizer, which reserves terabytes.
void limitMemory(std::uint64_t declaredBytes);

}  // namespace recontour::reader
