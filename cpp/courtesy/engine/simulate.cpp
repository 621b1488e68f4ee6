#include <courtesy/engine/simulate.h>

#include <algorithm>

namespace courtesy {
namespace {

// What is known of a shop from day to day.
class Journal {
 public:
  Journal(const Table& customers, const std::optional<Table>& assets, BuildOptions build, EventRows rows)
      : customers_(customers), assets_(assets), build_(std::move(build)), rows_(std::move(rows)) {}

  void happened(const EventRow& row) { rows_.add(row); }
  // Lives until something more happens.
  [[nodiscard]] std::shared_ptr<const CustomerBase> base() {
    return build_base(customers_, rows_.table(), assets_, build_);
  }

 private:
  const Table& customers_;
  const std::optional<Table>& assets_;
  BuildOptions build_;
  EventRows rows_;
};

// The `contact` event of a reminder that was planned or merged.
EventRow contact_of(const Plan& plan, const Reminder& reminder) {
  const Occasion& occasion = plan.rules->occasions[reminder.occasion];
  EventRow row;
  row.customer = plan.base->customer_ids().text(reminder.customer);
  row.kind = "contact";
  row.at = iso_text(reminder.due);
  if (reminder.asset != no_index) row.asset = plan.base->asset_ids().text(reminder.asset);
  row.ref = to_hex(reminder.key);
  if (reminder.channel != no_code) row.channel = plan.channels[reminder.channel];
  row.by = occasion.steps[reminder.step].team;
  row.note = purpose_name(occasion.purpose);
  if (const Extra* const extra = plan.extras->of(reminder.key)) {
    row.topic = extra->gesture != nullptr ? extra->gesture->name : extra->partner;
    if (extra->gesture != nullptr) row.value = extra->gesture->cost;
  }
  return row;
}

class Diary {
 public:
  explicit Diary(Simulation& simulation) : simulation_(simulation) {}

  void note(const Plan& plan, std::int32_t day) {
    for (std::size_t i = 0; i < plan.size(); ++i) {
      const Reminder row = plan.row(i);
      if (row.state == State::withheld) {
        if (row.reason != ReasonCode::sent) ++simulation_.withheld[{row.occasion, row.reason}];
        continue;
      }
      simulation_.said.push_back({row.due, row.key, plan.notes->contact_of(row.key), row.customer, row.asset,
                                  row.occasion, row.step, day, code_of(plan.channels[row.channel])});
    }
  }

 private:
  // A plan's codes of channels are its own.
  [[nodiscard]] std::uint16_t code_of(const std::string& channel) {
    const auto known = std::find(simulation_.channels.begin(), simulation_.channels.end(), channel);
    const auto code = static_cast<std::uint16_t>(known - simulation_.channels.begin());
    if (known == simulation_.channels.end()) simulation_.channels.push_back(channel);
    return code;
  }

  Simulation& simulation_;
};

// The events before the start, as rows.
std::shared_ptr<EventRows> past_of(const CustomerBase& base, Instant start, std::size_t& left_out) {
  auto rows = std::make_shared<EventRows>();
  for (Index customer = 0; base.events() != 0 && customer < base.customers(); ++customer) {
    for (Index event = base.event_begin()[customer]; event < base.event_begin()[customer + 1]; ++event) {
      if (base.event_at(event, customer) < start) {
        rows->add(event_row_of(base, event, customer));
      } else {
        ++left_out;
      }
    }
  }
  return rows;
}

}  // namespace

Simulation simulate(const Table& customers, const std::optional<Table>& events, const std::optional<Table>& assets,
                    const BuildOptions& build, std::shared_ptr<const Rules> rules, const SimulateOptions& options) {
  const auto given = build_base(customers, events, assets, build);
  const auto shop_zone = Zone::named(build.shop_zone);
  const auto begins = [&](int day) { return shop_zone->to_utc(WallTime{options.start + std::chrono::days{day}}); };

  Simulation out;
  out.rules = rules;
  out.start = options.start;
  out.days = options.days;
  out.warnings = given->warnings();
  const auto past = past_of(*given, begins(0), out.left_out);
  out.rows = past;
  const Column* const ids = events ? events->find("id") : nullptr;
  out.integer_ids = ids != nullptr && (ids->type() == ColumnType::integer || ids->type() == ColumnType::real);
  out.integer_assets = given->asset_ids().are_integers();
  BuildOptions again = build;
  again.naive_zone.reset();
  out.base = build_base(customers, past->table(), assets, again);

  const History history(*out.base, begins(0));
  const std::vector<Outcome> outcomes = draw_outcomes(history, begins(options.days), options.seed);
  Journal journal(customers, assets, again, *past);
  Diary diary(out);
  std::size_t next = 0;
  for (int day = 0; day < options.days; ++day) {
    const Window window{begins(day), begins(day + 1)};
    for (; next < outcomes.size() && outcomes[next].at < window.end; ++next) {
      out.outcomes.push_back(event_row_of(history, outcomes[next], {out.integer_ids}));
      journal.happened(out.outcomes.back());
    }
    const Plan planned = plan(journal.base(), rules, window, {true, options.threads});
    if (day == 0) out.warnings.insert(out.warnings.end(), planned.warnings.begin(), planned.warnings.end());
    diary.note(planned, day);
    std::vector<EventRow> contacts;
    for (std::size_t i = 0; i < planned.size(); ++i) {
      if (planned.columns.state[i] != State::withheld) contacts.push_back(contact_of(planned, planned.row(i)));
    }
    for (const EventRow& row : contacts) journal.happened(row);
    if (options.progress) options.progress(day + 1);
  }
  return out;
}

}  // namespace courtesy
