// Builds a customer base from input tables, and says what is wrong with them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <courtesy/base/customer_base.h>

namespace courtesy {

struct BuildOptions {
  std::string shop_zone = "UTC";          // for customers without a zone
  std::optional<std::string> naive_zone;  // the zone of timestamps that carry none; without it they are an error
  bool skip_unknown = false;              // leave out events and assets of unknown customers, count them, warn
};

// Columns and their types are those of the design's tables; unknown columns of customers and assets become free
// attributes, unknown columns of events are an error with a suggestion. Cells of text are read as what the column
// needs (dates, instants, numbers, lists split at commas). A timestamp column without a zone in which every cell is
// midnight holds dates. Identical events without ids are one event. Throws Error{data} with up to 20 problems, each
// naming table, row and column (and file and line for tables from CSV).
[[nodiscard]] std::shared_ptr<const CustomerBase> build_base(Table customers, std::optional<Table> events,
                                                             std::optional<Table> assets, const BuildOptions& options);

}  // namespace courtesy
