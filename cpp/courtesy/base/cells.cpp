#include <courtesy/base/cells.h>

#include <charconv>
#include <cmath>
#include <limits>

#include <courtesy/letters.h>

namespace courtesy {
namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;

std::int64_t floor_day(std::int64_t microseconds) {
  return microseconds / microseconds_per_day - (microseconds % microseconds_per_day < 0 ? 1 : 0);
}

void wrong_type(const Table& table, const Column& column, const char* expected, Problems& problems) {
  problems.add(table, column.name(),
               std::string("expected ") + expected + ", found " + std::string(type_name(column.type())));
}

bool supported(std::int64_t day) {
  return day >= Day{first_year / 1 / 1}.time_since_epoch().count() &&
         day <= Day{last_year / 12 / 31}.time_since_epoch().count();
}

template <typename Index>
void put_dictionary_codes(const Chunk& chunk, const Index* indices, const auto& code_of_entry, Code* codes) {
  for (std::size_t i = 0; i < chunk.rows; ++i) {
    if (chunk.filled(i)) codes[i] = code_of_entry(i, static_cast<std::size_t>(indices[chunk.offset + i]));
  }
}

// Of one chunk, which is a dictionary; `first_row` is its first row in the column.
void read_dictionary_codes(const Column::Data& data, const Chunk& chunk, std::size_t first_row,
                           const std::function<Code(std::size_t, std::string_view)>& code_of, Code* codes) {
  const Chunk& entries = *chunk.child;
  std::vector<Code> known(entries.rows, no_code);
  std::vector<std::uint8_t> asked(entries.rows);
  const auto code_of_entry = [&](std::size_t i, std::size_t entry) {
    if (asked[entry] == 0) {
      asked[entry] = 1;
      const bool filled = entries.filled(entry);
      const std::string_view text = filled ? text_at(entries, data.child_layout, entry) : std::string_view{};
      if (!text.empty()) known[entry] = code_of(first_row + i, text);
    }
    return known[entry];
  };
  switch (data.index_layout) {
    case Layout::int8:
      return put_dictionary_codes(chunk, static_cast<const std::int8_t*>(chunk.cells), code_of_entry, codes);
    case Layout::int16:
      return put_dictionary_codes(chunk, static_cast<const std::int16_t*>(chunk.cells), code_of_entry, codes);
    case Layout::int32:
      return put_dictionary_codes(chunk, static_cast<const std::int32_t*>(chunk.cells), code_of_entry, codes);
    default:
      for (std::size_t i = 0; i < chunk.rows; ++i) {
        if (!chunk.filled(i)) continue;
        codes[i] = code_of_entry(i, static_cast<std::size_t>(integer_at(chunk, data.index_layout, i)));
      }
  }
}

}  // namespace

std::vector<std::int32_t> read_days(const Table& table, const Column& column, Problems& problems) {
  std::vector<std::int32_t> days(column.rows(), no_day);
  const auto put = [&](std::size_t row, std::int64_t day) {
    if (supported(day)) {
      days[row] = static_cast<std::int32_t>(day);
    } else {
      problems.add(table, row, column.name(), "the date lies outside the years 1600 to 9999");
    }
  };
  switch (column.type()) {
    case ColumnType::null:
      break;
    case ColumnType::date:
      each_integer(column, [&](std::size_t row, bool filled, std::int64_t day) {
        if (filled) put(row, day);
      });
      break;
    case ColumnType::wall_time:
      each_integer(column, [&](std::size_t row, bool filled, std::int64_t wall) {
        if (!filled) return;
        if (floor_day(wall) * microseconds_per_day == wall) {
          put(row, floor_day(wall));
        } else {
          problems.add(table, row, column.name(), "expected a date, found a timestamp with a time of day");
        }
      });
      break;
    case ColumnType::text:
      read_texts(table, column, problems, [&](std::size_t row, std::string_view text) {
        if (const auto day = parse_date(text)) {
          put(row, day->time_since_epoch().count());
          return;
        }
        const auto moment = parse_date_time(text);
        if (moment && !moment->instant && day_of(moment->wall) == moment->wall) {
          put(row, day_of(moment->wall).time_since_epoch().count());
          return;
        }
        problems.add(table, row, column.name(), "expected a date such as 2026-12-01 (years 1600 to 9999)");
      });
      break;
    default:
      wrong_type(table, column, "dates", problems);
  }
  return days;
}

std::vector<std::int16_t> read_minutes(const Table& table, const Column& column, Problems& problems) {
  std::vector<std::int16_t> minutes(column.rows(), std::int16_t{-1});
  switch (column.type()) {
    case ColumnType::null:
      break;
    case ColumnType::time_of_day:
      each_integer(column, [&](std::size_t row, bool filled, std::int64_t minute) {
        if (filled) minutes[row] = static_cast<std::int16_t>(minute);
      });
      break;
    case ColumnType::text:
      read_texts(table, column, problems, [&](std::size_t row, std::string_view text) {
        if (const auto time = parse_time_of_day(text, true)) {
          minutes[row] = static_cast<std::int16_t>(time->count());
        } else {
          problems.add(table, row, column.name(), "expected a time of day such as 22:00");
        }
      });
      break;
    default:
      wrong_type(table, column, "times of day such as 22:00", problems);
  }
  return minutes;
}

std::vector<double> read_numbers(const Table& table, const Column& column, Problems& problems) {
  std::vector<double> numbers(column.rows(), std::numeric_limits<double>::quiet_NaN());
  const auto put = [&](std::size_t row, double value) {
    if (std::isinf(value)) {
      problems.add(table, row, column.name(), "expected a finite number");
    } else {
      numbers[row] = value;
    }
  };
  switch (column.type()) {
    case ColumnType::null:
      break;
    case ColumnType::integer:
      each_integer(column, [&](std::size_t row, bool filled, std::int64_t value) {
        if (filled) put(row, static_cast<double>(value));
      });
      break;
    case ColumnType::real:
      for (std::size_t row = 0; row < column.rows(); ++row) {
        const Cell cell = column.cell(row);
        if (const auto* value = std::get_if<double>(&cell)) put(row, *value);
      }
      break;
    case ColumnType::text:
      read_texts(table, column, problems, [&](std::size_t row, std::string_view text) {
        double value = 0;
        text = trimmed(text);
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failure == std::errc{} && end == text.data() + text.size() && !std::isnan(value)) {
          put(row, value);
        } else {
          problems.add(table, row, column.name(), "expected a number such as 12.50");
        }
      });
      break;
    default:
      wrong_type(table, column, "numbers", problems);
  }
  return numbers;
}

IdColumn read_ids(const Table& table, const Column& column, bool required, Problems& problems) {
  IdColumn ids;
  const auto empty = [&](std::size_t row) {
    if (ids.filled.empty()) ids.filled.assign(column.rows(), true);
    ids.filled[row] = false;
    if (required) problems.add(table, row, column.name(), "the id is empty");
  };
  switch (column.type()) {
    case ColumnType::integer:
      ids.integers = true;
      ids.numbers.resize(column.rows());
      each_integer(column, [&](std::size_t row, bool filled, std::int64_t value) {
        if (filled) {
          ids.numbers[row] = value;
        } else {
          empty(row);
        }
      });
      break;
    case ColumnType::real:
      ids.integers = true;
      ids.numbers.resize(column.rows());
      for (std::size_t row = 0; row < column.rows(); ++row) {
        const Cell cell = column.cell(row);
        const auto* value = std::get_if<double>(&cell);
        // Beyond 2^53 neighbouring ids would fall together.
        constexpr double exact = 9007199254740992.0;
        if (value == nullptr) {
          empty(row);
        } else if (std::floor(*value) < *value || std::abs(*value) > exact) {
          problems.add(table, row, column.name(), "expected an id (a whole number or a text), found a fraction");
        } else {
          ids.numbers[row] = static_cast<std::int64_t>(*value);
        }
      }
      break;
    case ColumnType::text:
      ids.texts = &column;
      each_text(column, [&](std::size_t row, bool filled, std::string_view text) {
        if (!filled || text.empty()) empty(row);
      });
      break;
    case ColumnType::null:
      for (std::size_t row = 0; row < column.rows(); ++row) empty(row);
      ids.texts = &column;
      break;
    default:
      wrong_type(table, column, "ids (whole numbers or texts)", problems);
  }
  return ids;
}

void read_texts(const Table& table, const Column& column, Problems& problems,
                const std::function<void(std::size_t, std::string_view)>& take) {
  if (column.type() == ColumnType::null) return;
  if (column.type() != ColumnType::text) {
    wrong_type(table, column, "texts", problems);
    return;
  }
  each_text(column, [&](std::size_t row, bool filled, std::string_view text) {
    if (filled && !text.empty()) take(row, text);
  });
}

std::vector<Code> read_codes(const Table& table, const Column& column, Problems& problems,
                             const std::function<Code(std::size_t, std::string_view)>& code_of) {
  std::vector<Code> codes(column.rows(), no_code);
  if (column.type() == ColumnType::text && column.data().layout == Layout::dictionary) {
    std::size_t row = 0;
    for (const Chunk& chunk : column.data().chunks) {
      read_dictionary_codes(column.data(), chunk, row, code_of, codes.data() + row);
      row += chunk.rows;
    }
    return codes;
  }
  std::string_view last;
  Code last_code = no_code;
  read_texts(table, column, problems, [&](std::size_t row, std::string_view text) {
    if (text != last) {
      last = text;
      last_code = code_of(row, text);
    }
    codes[row] = last_code;
  });
  return codes;
}

std::vector<std::string_view> items_of(const Cell& cell) {
  std::vector<std::string_view> items;
  const auto add = [&](std::string_view item) {
    item = trimmed(item);
    if (!item.empty()) items.push_back(item);
  };
  if (const auto* list = std::get_if<std::vector<std::string_view>>(&cell)) {
    for (const std::string_view item : *list) add(item);
  } else if (const auto* text = std::get_if<std::string_view>(&cell)) {
    std::size_t start = 0;
    while (start <= text->size()) {
      const std::size_t end = std::min(text->find_first_of(",;", start), text->size());
      add(text->substr(start, end - start));
      start = end + 1;
    }
  }
  return items;
}

}  // namespace courtesy
