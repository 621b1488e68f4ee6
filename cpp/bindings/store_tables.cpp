#include "store_tables.h"

#include <courtesy/base/table_builder.h>

namespace courtesy::bindings {
namespace {

// Builds a table of so many rows column by column: a function says what stands in the row of a number.
class Columns {
 public:
  Columns(std::string name, std::size_t rows) : builder_(std::move(name)), rows_(rows) {}

  // An empty text is an empty cell.
  template <typename Of>
  Columns& texts(std::string name, const Of& of) {
    builder_.texts(std::move(name), cells<std::string>([&](std::size_t row) {
                     std::string text(of(row));
                     return text.empty() ? std::nullopt : std::optional(std::move(text));
                   }));
    return *this;
  }
  template <typename Of>
  Columns& integers(std::string name, const Of& of) {
    builder_.integers(std::move(name), cells<std::int64_t>(of));
    return *this;
  }
  template <typename Of>
  Columns& instants(std::string name, const Of& of) {
    builder_.instants(std::move(name), cells<Instant>(of));
    return *this;
  }
  template <typename Of>
  Columns& wall_times(std::string name, const Of& of) {
    builder_.wall_times(std::move(name), cells<WallTime>(of));
    return *this;
  }
  // A store's ids are all integers or all texts.
  template <typename Of>
  Columns& ids(std::string name, const Of& of) {
    if (rows_ > 0 && std::holds_alternative<std::int64_t>(of(0))) {
      return integers(std::move(name), [&](std::size_t row) { return std::get<std::int64_t>(of(row)); });
    }
    return texts(std::move(name), [&](std::size_t row) { return std::get<std::string>(of(row)); });
  }
  [[nodiscard]] OutTable build() { return OutTable::of(builder_.build()); }

 private:
  template <typename CellType, typename Of>
  std::vector<std::optional<CellType>> cells(const Of& of) const {
    std::vector<std::optional<CellType>> out;
    out.reserve(rows_);
    for (std::size_t row = 0; row < rows_; ++row) out.emplace_back(of(row));
    return out;
  }

  TableBuilder builder_;
  std::size_t rows_;
};

}  // namespace

OutTable due_table(const std::vector<Claimed>& rows) {
  const auto owed = [&](std::size_t row) -> const OwedRow& { return rows[row].row.owed; };
  Columns columns("due", rows.size());
  columns.texts("key", [&](std::size_t row) { return to_hex(owed(row).key); })
      .ids("customer", [&](std::size_t row) -> const StoredId& { return rows[row].row.customer_id; })
      .texts("asset", [&](std::size_t row) { return owed(row).asset; })
      .texts("occasion", [&](std::size_t row) { return owed(row).occasion; })
      .texts("step", [&](std::size_t row) { return owed(row).step; })
      .instants("due", [&](std::size_t row) { return owed(row).due; })
      .wall_times("local", [&](std::size_t row) { return owed(row).local; })
      .texts("zone", [&](std::size_t row) { return owed(row).zone; })
      .texts("channel", [&](std::size_t row) { return owed(row).channel; })
      .texts("audience", [&](std::size_t row) { return owed(row).audience; })
      .integers("priority", [&](std::size_t row) { return owed(row).priority; })
      .texts("message", [&](std::size_t row) { return owed(row).message; })
      .texts("team", [&](std::size_t row) { return owed(row).team; })
      .texts("state", [&](std::size_t row) { return outbox_state_name(owed(row).state); })
      .integers("attempts", [&](std::size_t row) { return rows[row].row.attempts; });
  return columns.build();
}

}  // namespace courtesy::bindings
