// Columns given away through the Arrow C stream interface.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/base/arrow_abi.h>
#include <courtesy/time/civil.h>

namespace courtesy {

// One column to give away: an Arrow format string, its buffers, for a dictionary its values, and for lists their items.
class OutColumn {
 public:
  static OutColumn integers(std::string name, std::vector<std::int64_t> cells);
  static OutColumn small_integers(std::string name, std::vector<std::int32_t> cells);
  static OutColumn instants(std::string name, const std::vector<Instant>& cells);     // Instant::max() is empty
  static OutColumn wall_times(std::string name, const std::vector<WallTime>& cells);  // WallTime::max() is empty
  static OutColumn dates(std::string name, const std::vector<Day>& cells);            // Day::max() is empty
  static OutColumn dates(std::string name, std::vector<std::int32_t> days);           // since 1970-01-01
  // Integers of which some are empty.
  static OutColumn optional_integers(std::string name, std::vector<std::int64_t> cells,
                                     const std::vector<bool>& filled);
  // Numbers, of which NaN is empty.
  static OutColumn reals(std::string name, std::vector<double> cells);
  static OutColumn booleans(std::string name, const std::vector<std::optional<bool>>& cells);
  static OutColumn times(std::string name, const std::vector<std::optional<TimeOfDay>>& cells);
  static OutColumn lists(std::string name, const std::vector<std::optional<std::vector<std::string_view>>>& cells);
  // Codes of a small dictionary; a negative code is an empty cell.
  static OutColumn codes(std::string name, std::vector<std::int32_t> codes, const std::vector<std::string>& names);

  // Texts, appended one by one.
  class Texts {
   public:
    void reserve(std::size_t cells, std::size_t bytes);
    void add(std::string_view text);
    void add_empty();
    [[nodiscard]] OutColumn finish(std::string name) &&;

   private:
    std::vector<std::int64_t> ends_{0};
    std::vector<char> bytes_;
    std::vector<bool> filled_;
  };

  void export_schema(ArrowSchema* out) const;
  void export_array(ArrowArray* out) const;  // shares the buffers, copies nothing
  [[nodiscard]] std::int64_t rows() const noexcept { return rows_; }

 private:
  OutColumn(std::string name, std::string format, std::int64_t rows);
  template <typename T>
  void add_buffer(std::vector<T> cells);
  void set_filled(const std::vector<bool>& filled);

  std::string name_;
  std::string format_;
  std::int64_t rows_ = 0;
  std::int64_t nulls_ = 0;
  // The first is the validity bitmap, which may be missing.
  std::vector<std::shared_ptr<const void>> buffers_{nullptr};
  std::shared_ptr<const OutColumn> dictionary_;
  std::shared_ptr<const OutColumn> items_;  // of a column of lists
};

// Gives the columns (of one length) away as a stream of one batch.
void export_stream(std::vector<OutColumn> columns, ArrowArrayStream* out);

}  // namespace courtesy
