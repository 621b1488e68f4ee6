#include <courtesy/base/event_content.h>

#include <array>
#include <charconv>
#include <cmath>

namespace courtesy {
namespace {

template <typename Number>
void append_number(Number number, std::string& out) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_cell(const Cell& cell, std::string& out) {
  std::visit(
      [&](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, bool>) {
          out += value ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          append_number(value, out);
        } else if constexpr (std::is_same_v<T, double>) {
          // 45 and 45.0 are one value: a file and a data frame must not disagree on it.
          constexpr double exact = 9007199254740992.0;
          if (std::abs(value) < exact && !(std::floor(value) < value)) {
            append_number(static_cast<std::int64_t>(value), out);
          } else {
            append_number(value, out);
          }
        } else if constexpr (std::is_same_v<T, std::string_view>) {
          out += value;
        } else if constexpr (std::is_same_v<T, Day> || std::is_same_v<T, Instant> || std::is_same_v<T, WallTime>) {
          out += iso_text(value);
        } else if constexpr (std::is_same_v<T, TimeOfDay>) {
          out += clock_text(value);
        } else if constexpr (std::is_same_v<T, std::vector<std::string_view>>) {
          for (const std::string_view item : value) out.append(item).append(",");
        }
      },
      cell);
}

// A cell of a file is a text whatever it means; an event must not have another id for it.
Cell as_number(const Cell& cell) {
  const auto* text = std::get_if<std::string_view>(&cell);
  if (text == nullptr) return cell;
  double number = 0;
  const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
  return failure == std::errc{} && end == text->data() + text->size() ? Cell{number} : cell;
}

Cell as_time(const Cell& cell) {
  const auto* text = std::get_if<std::string_view>(&cell);
  if (text == nullptr) return cell;
  if (const auto day = parse_date(*text)) return *day;
  if (const auto moment = parse_date_time(*text)) {
    if (moment->instant) return *moment->instant;
    return moment->wall;
  }
  return cell;
}

class Writer {
 public:
  void field(const auto& append) {
    const std::size_t start = bytes_.size();
    bytes_.append(4, '\0');
    append(bytes_);
    const auto length = static_cast<std::uint32_t>(bytes_.size() - start - 4);
    for (unsigned i = 0; i < 4; ++i) bytes_[start + i] = static_cast<char>(length >> (8 * i) & 255U);
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace

std::string_view text_in(const Column* column, std::size_t row) {
  if (column == nullptr || column->type() != ColumnType::text) return {};
  const Cell cell = column->cell(row);
  const auto* text = std::get_if<std::string_view>(&cell);
  return text == nullptr ? std::string_view{} : *text;
}

bool append_id_cell(const Cell& cell, std::string& out) {
  const std::size_t before = out.size();
  append_cell(cell, out);
  return out.size() != before;
}

Hash128 event_content(const Table& events, std::size_t row, std::string_view customer, EventTime at) {
  Writer writer;
  writer.field([&](std::string& out) { out += customer; });
  const auto cell = [&](std::string_view column) {
    const Column* found = events.find(column);
    return found == nullptr ? Cell{} : found->cell(row);
  };
  const auto field = [&](const Cell& value) { writer.field([&](std::string& out) { append_cell(value, out); }); };
  field(cell("kind"));
  writer.field([&](std::string& out) {
    if (const auto* day = std::get_if<Day>(&at)) {
      out += iso_text(*day);
    } else {
      append_number(std::get<Instant>(at).time_since_epoch().count(), out);
    }
  });
  field(cell("asset"));
  field(as_number(cell("value")));
  field(cell("unit"));
  field(as_time(cell("due")));
  for (const std::string_view column : {"ref", "channel", "by", "note"}) field(cell(column));
  // The youngest column: what was hashed before there was one keeps its id.
  std::string topic;
  if (append_id_cell(cell("topic"), topic)) writer.field([&](std::string& out) { out += topic; });
  return hash128(writer.bytes());
}

}  // namespace courtesy
