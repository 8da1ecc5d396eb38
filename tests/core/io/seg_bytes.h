#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/core/io/dicom_bytes.h"

namespace recontour {

/// A DICOM Segmentation as bytes (explicit little endian), put together by hand. An empty text is left out.
struct SegBytes {
  struct Frame {
    int segment = 1;
    std::string position = "0\\0\\0";
    std::vector<int> pixels;  ///< row by row
    std::string orientation;  ///< its own, not the shared one
  };
  int columns = 3, rows = 2, bits = 1;
  std::string type = "BINARY", sopClass = "1.2.840.10008.5.1.4.1.1.66.4", orientation = "1\\0\\0\\0\\1\\0",
              spacing = "2\\1", thickness = "5", between = "", syntax = "1.2.840.10008.1.2.1", characterSet = "",
              label = "Liver", numberOfFrames = "?";  ///< "?": as many as there are
  int largestFraction = 0;
  std::vector<int> segments = {1};
  std::vector<Frame> frames;
  std::optional<std::string> pixelBytes;  ///< instead of those of the frames

  std::string bytes() const {
    std::string out = std::string(128, '\0') + "DICM";
    text(out, 0x00020010, "UI", syntax);
    text(out, 0x00080005, "CS", characterSet);
    text(out, 0x00080016, "UI", sopClass);
    text(out, 0x00080018, "UI", "1.2.3.4");
    text(out, 0x00080060, "CS", "SEG");
    text(out, 0x00280008, "IS", numberOfFrames == "?" ? std::to_string(frames.size()) : numberOfFrames);
    DicomBytes::addShort(out, 0x00280010, rows);
    DicomBytes::addShort(out, 0x00280011, columns);
    DicomBytes::addShort(out, 0x00280100, bits);
    text(out, 0x00620001, "CS", type);
    sequence(out, 0x00620002, segmentItems());
    if (largestFraction > 0) DicomBytes::addShort(out, 0x0062000e, largestFraction);
    sequence(out, 0x52009229, {sharedGroups()});
    std::vector<std::string> groups;
    for (const Frame& frame : frames) groups.push_back(frameGroups(frame));
    sequence(out, 0x52009230, groups);
    const std::string pixels = pixelBytes.value_or(packed());
    DicomBytes::start(out, 0x7fe00010, "OB");
    DicomBytes::number(out, 0, 2);
    const bool isCompressed = syntax.starts_with("1.2.840.10008.1.2.4") || syntax == "1.2.840.10008.1.2.5";
    DicomBytes::number(out, isCompressed ? 0xffffffff : std::uint32_t(pixels.size()), 4);
    return out + pixels;
  }

  /// Fragments as encapsulated pixel data has them.
  static std::string encapsulated(const std::vector<std::string>& fragments) {
    std::string out;
    item(out, "");
    for (const std::string& fragment : fragments) item(out, fragment);
    DicomBytes::number(out, 0xe0ddfffe, 4);
    DicomBytes::number(out, 0, 4);
    return out;
  }

 private:
  static void text(std::string& out, std::uint32_t tag, const std::string& vr, const std::string& value) {
    if (!value.empty()) DicomBytes::add(out, tag, vr, value);
  }
  static void item(std::string& out, const std::string& content) {
    DicomBytes::number(out, 0xe000fffe, 4);
    DicomBytes::number(out, std::uint32_t(content.size()), 4);
    out += content;
  }
  static void sequence(std::string& out, std::uint32_t tag, const std::vector<std::string>& items) {
    std::string content;
    for (const std::string& one : items) item(content, one);
    DicomBytes::start(out, tag, "SQ");
    DicomBytes::number(out, 0, 2);
    DicomBytes::number(out, std::uint32_t(content.size()), 4);
    out += content;
  }
  std::vector<std::string> segmentItems() const {
    std::vector<std::string> items;
    for (const int number : segments) {
      std::string one;
      DicomBytes::addShort(one, 0x00620004, number);
      text(one, 0x00620005, "LO", label);
      items.push_back(one);
    }
    return items;
  }
  static std::string oriented(const std::string& orientation) {
    std::string group, content;
    text(content, 0x00200037, "DS", orientation);
    sequence(group, 0x00209116, {content});
    return group;
  }
  std::string sharedGroups() const {
    std::string group = orientation.empty() ? "" : oriented(orientation), measures;
    text(measures, 0x00180050, "DS", thickness);
    text(measures, 0x00180088, "DS", between);
    text(measures, 0x00280030, "DS", spacing);
    sequence(group, 0x00289110, {measures});
    return group;
  }
  std::string frameGroups(const Frame& frame) const {
    std::string group, position, segment;
    text(position, 0x00200032, "DS", frame.position);
    sequence(group, 0x00209113, {position});
    if (!frame.orientation.empty()) group += oriented(frame.orientation);
    DicomBytes::addShort(segment, 0x0062000b, frame.segment);
    if (frame.segment >= 0) sequence(group, 0x0062000a, {segment});
    return group;
  }
  std::string packed() const {
    std::string out;
    std::size_t bit = 0;
    for (const Frame& frame : frames) {
      for (const int pixel : frame.pixels) {
        if (bits != 1) DicomBytes::number(out, std::uint32_t(pixel), bits / 8);
        if (bits != 1) continue;
        if (bit % 8 == 0) out += '\0';
        out.back() = char(out.back() | pixel << (bit++ % 8));
      }
    }
    if (out.size() % 2 != 0) out += '\0';
    return out;
  }
};

}  // namespace recontour
