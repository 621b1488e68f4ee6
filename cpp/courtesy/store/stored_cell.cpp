#include <courtesy/base/cells.h>
#include <courtesy/letters.h>
#include <courtesy/store/stored_cell.h>
#include <courtesy/store/text_list.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace courtesy {
namespace {

constexpr double exact = 9007199254740992.0;  // whole numbers beyond it are not told apart

bool is_whole(double value) { return std::abs(value) <= exact && !(std::floor(value) < value); }

bool is_boolean(std::int64_t value) { return value == 0 || value == 1; }

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  text = trimmed(text);
  Number number{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> real_in(std::string_view text) {
  const auto number = number_in<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<bool> boolean_in(std::string_view text) {
  std::string small(trimmed(text));
  std::transform(small.begin(), small.end(), small.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  if (small == "true" || small == "1") return true;
  if (small == "false" || small == "0") return false;
  return std::nullopt;
}

template <typename Number>
void append_number(Number number, std::string& out) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

StoredCell text_cell(const Cell& cell, std::string& scratch) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) return *text;
  scratch.clear();
  std::visit(
      [&](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, bool>) {
          scratch += value ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          append_number(value, scratch);
        } else if constexpr (std::is_same_v<T, double>) {
          if (is_whole(value)) {
            append_number(static_cast<std::int64_t>(value), scratch);
          } else {
            append_number(value, scratch);
          }
        } else if constexpr (std::is_same_v<T, Day> || std::is_same_v<T, Instant> || std::is_same_v<T, WallTime>) {
          scratch += iso_text(value);
        } else if constexpr (std::is_same_v<T, TimeOfDay>) {
          scratch += clock_text(value);
        } else if constexpr (std::is_same_v<T, std::vector<std::string_view>>) {
          for (const std::string_view item : value) scratch.append(scratch.empty() ? "" : ",").append(item);
        }
      },
      cell);
  return std::string_view(scratch);
}

// What cannot be read back is not stored.
std::optional<StoredCell> day_cell(Day day, std::string& scratch) {
  if (day < Day{first_year / 1 / 1} || day > Day{last_year / 12 / 31}) return std::nullopt;
  scratch = iso_text(day);
  return std::string_view(scratch);
}

std::optional<StoredCell> instant_cell(Instant at, std::string& scratch) {
  if (at < std::chrono::sys_days{first_year / 1 / 1} || at >= std::chrono::sys_days{last_year / 12 / 31}) {
    return std::nullopt;
  }
  scratch = iso_text(at);
  return std::string_view(scratch);
}

std::optional<StoredCell> wall_cell(WallTime wall, std::string& scratch) {
  if (wall < Day{first_year / 1 / 1} || wall >= Day{last_year / 12 / 31}) return std::nullopt;
  scratch = iso_text(wall);
  return std::string_view(scratch);
}

std::optional<StoredCell> boolean_cell(const Cell& cell) {
  if (const auto* value = std::get_if<bool>(&cell)) return std::int64_t{*value};
  if (const auto* value = std::get_if<std::int64_t>(&cell); value != nullptr && is_boolean(*value)) return *value;
  if (const auto* value = std::get_if<double>(&cell); value != nullptr && is_whole(*value)) {
    const auto whole = static_cast<std::int64_t>(*value);
    if (is_boolean(whole)) return whole;
  }
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    if (const auto value = boolean_in(*text)) return std::int64_t{*value};
  }
  return std::nullopt;
}

std::optional<StoredCell> integer_cell(const Cell& cell) {
  if (const auto* value = std::get_if<std::int64_t>(&cell)) return *value;
  if (const auto* value = std::get_if<bool>(&cell)) return std::int64_t{*value};
  if (const auto* value = std::get_if<double>(&cell); value != nullptr && is_whole(*value)) {
    return static_cast<std::int64_t>(*value);
  }
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    if (const auto value = number_in<std::int64_t>(*text)) return *value;
  }
  return std::nullopt;
}

std::optional<StoredCell> real_cell(const Cell& cell) {
  if (const auto* value = std::get_if<double>(&cell)) return *value;
  if (const auto* value = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*value);
  if (const auto* value = std::get_if<bool>(&cell)) return *value ? 1.0 : 0.0;
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    if (const auto value = real_in(*text)) return *value;
  }
  return std::nullopt;
}

std::optional<StoredCell> date_cell(const Cell& cell, std::string& scratch) {
  if (const auto* day = std::get_if<Day>(&cell)) return day_cell(*day, scratch);
  if (const auto* wall = std::get_if<WallTime>(&cell); wall != nullptr && day_of(*wall) == *wall) {
    return day_cell(day_of(*wall), scratch);
  }
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    if (const auto day = parse_date(trimmed(*text))) return day_cell(*day, scratch);
    const auto moment = parse_date_time(trimmed(*text));
    if (moment && !moment->instant && day_of(moment->wall) == moment->wall)
      return day_cell(day_of(moment->wall), scratch);
  }
  return std::nullopt;
}

std::optional<StoredCell> moment_cell(const Cell& cell, bool instant, std::string& scratch) {
  if (const auto* at = std::get_if<Instant>(&cell)) return instant ? instant_cell(*at, scratch) : std::nullopt;
  if (const auto* wall = std::get_if<WallTime>(&cell)) return instant ? std::nullopt : wall_cell(*wall, scratch);
  if (const auto* day = std::get_if<Day>(&cell)) return instant ? std::nullopt : wall_cell(WallTime{*day}, scratch);
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    const auto moment = parse_date_time(trimmed(*text));
    if (moment && moment->instant.has_value() == instant) {
      return instant ? instant_cell(*moment->instant, scratch) : wall_cell(moment->wall, scratch);
    }
    const auto day = parse_date(trimmed(*text));
    if (day && !instant) return wall_cell(WallTime{*day}, scratch);
  }
  return std::nullopt;
}

std::optional<StoredCell> time_cell(const Cell& cell, std::string& scratch) {
  std::optional<TimeOfDay> time;
  if (const auto* given = std::get_if<TimeOfDay>(&cell)) time = *given;
  if (const auto* text = std::get_if<std::string_view>(&cell)) time = parse_time_of_day(trimmed(*text), true);
  if (!time) return std::nullopt;
  scratch = clock_text(*time);
  return std::string_view(scratch);
}

std::optional<StoredCell> list_cell(const Cell& cell, std::string& scratch) {
  scratch.clear();
  if (const auto* items = std::get_if<std::vector<std::string_view>>(&cell)) {
    append_list(*items, scratch);
    return std::string_view(scratch);
  }
  if (!std::holds_alternative<std::string_view>(cell)) return std::nullopt;
  append_list(items_of(cell), scratch);
  return std::string_view(scratch);
}

const char* example_of(ColumnType type) {
  switch (type) {
    case ColumnType::boolean:
      return "true or false";
    case ColumnType::integer:
      return "a whole number such as 12";
    case ColumnType::real:
      return "a number such as 12.50";
    case ColumnType::date:
      return "a date such as 2026-12-01 (years 1600 to 9999)";
    case ColumnType::instant:
      return "a timestamp with a zone such as 2026-12-01T10:00+01:00 (years 1600 to 9999)";
    case ColumnType::wall_time:
      return "a timestamp without a zone such as 2026-12-01T10:00 (years 1600 to 9999)";
    case ColumnType::time_of_day:
      return "a time of day such as 22:00";
    case ColumnType::text_list:
      return "a list of texts, or a text with commas";
    case ColumnType::null:
    case ColumnType::text:
      break;
  }
  return "a text";
}

// Whether the type's own cells always are fit to be stored.
bool always_fits(ColumnType type) {
  return type != ColumnType::date && type != ColumnType::instant && type != ColumnType::wall_time;
}

// Whether `fits` says so of each text of the column; blank ones are empty cells.
template <typename Fits>
bool all_texts(const Column& column, Fits fits) {
  for (std::size_t row = 0; row < column.rows(); ++row) {
    const Cell cell = column.cell(row);
    const auto* text = std::get_if<std::string_view>(&cell);
    if (text != nullptr && !trimmed(*text).empty() && !fits(*text)) return false;
  }
  return true;
}

bool all_whole(const Column& column) {
  for (std::size_t row = 0; row < column.rows(); ++row) {
    const Cell cell = column.cell(row);
    if (const auto* value = std::get_if<double>(&cell); value != nullptr && !is_whole(*value)) return false;
  }
  return true;
}

}  // namespace

std::optional<StoredCell> stored_cell(const Cell& cell, ColumnType type, std::string& scratch) {
  if (std::holds_alternative<std::monostate>(cell)) return StoredCell{};
  if (type == ColumnType::text || type == ColumnType::null) return text_cell(cell, scratch);
  if (const auto* text = std::get_if<std::string_view>(&cell); text != nullptr && trimmed(*text).empty()) {
    return StoredCell{};
  }
  switch (type) {
    case ColumnType::boolean:
      return boolean_cell(cell);
    case ColumnType::integer:
      return integer_cell(cell);
    case ColumnType::real:
      return real_cell(cell);
    case ColumnType::date:
      return date_cell(cell, scratch);
    case ColumnType::instant:
      return moment_cell(cell, true, scratch);
    case ColumnType::wall_time:
      return moment_cell(cell, false, scratch);
    case ColumnType::time_of_day:
      return time_cell(cell, scratch);
    case ColumnType::text_list:
      return list_cell(cell, scratch);
    case ColumnType::null:
    case ColumnType::text:
      break;
  }
  return std::nullopt;
}

ColumnType taken_type(ColumnType stored, const Column& given, bool text_by_nature) {
  const ColumnType type = all_empty(given) ? ColumnType::null : given.type();
  if (type == stored || type == ColumnType::null) return stored;
  if (stored == ColumnType::null) return type;
  if (stored == ColumnType::integer && type == ColumnType::real) return all_whole(given) ? stored : type;
  const bool numbers = stored == ColumnType::integer || stored == ColumnType::real;
  if (!numbers || type != ColumnType::text) return stored;
  const auto is_whole_number = [](std::string_view text) { return number_in<std::int64_t>(text).has_value(); };
  if (stored == ColumnType::integer && all_texts(given, is_whole_number)) return stored;
  if (all_texts(given, [](std::string_view text) { return real_in(text).has_value(); })) return ColumnType::real;
  return text_by_nature ? ColumnType::text : stored;
}

void check_cells(const Table& table, const Column& given, ColumnType type, Problems& problems) {
  if (all_empty(given) || (given.type() == type && always_fits(type))) return;
  std::string scratch;
  for (std::size_t row = 0; row < given.rows(); ++row) {
    if (stored_cell(given.cell(row), type, scratch)) continue;
    problems.add(table, row, given.name(),
                 std::string("expected ") + example_of(type) + ", as the store has in this column");
  }
}

void bind_cell(Statement& statement, int place, const StoredCell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    statement.bind(place, *number);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    statement.bind(place, *real);
  } else if (const auto* text = std::get_if<std::string_view>(&cell)) {
    statement.bind(place, *text);
  } else {
    statement.bind_null(place);
  }
}

}  // namespace courtesy
