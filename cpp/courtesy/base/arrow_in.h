// Tables from the Arrow C stream interface, without copying a cell.
#pragma once

#include <string>

#include <courtesy/base/arrow_abi.h>
#include <courtesy/base/column.h>

namespace courtesy {

// Takes the stream over (it is released here, also on an error) and keeps its chunks alive for as long as the table's
// columns live. Integers, floats, decimals, booleans, text (also large, view and dictionary-encoded), dates,
// timestamps of any unit with or without a zone, times, lists of text, and the null type; several chunks, zero rows.
// Any other type is an Error{data} that names table, column and type.
[[nodiscard]] Table table_from_stream(ArrowArrayStream* stream, std::string name);

}  // namespace courtesy
