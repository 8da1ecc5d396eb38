#pragma once
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace recontour {

/// One CT slice as DICOM bytes (explicit little endian), put together by hand. An element set to "-" is left out.
struct DicomBytes {
  int columns = 3, rows = 2;
  std::vector<std::int16_t> pixels = std::vector<std::int16_t>(6, 0);
  std::string series = "1.2.3", modality = "CT", description = "Abdomen", orientation = "1\\0\\0\\0\\1\\0",
              position = "0\\0\\0", spacing = "2\\1", slope = "1", intercept = "0", thickness = "5", sopInstance = "",
              study = "", frameOfReference = "", acquisition = "", instance = "", spacingBetween = "", frames = "",
              sopClass = "", patient = "";

  std::string bytes() const {
    std::string out = std::string(128, '\0') + "DICM";
    add(out, 0x00020010, "UI", "1.2.840.10008.1.2.1");
    if (!sopClass.empty()) add(out, 0x00080016, "UI", sopClass);
    if (!sopInstance.empty()) add(out, 0x00080018, "UI", sopInstance);
    add(out, 0x00080060, "CS", modality);
    add(out, 0x0008103e, "LO", description);
    if (!patient.empty()) add(out, 0x00100020, "LO", patient);
    add(out, 0x00180050, "DS", thickness);
    if (!spacingBetween.empty()) add(out, 0x00180088, "DS", spacingBetween);
    if (!study.empty()) add(out, 0x0020000d, "UI", study);
    add(out, 0x0020000e, "UI", series);
    if (!acquisition.empty()) add(out, 0x00200012, "IS", acquisition);
    if (!instance.empty()) add(out, 0x00200013, "IS", instance);
    add(out, 0x00200032, "DS", position);
    add(out, 0x00200037, "DS", orientation);
    if (!frameOfReference.empty()) add(out, 0x00200052, "UI", frameOfReference);
    addShort(out, 0x00280002, 1);
    if (!frames.empty()) add(out, 0x00280008, "IS", frames);
    addShort(out, 0x00280010, rows);
    addShort(out, 0x00280011, columns);
    add(out, 0x00280030, "DS", spacing);
    addShort(out, 0x00280100, 16);
    addShort(out, 0x00280101, 16);
    addShort(out, 0x00280102, 15);
    addShort(out, 0x00280103, 1);
    add(out, 0x00281052, "DS", intercept);
    add(out, 0x00281053, "DS", slope);
    start(out, 0x7fe00010, "OW");
    number(out, 0, 2);
    number(out, std::uint32_t(pixels.size() * 2), 4);
    out.append(reinterpret_cast<const char*>(pixels.data()), pixels.size() * 2);
    return out;
  }

  static void number(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += char(value >> (8 * i) & 0xff);
  }
  static void start(std::string& out, std::uint32_t tag, const std::string& vr) {
    number(out, tag >> 16, 2);
    number(out, tag & 0xffff, 2);
    out += vr;
  }
  static void add(std::string& out, std::uint32_t tag, const std::string& vr, std::string value) {
    if (value == "-") return;
    if (value.size() % 2 != 0) value += vr == "UI" ? '\0' : ' ';
    start(out, tag, vr);
    number(out, std::uint32_t(value.size()), 2);
    out += value;
  }
  static void addShort(std::string& out, std::uint32_t tag, int value) {
    start(out, tag, "US");
    number(out, 2, 2);
    number(out, std::uint32_t(value), 2);
  }
};

}  // namespace recontour
