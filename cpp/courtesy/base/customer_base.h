// The customer base: customers, assets and events in dense columns, events grouped by customer.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/base/column.h>
#include <courtesy/base/event_content.h>
#include <courtesy/base/ids.h>
#include <courtesy/base/names.h>
#include <courtesy/time/civil.h>
#include <courtesy/time/zone.h>

namespace courtesy {

inline constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int64_t no_instant = std::numeric_limits<std::int64_t>::min();

enum class Status : std::uint8_t { active, closed, deceased, do_not_contact };
[[nodiscard]] std::string_view status_name(Status status);

// When something is due: on a date, or at an instant (whose civil day is the customer's).
struct DueTime {
  Day day;
  std::optional<Instant> instant;
};

// All events of one kind, of which there is at least one, in the order of customers and then of time.
struct KindEvents {
  std::vector<Index> events;       // into the base's event columns
  std::vector<std::int32_t> days;  // their civil days since 1970-01-01
  std::int32_t first_day = 0;
  std::int32_t last_day = 0;
};

// Which contact columns the customers' table has, and in which of them a customer's cell is empty.
namespace contact {
inline constexpr std::uint8_t email = 1;
inline constexpr std::uint8_t phone = 2;
inline constexpr std::uint8_t address = 4;
}  // namespace contact

// Immutable once built (BaseBuilder, base_builder.h). Spans that are empty stand for absent columns.
class CustomerBase {
 public:
  // --- customers, in the order of the input rows
  [[nodiscard]] std::size_t customers() const noexcept { return customer_ids_.size(); }
  [[nodiscard]] const Ids& customer_ids() const noexcept { return customer_ids_; }
  // Zones in use; code 0 is the shop's, for customers without one.
  [[nodiscard]] const std::vector<std::shared_ptr<const Zone>>& zones() const noexcept { return zones_; }
  [[nodiscard]] std::span<const Code> customer_zone() const noexcept { return customer_zone_; }
  [[nodiscard]] Code zone_of(Index customer) const {
    return customer_zone_.empty() ? Code{0} : customer_zone_[customer];
  }
  [[nodiscard]] std::span<const std::int32_t> birthday() const noexcept { return birthday_; }  // no_day where unknown
  [[nodiscard]] std::span<const std::uint16_t> birthday_key() const noexcept {
    return birthday_key_;
  }  // month << 5 | day; 0
  [[nodiscard]] std::span<const Status> status() const noexcept { return status_; }
  [[nodiscard]] std::span<const std::int16_t> quiet_from() const noexcept { return quiet_from_; }  // minutes; -1 none
  [[nodiscard]] std::span<const std::int16_t> quiet_to() const noexcept { return quiet_to_; }
  [[nodiscard]] std::span<const std::uint8_t> unreachable() const noexcept { return unreachable_; }  // contact:: bits
  [[nodiscard]] const Names& channels() const noexcept { return channels_; }
  // The customer's channels in order of preference.
  [[nodiscard]] std::span<const Code> preferred(Index customer) const;
  [[nodiscard]] const Names& tags() const noexcept { return tags_; }
  [[nodiscard]] std::span<const Code> tags_of(Index customer) const;  // sorted
  // By customer, the first customer of the same household (at the same address): its own place where the cell is empty
  // or there is no such column. Worked out when it is asked for first.
  [[nodiscard]] const std::vector<Index>& first_of_household() const { return sharing_->of("household", *this); }
  [[nodiscard]] const std::vector<Index>& first_at_address() const { return sharing_->of("address", *this); }
  // Any column of the customers' (assets') table by name, for conditions and messages; nullptr where absent.
  [[nodiscard]] const Table& customer_table() const noexcept { return customer_table_; }
  [[nodiscard]] const Table& asset_table() const noexcept { return asset_table_; }

  // --- assets
  [[nodiscard]] std::size_t assets() const noexcept { return asset_customer_.size(); }
  [[nodiscard]] const Ids& asset_ids() const noexcept { return asset_ids_; }
  [[nodiscard]] Index asset_customer(Index asset) const { return asset_customer_[asset]; }
  // The asset's row in asset_table().
  [[nodiscard]] std::size_t asset_row(Index asset) const { return asset_row_.empty() ? asset : asset_row_[asset]; }

  // --- events, ordered by customer, then time, then id (so that the order of input rows does not matter)
  [[nodiscard]] std::size_t events() const noexcept { return event_day_.size(); }
  [[nodiscard]] std::span<const Index> event_begin() const noexcept { return event_begin_; }  // customers() + 1
  // Its instant; of an event that was given by its date, the beginning of that day in the customer's zone.
  [[nodiscard]] Instant event_at(Index event, Index customer) const {
    if (!event_at_.empty()) return Instant{std::chrono::microseconds{event_at_[event]}};
    return zones_[zone_of(customer)]->to_utc(WallTime{Day{std::chrono::days{event_day_[event]}}});
  }
  [[nodiscard]] std::span<const std::int32_t> event_day() const noexcept { return event_day_; }  // civil day
  [[nodiscard]] std::span<const Code> event_kind() const noexcept { return event_kind_; }
  [[nodiscard]] std::span<const Index> event_asset() const noexcept { return event_asset_; }   // no_index: none
  [[nodiscard]] std::span<const double> event_value() const noexcept { return event_value_; }  // NaN: none
  [[nodiscard]] Day day_of_event(Index event) const { return Day{std::chrono::days{event_day_[event]}}; }
  [[nodiscard]] Index asset_of_event(Index event) const {
    return event_asset_.empty() ? no_index : event_asset_[event];
  }
  // No event of the customer before this one has that civil day, or a later one. Civil days rise with the order of
  // events, but for a day on which the clocks went back over midnight: this may be some events too early.
  [[nodiscard]] Index first_event_since(Index customer, Day day) const;
  [[nodiscard]] Index customer_of_event(Index event) const;
  // The event's row in the table that it came from.
  [[nodiscard]] std::size_t event_row(Index event) const { return event_row_.empty() ? event : event_row_[event]; }
  [[nodiscard]] Code event_channel(Index event) const;  // of channels(); no_code: none
  [[nodiscard]] std::string_view event_unit(Index event) const;
  [[nodiscard]] std::string_view event_note(Index event) const;
  [[nodiscard]] std::string_view event_by(Index event) const;
  // What it is about: a word of the shop's own, or whom an introduction was to. A view into the base's memory or into
  // `scratch`, as ids of customers may be whole numbers; empty where it has none.
  [[nodiscard]] std::string_view event_topic(Index event, std::string& scratch) const;
  [[nodiscard]] bool any_topics() const noexcept { return event_topic_column_ != nullptr; }
  // The id of what the event answers as text, a view into the base's memory or into `scratch`; empty where it has none.
  [[nodiscard]] std::string_view event_ref(Index event, std::string& scratch) const;
  [[nodiscard]] std::optional<DueTime> event_due(Index event) const;
  // Whether it was given by its date, so that it happened at no known time of day.
  [[nodiscard]] bool event_has_date(Index event) const;
  [[nodiscard]] const Names& kinds() const noexcept { return kinds_; }
  [[nodiscard]] const KindEvents& events_of(Code kind) const { return by_kind_[kind]; }
  // The event's id as text: as given, or 32 hex digits made from its content where none was given: XXH3-128 of its
  // customer, kind, at, asset, value, unit, due, ref, channel, by, note and topic, each as a text with its length
  // before it.
  [[nodiscard]] std::string event_id(Index event) const;
  // The same, for who knows its customer already: a view into the base's memory or into `scratch`.
  [[nodiscard]] std::string_view event_id(Index event, Index customer, std::string& scratch) const;
  // Where all events have integer ids and lie in memory so: that of an event.
  [[nodiscard]] bool event_ids_are_integers() const noexcept { return event_id_numbers_ != nullptr; }
  [[nodiscard]] std::int64_t event_id_number(Index event) const { return event_id_numbers_[event_row(event)]; }

  // What was noticed while building, in plain words with ids and rows only ("3 events of unknown customers left out").
  [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }
  [[nodiscard]] std::size_t skipped_events() const noexcept { return skipped_events_; }
  // The latest birthday and its row, so that a plan can warn of one in the future.
  [[nodiscard]] std::pair<std::int32_t, Index> latest_birthday() const noexcept { return latest_birthday_; }

 private:
  friend class BaseBuilder;
  [[nodiscard]] EventTime event_time(Index event, std::size_t row) const;

  // Who shares a cell with whom.
  class Sharing {
   public:
    [[nodiscard]] const std::vector<Index>& of(const std::string& column, const CustomerBase& base);

   private:
    std::mutex mutex_;
    std::map<std::string, std::vector<Index>> known_;
  };

  std::unique_ptr<Sharing> sharing_ = std::make_unique<Sharing>();
  Ids customer_ids_, asset_ids_;
  std::vector<std::shared_ptr<const Zone>> zones_;
  std::vector<Code> customer_zone_;
  std::vector<std::int32_t> birthday_;
  std::vector<std::uint16_t> birthday_key_;
  std::vector<Status> status_;
  std::vector<std::int16_t> quiet_from_, quiet_to_;
  std::vector<std::uint8_t> unreachable_;
  Names channels_, tags_, kinds_;
  // Customers share few different lists of channels and tags: a code each, and the lists.
  std::vector<Code> channel_list_, tag_list_;
  std::vector<std::vector<Code>> channel_lists_, tag_lists_;
  Table customer_table_, asset_table_, event_table_;
  // Columns of event_table_ that are asked for row by row; null where it has none.
  const Column* event_id_column_ = nullptr;
  const std::int64_t* event_id_numbers_ = nullptr;  // its cells, where they lie together and none is empty
  const Column* event_unit_column_ = nullptr;
  const Column* event_note_column_ = nullptr;
  const Column* event_topic_column_ = nullptr;
  const Column* event_ref_column_ = nullptr;
  const Column* event_by_column_ = nullptr;
  std::vector<Index> asset_customer_, asset_row_;
  std::vector<Index> event_begin_, event_asset_, event_row_;
  std::vector<std::int64_t> event_at_;  // µs UTC; empty where all events have dates
  std::vector<std::int32_t> event_day_;
  std::vector<std::int64_t> event_due_at_;   // µs UTC; empty where all dues are dates
  std::vector<std::int32_t> event_due_day_;  // no_day where there is none; empty: no event has one
  std::vector<Code> event_kind_, event_channel_;
  std::vector<double> event_value_;
  std::vector<KindEvents> by_kind_;
  std::vector<std::string> warnings_;
  std::size_t skipped_events_ = 0;
  std::pair<std::int32_t, Index> latest_birthday_{no_day, no_index};
};

}  // namespace courtesy
