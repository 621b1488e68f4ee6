// The journal's rows of some customers, as `plan` takes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <courtesy/base/event_rows.h>
#include <courtesy/store/event_table.h>
#include <courtesy/store/record_table.h>

namespace courtesy {

// A base that is built of a slice looks into its memory.
struct Slice {
  std::vector<std::int64_t> numbers;  // in the store, by row of `customers`; sorted
  Table customers;
  std::optional<Table> assets;
  EventRows events;  // of the journal alone; contacts are added by the outbox
  bool integer_ids = true;
};

class SliceReader {
 public:
  SliceReader(Database& database, Settings& settings, RecordTable& customers, RecordTable& assets, EventTable& events);

  // Of the customers with these numbers (sorted) that there are; of all.
  [[nodiscard]] Slice read(const std::vector<std::int64_t>& numbers);
  [[nodiscard]] Slice read_all();

  [[nodiscard]] Table all_customers();
  [[nodiscard]] Table all_assets();

 private:
  // What reads the rows of one of the two tables.
  struct Reader {
    RecordTable* records;
    std::string first;  // the columns before the given ones
    std::string key;    // the column by which some are found
    std::int64_t version = -1;
    Statement some{}, all{};
  };
  // Rows of a slice on their way into a table.
  class Rows;

  void prepare(Reader& reader);
  [[nodiscard]] Slice read(const std::vector<std::int64_t>* numbers);
  void read_customers(const std::vector<std::int64_t>* numbers, Slice& slice, std::vector<StoredId>& ids);
  [[nodiscard]] Table read_assets(const Slice& slice, const std::vector<StoredId>& ids, bool all);

  Database& database_;
  Settings& settings_;
  EventTable& events_;
  Reader customers_, assets_;
};

}  // namespace courtesy
