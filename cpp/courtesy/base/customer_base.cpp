#include <courtesy/base/column_data.h>
#include <courtesy/base/customer_base.h>
#include <courtesy/base/digits.h>
#include <courtesy/base/event_content.h>
#include <courtesy/base/hash.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>

namespace courtesy {
namespace {

// A cell of a column of ids as text; empty where there is no such column or the cell is empty.
std::string_view id_in(const Column* column, std::size_t row, std::string& scratch) {
  if (column == nullptr) return {};
  const std::string_view text = text_in(column, row);
  if (!text.empty()) return text;
  scratch.clear();
  (void)append_id_cell(column->cell(row), scratch);
  return scratch;
}

}  // namespace

std::string_view status_name(Status status) {
  switch (status) {
    case Status::active:
      return "active";
    case Status::closed:
      return "closed";
    case Status::deceased:
      return "deceased";
    case Status::do_not_contact:
      return "do_not_contact";
  }
  return "active";
}

const std::vector<Index>& CustomerBase::Sharing::of(const std::string& column, const CustomerBase& base) {
  const std::lock_guard lock(mutex_);
  const auto [entry, fresh] = known_.try_emplace(column);
  std::vector<Index>& first = entry->second;
  if (!fresh) return first;
  first.resize(base.customers());
  std::iota(first.begin(), first.end(), Index{0});
  const Column* cells = base.customer_table().find(column);
  if (cells == nullptr) return first;
  if (cells->type() == ColumnType::text) {
    std::unordered_map<std::string_view, Index> seen(base.customers());
    each_text(*cells, [&](std::size_t row, bool filled, std::string_view text) {
      const auto customer = static_cast<Index>(row);
      if (filled && !text.empty()) first[row] = seen.emplace(text, customer).first->second;
    });
    return first;
  }
  std::unordered_map<std::string, Index> seen(base.customers());
  std::string text;
  for (Index customer = 0; customer < first.size(); ++customer) {
    text.clear();
    if (append_id_cell(cells->cell(customer), text)) first[customer] = seen.emplace(text, customer).first->second;
  }
  return first;
}

std::span<const Code> CustomerBase::preferred(Index customer) const {
  if (channel_list_.empty()) return {};
  return channel_lists_[channel_list_[customer]];
}

std::span<const Code> CustomerBase::tags_of(Index customer) const {
  if (tag_list_.empty()) return {};
  return tag_lists_[tag_list_[customer]];
}

Index CustomerBase::first_event_since(Index customer, Day day) const {
  if (events() == 0) return 0;
  const Index begin = event_begin_[customer];
  const auto days_of = std::span(event_day_).subspan(begin, event_begin_[customer + 1] - begin);
  const auto from = static_cast<std::int32_t>((day - std::chrono::days{2}).time_since_epoch().count());
  return begin + static_cast<Index>(std::lower_bound(days_of.begin(), days_of.end(), from) - days_of.begin());
}

Index CustomerBase::customer_of_event(Index event) const {
  const auto after = std::upper_bound(event_begin_.begin(), event_begin_.end(), event);
  return static_cast<Index>(after - event_begin_.begin()) - 1;
}

Code CustomerBase::event_channel(Index event) const { return event_channel_.empty() ? no_code : event_channel_[event]; }

std::string_view CustomerBase::event_unit(Index event) const { return text_in(event_unit_column_, event_row(event)); }

std::string_view CustomerBase::event_note(Index event) const { return text_in(event_note_column_, event_row(event)); }

std::string_view CustomerBase::event_by(Index event) const { return text_in(event_by_column_, event_row(event)); }

std::string_view CustomerBase::event_ref(Index event, std::string& scratch) const {
  return id_in(event_ref_column_, event_row(event), scratch);
}

std::string_view CustomerBase::event_topic(Index event, std::string& scratch) const {
  return id_in(event_topic_column_, event_row(event), scratch);
}

std::optional<DueTime> CustomerBase::event_due(Index event) const {
  if (event_due_day_.empty() || event_due_day_[event] == no_day) return std::nullopt;
  DueTime due{Day{std::chrono::days{event_due_day_[event]}}, std::nullopt};
  if (!event_due_at_.empty() && event_due_at_[event] != no_instant) {
    due.instant = Instant{std::chrono::microseconds{event_due_at_[event]}};
  }
  return due;
}

bool CustomerBase::event_has_date(Index event) const {
  return event_at_.empty() || parse_date(text_in(event_table_.find("at"), event_row(event))).has_value();
}

std::string CustomerBase::event_id(Index event) const {
  std::string scratch;
  return std::string(event_id(event, customer_of_event(event), scratch));
}

EventTime CustomerBase::event_time(Index event, std::size_t row) const {
  // A table of texts may hold both dates and instants.
  const bool date = event_at_.empty() || parse_date(text_in(event_table_.find("at"), row)).has_value();
  if (date) return Day{std::chrono::days{event_day_[event]}};
  return Instant{std::chrono::microseconds{event_at_[event]}};
}

std::string_view CustomerBase::event_id(Index event, Index customer, std::string& scratch) const {
  scratch.clear();
  const std::size_t row = event_row(event);
  if (event_id_numbers_ != nullptr) {
    std::array<char, most_digits> digits;
    const char* const end = put_digits(digits.data(), event_id_numbers_[row]);
    return scratch.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
  }
  const std::string_view given = text_in(event_id_column_, row);
  if (!given.empty()) return given;
  if (event_id_column_ != nullptr && append_id_cell(event_id_column_->cell(row), scratch)) return scratch;
  append_hex(event_content(event_table_, row, customer_ids_.text(customer), event_time(event, row)), scratch);
  return scratch;
}

}  // namespace courtesy
