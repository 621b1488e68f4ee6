#include <courtesy/plan/compare_table.h>

#include <courtesy/base/dictionary.h>

namespace courtesy {
namespace {

// A column of names, of which an empty one is an empty cell.
template <typename Row, typename NameOf>
OutColumn names_column(std::string name, const std::vector<Row>& rows, NameOf name_of) {
  NameColumn names;
  for (const Row& row : rows) names.add(name_of(row));
  return std::move(names).finish(std::move(name));
}

template <typename Row>
OutColumn numbers_column(std::string name, const std::vector<Row>& rows, std::int64_t Row::* number) {
  std::vector<std::int64_t> cells;
  cells.reserve(rows.size());
  for (const Row& row : rows) cells.push_back(row.*number);
  return OutColumn::integers(std::move(name), std::move(cells));
}

// A changed reminder in the plan that knows it: in the second, else in the first.
struct Known {
  const Plan& plan;
  std::size_t row;
};

Known known(const Comparison& comparison, const ChangedReminder& change) {
  return change.after != no_row ? Known{*comparison.after, change.after} : Known{*comparison.before, change.before};
}

// Whole numbers where both plans have them, else texts.
template <typename IdsOf, typename IndexOf>
OutColumn ids_column(std::string name, const Comparison& comparison, IdsOf ids_of, IndexOf index_of) {
  const std::vector<ChangedReminder>& changes = comparison.changes;
  if (ids_of(*comparison.before).are_integers() && ids_of(*comparison.after).are_integers()) {
    std::vector<std::int64_t> numbers(changes.size());
    std::vector<bool> filled(changes.size());
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const Known of = known(comparison, changes[i]);
      const Index index = index_of(of);
      filled[i] = index != no_index;
      if (filled[i]) numbers[i] = ids_of(of.plan).number(index);
    }
    return OutColumn::optional_integers(std::move(name), std::move(numbers), filled);
  }
  OutColumn::Texts texts;
  for (const ChangedReminder& change : changes) {
    const Known of = known(comparison, change);
    const Index index = index_of(of);
    if (index == no_index) {
      texts.add_empty();
    } else {
      texts.add(ids_of(of.plan).text(index));
    }
  }
  return std::move(texts).finish(std::move(name));
}

const Step& step_of(const Plan& plan, std::size_t row) {
  return plan.rules->occasions[plan.columns.occasion[row]].steps[plan.columns.step[row]];
}

using RowOf = std::size_t ChangedReminder::*;

// A column of one of the plans.
template <typename T, typename CellOf>
std::vector<T> cells_of(const Comparison& comparison, RowOf row_of, CellOf cell_of) {
  std::vector<T> cells;
  cells.reserve(comparison.changes.size());
  for (const ChangedReminder& change : comparison.changes)
    cells.push_back(change.*row_of == no_row ? T::max() : cell_of(change.*row_of));
  return cells;
}

template <typename NameOf>
OutColumn side_names(std::string name, const Comparison& comparison, RowOf row_of, NameOf name_of) {
  return names_column(std::move(name), comparison.changes, [&](const ChangedReminder& change) {
    return change.*row_of == no_row ? std::string_view{} : std::string_view(name_of(change.*row_of));
  });
}

}  // namespace

std::vector<OutColumn> counts_table(const Comparison& comparison) {
  const std::vector<ChangeCounts>& rows = comparison.counts;
  std::vector<OutColumn> out;
  out.push_back(names_column("occasion", rows, [](const auto& row) -> std::string_view { return row.occasion; }));
  out.push_back(names_column("audience", rows, [](const auto& row) { return audience_name(row.audience); }));
  out.push_back(names_column("channel", rows, [](const auto& row) -> std::string_view { return row.channel; }));
  out.push_back(numbers_column("before", rows, &ChangeCounts::before));
  out.push_back(numbers_column("after", rows, &ChangeCounts::after));
  out.push_back(numbers_column("more", rows, &ChangeCounts::more));
  out.push_back(numbers_column("fewer", rows, &ChangeCounts::fewer));
  out.push_back(numbers_column("rerouted_in", rows, &ChangeCounts::rerouted_in));
  out.push_back(numbers_column("rerouted_out", rows, &ChangeCounts::rerouted_out));
  out.push_back(numbers_column("moved", rows, &ChangeCounts::moved));
  out.push_back(numbers_column("same", rows, &ChangeCounts::same));
  return out;
}

std::vector<OutColumn> changes_table(const Comparison& comparison) {
  const std::vector<ChangedReminder>& changes = comparison.changes;
  std::vector<OutColumn> out;
  OutColumn::Texts keys;
  keys.reserve(changes.size(), changes.size() * 32);
  for (const ChangedReminder& change : changes) {
    const Known of = known(comparison, change);
    keys.add(to_hex(of.plan.columns.key[of.row]));
  }
  out.push_back(std::move(keys).finish("key"));
  out.push_back(ids_column(
      "customer", comparison, [](const Plan& plan) -> const Ids& { return plan.base->customer_ids(); },
      [](const Known& of) { return of.plan.columns.customer[of.row]; }));
  out.push_back(ids_column(
      "asset", comparison, [](const Plan& plan) -> const Ids& { return plan.base->asset_ids(); },
      [](const Known& of) { return of.plan.columns.asset[of.row]; }));
  out.push_back(names_column("occasion", changes, [&](const ChangedReminder& change) -> std::string_view {
    const Known of = known(comparison, change);
    return of.plan.rules->occasions[of.plan.columns.occasion[of.row]].name;
  }));
  out.push_back(names_column("step", changes, [&](const ChangedReminder& change) -> std::string_view {
    const Known of = known(comparison, change);
    return step_of(of.plan, of.row).name;
  }));
  out.push_back(
      names_column("change", changes, [](const ChangedReminder& change) { return change_name(change.change); }));

  const auto sides = [&](const char* name, auto column) {
    out.push_back(column(std::string(name) + "_before", *comparison.before, &ChangedReminder::before));
    out.push_back(column(std::string(name) + "_after", *comparison.after, &ChangedReminder::after));
  };
  sides("due", [&](std::string name, const Plan& plan, RowOf row_of) {
    return OutColumn::instants(
        std::move(name), cells_of<Instant>(comparison, row_of, [&](std::size_t row) { return plan.columns.due[row]; }));
  });
  sides("local", [&](std::string name, const Plan& plan, RowOf row_of) {
    return OutColumn::wall_times(std::move(name), cells_of<WallTime>(comparison, row_of, [&](std::size_t row) {
                                   return plan.columns.local[row];
                                 }));
  });
  sides("audience", [&](std::string name, const Plan& plan, RowOf row_of) {
    return side_names(std::move(name), comparison, row_of,
                      [&](std::size_t row) { return audience_name(step_of(plan, row).audience); });
  });
  sides("channel", [&](std::string name, const Plan& plan, RowOf row_of) {
    return side_names(std::move(name), comparison, row_of, [&](std::size_t row) -> std::string_view {
      const Code channel = plan.columns.channel[row];
      return channel == no_code ? std::string_view{} : std::string_view(plan.channels[channel]);
    });
  });
  sides("state", [&](std::string name, const Plan& plan, RowOf row_of) {
    return side_names(std::move(name), comparison, row_of,
                      [&](std::size_t row) { return state_name(plan.columns.state[row]); });
  });
  sides("reason", [&](std::string name, const Plan& plan, RowOf row_of) {
    return side_names(std::move(name), comparison, row_of,
                      [&](std::size_t row) { return reason_name(plan.columns.reason[row]); });
  });
  return out;
}

}  // namespace courtesy
