// What an event says, as bytes: the id of an event that was given none.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include <courtesy/base/column.h>
#include <courtesy/base/hash.h>

namespace courtesy {

// A cell of a column of texts; nothing where there is no such column or the cell is empty.
[[nodiscard]] std::string_view text_in(const Column* column, std::size_t row);

// Appends an id as text: a text as it is, a whole number's digits. False where the cell is empty.
bool append_id_cell(const Cell& cell, std::string& out);

// When an event happened, as it was given: on a date, or at an instant.
using EventTime = std::variant<Day, Instant>;

// The hash of an event's content. The serialisation is stable: customer, kind, at (a date in ISO 8601, or an instant in
// microseconds since 1970), asset, value, unit, due, ref, channel, by, note, and topic where it is not empty, each as a
// 32-bit little-endian length and its text (numbers as their shortest digits, dates and times in ISO 8601, also where
// the table has them as texts). An event's date says the same whatever the customer's zone is.
[[nodiscard]] Hash128 event_content(const Table& events, std::size_t row, std::string_view customer, EventTime at);

}  // namespace courtesy
