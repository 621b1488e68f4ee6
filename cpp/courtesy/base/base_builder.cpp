#include <courtesy/base/base_builder.h>
#include <courtesy/base/builder.h>
#include <courtesy/nearest.h>

namespace courtesy {

BaseBuilder::BaseBuilder(const BuildOptions& options) : options_(options), base_(std::make_shared<CustomerBase>()) {
  base_->zones_.push_back(Zone::named(options.shop_zone));
  naive_is_customers_ = options.naive_zone == "customer";
  if (options.naive_zone && !naive_is_customers_) naive_zone_ = Zone::named(*options.naive_zone);
}

bool BaseBuilder::required_columns(const Table& table, std::initializer_list<const char*> names) {
  bool all = true;
  for (const char* name : names) {
    if (table.find(name) != nullptr) continue;
    std::string have;
    std::vector<std::string> names_of_columns;
    for (const Column& column : table.columns) {
      have += (have.empty() ? "'" : ", '") + column.name() + "'";
      names_of_columns.push_back(column.name());
    }
    const auto near = nearest(name, names_of_columns, 1);
    problems_.add(table, std::string("the column '") + name + "' is missing" +
                             (have.empty() ? "; the table has no columns" : "; there are " + have) +
                             (near.empty() ? std::string() : " (is it '" + near.front() + "'?)"));
    all = false;
  }
  return all;
}

void BaseBuilder::take_ids(const Table& table, const Column& column, const std::vector<bool>& left_out, Ids& ids) {
  const std::int64_t* const numbers = left_out.empty() ? plain_integers(&column) : nullptr;
  if (numbers != nullptr) {
    // The base keeps the table.
    ids = Ids(std::span(numbers, column.rows()));
    report_repeated_id(table, column, ids, {});
    return;
  }
  IdColumn given = read_ids(table, column, true, problems_);
  std::vector<std::size_t> rows;
  if (given.integers) {
    if (!left_out.empty()) {
      std::vector<std::int64_t> kept;
      for (std::size_t row = 0; row < given.numbers.size(); ++row) {
        if (left_out[row]) continue;
        kept.push_back(given.numbers[row]);
        rows.push_back(row);
      }
      given.numbers = std::move(kept);
    }
    ids = Ids(std::move(given.numbers));
  } else {
    ids = Ids::texts(column.rows());
    if (given.texts != nullptr) {
      each_text(column, [&](std::size_t row, bool, std::string_view text) {
        if (!left_out.empty() && left_out[row]) return;
        ids.add(text);
        if (!left_out.empty()) rows.push_back(row);
      });
    }
  }
  report_repeated_id(table, column, ids, rows);
}

void BaseBuilder::report_repeated_id(const Table& table, const Column& column, Ids& ids,
                                     const std::vector<std::size_t>& rows) {
  // An empty id has been reported; it is no repetition.
  const Index repeated = ids.index();
  if (repeated == no_index || !problems_.empty()) return;
  const std::size_t row = rows.empty() ? repeated : rows[repeated];
  const Index before = ids.find(ids.text(repeated));
  problems_.add(table, row, column.name(),
                "the id '" + ids.text(repeated) + "' stands in row " +
                    std::to_string(rows.empty() ? before : rows[before]) + " already; ids must be unique");
}

std::vector<Index> BaseBuilder::find_customers(const Table& table, const Column& column) {
  const Ids& ids = base_->customer_ids_;
  if (const std::int64_t* const numbers = plain_integers(&column)) {
    std::vector<Index> found(column.rows());
    for (std::size_t row = 0; row < found.size(); ++row) found[row] = ids.find(numbers[row]);
    return found;
  }
  const IdColumn given = read_ids(table, column, true, problems_);
  std::vector<Index> found(column.rows(), no_index);
  if (given.integers) {
    for (std::size_t row = 0; row < found.size(); ++row) {
      if (given.filled.empty() || given.filled[row]) found[row] = ids.find(given.numbers[row]);
    }
  } else if (given.texts != nullptr) {
    std::vector<std::string_view> texts;
    std::vector<std::size_t> rows;
    constexpr std::size_t some = 4096;
    std::vector<Index> places(some);
    const auto look_up = [&] {
      ids.find(texts, places.data());
      for (std::size_t i = 0; i < rows.size(); ++i) found[rows[i]] = places[i];
      texts.clear();
      rows.clear();
    };
    each_text(column, [&](std::size_t row, bool filled, std::string_view text) {
      if (!filled || text.empty()) return;
      texts.push_back(text);
      rows.push_back(row);
      if (texts.size() == some) look_up();
    });
    look_up();
  }
  return found;
}

std::shared_ptr<const CustomerBase> BaseBuilder::finish() {
  problems_.raise_if_any();
  return std::move(base_);
}

namespace {

// Data frames give a column without any cell whatever type they like, most of the time that of numbers.
Table with_empty_columns_of_no_type(Table table) {
  for (Column& column : table.columns) {
    if (column.type() == ColumnType::null || !all_empty(column)) continue;
    auto data = std::make_shared<Column::Data>();
    Chunk chunk;
    chunk.rows = column.rows();
    data->add(std::move(chunk));
    column = Column(column.name(), ColumnType::null, std::move(data));
  }
  return table;
}

}  // namespace

std::shared_ptr<const CustomerBase> build_base(Table customers, std::optional<Table> events,
                                               std::optional<Table> assets, const BuildOptions& options) {
  BaseBuilder builder(options);
  builder.take_customers(with_empty_columns_of_no_type(std::move(customers)));
  if (assets) builder.take_assets(with_empty_columns_of_no_type(std::move(*assets)));
  if (events) builder.take_events(with_empty_columns_of_no_type(std::move(*events)));
  return builder.finish();
}

}  // namespace courtesy
