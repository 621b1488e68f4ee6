// The parts of building a customer base; base_builder.h is its face.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <courtesy/base/base_builder.h>
#include <courtesy/base/cells.h>
#include <courtesy/base/customer_base.h>

namespace courtesy {

class BaseBuilder {
 public:
  explicit BaseBuilder(const BuildOptions& options);

  void take_customers(Table table);
  void take_assets(Table table);
  void take_events(Table table);
  // The base, or an Error with every problem that was found.
  [[nodiscard]] std::shared_ptr<const CustomerBase> finish();

 private:
  // Customers (build_customers.cpp).
  void read_zones(const Table& table);
  void read_birthdays(const Table& table);
  void read_status(const Table& table);
  void read_quiet_hours(const Table& table);
  void read_contacts(const Table& table);
  // Lists of channels are in order of preference; those of tags are sorted.
  void read_lists(const Table& table, const char* column, Names& names, std::vector<Code>& list,
                  std::vector<std::vector<Code>>& lists, bool of_channels);
  void warn_of_near_names(const Table& table);

  // Events (build_events.cpp).
  struct Moments {
    std::vector<std::int64_t> at;  // empty where all are dates
    std::vector<std::int32_t> day;
  };
  [[nodiscard]] std::vector<Index> read_event_customers(const Table& table);
  [[nodiscard]] std::vector<Code> read_kinds(const Table& table);
  [[nodiscard]] std::vector<Code> read_event_channels(const Table& table, const Column& column);
  // The column's instants and dates. Where empty cells are allowed they are no_day and no_instant, and so is the
  // instant of a date; else a date's instant is the beginning of its day, and an empty cell is reported.
  [[nodiscard]] Moments read_moments(const Table& table, const Column& column, const std::vector<Index>& customer,
                                     bool may_be_empty);
  void read_event_assets(const Table& table, const std::vector<Index>& customer);
  void check_event_ids(const Table& table);
  // Their order (order_events.cpp).
  [[nodiscard]] std::vector<Index> order_events(const Table& table, const std::vector<Index>& customer,
                                                const Moments& moments);
  void fill_events(const Table& table, std::vector<Index> order, std::vector<Code> kinds, Moments moments,
                   Moments dues);
  [[nodiscard]] std::vector<std::size_t> count_kinds();
  void index_kinds();

  // Shared.
  bool required_columns(const Table& table, std::initializer_list<const char*> names);
  // Fills the base's ids; reports the empty and the repeated ones.
  void take_ids(const Table& table, const Column& column, const std::vector<bool>& left_out, Ids& ids);
  // `rows`: of the table, by place in `ids`; empty where they are the same.
  void report_repeated_id(const Table& table, const Column& column, Ids& ids, const std::vector<std::size_t>& rows);
  // The customer that each row names; no_index where it is unknown.
  [[nodiscard]] std::vector<Index> find_customers(const Table& table, const Column& column);

  BuildOptions options_;
  std::shared_ptr<const Zone> naive_zone_;
  bool naive_is_customers_ = false;
  std::shared_ptr<CustomerBase> base_;
  Problems problems_;
  bool have_assets_ = false;
  std::vector<Index> row_asset_;  // of the events' rows
};

}  // namespace courtesy
