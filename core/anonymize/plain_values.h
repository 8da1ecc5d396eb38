#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace recontour {

/// Whether a value is what its VR says, so that it holds no text of another kind: code strings (CS), ages (AS), decimal
/// and whole numbers (DS, IS) in their lengths, other texts without control characters.
/// @param vr     two letters. Source: DICOM PS3.5, Table 6.2-1
/// @param value  one, without a backslash
bool isPlain(std::string_view vr, std::string_view value);

/// The values, separated by a backslash, that are plain. The others become empty, and decimal numbers with too many
/// digits are rounded to 16 characters.
/// @return none where no value but empty ones is left of a text that is not empty
std::optional<std::string> plainValues(std::string_view vr, std::string_view values);

/// Whether each of the values is plain, or a number with too many digits.
bool arePlain(std::string_view vr, std::string_view values);

/// Without blanks around it, and zeros behind it.
std::string_view trimmedValue(std::string_view value);

/// Digits and dots, at most 64.
bool isUid(std::string_view text);

}  // namespace recontour
