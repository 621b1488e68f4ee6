// The readers of a rule file's parts; rules.h is their face.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <courtesy/rules/reader.h>
#include <courtesy/rules/rules.h>

namespace courtesy {

[[nodiscard]] Shop read_shop(Reader& reader);
[[nodiscard]] Policy read_policy(Reader& reader, const Shop& shop, const HolidaySource& holidays);
// business_days: weekends and holidays, the country's where it names one, and those of its customers' countries.
void read_business_days(Reader& reader, const HolidaySource& holidays, Policy& policy);
[[nodiscard]] std::shared_ptr<const OpeningHours> read_opening_hours(Reader& policy, const Policy& so_far,
                                                                     const Shop& shop);
[[nodiscard]] std::vector<Cap> read_caps(Reader& policy);
[[nodiscard]] std::vector<Capacity> read_capacity(Reader& policy);
[[nodiscard]] Merge read_merge(Reader& policy);
// The channels whose delivery is at_most_once.
[[nodiscard]] std::vector<std::string> read_delivery(Reader& policy);
// The default hold where nothing is said of holds.
[[nodiscard]] std::vector<Hold> read_holds(Reader& policy);
// Where nothing is said of them: `usual`.
[[nodiscard]] double read_value_years(Reader& policy, double usual);
[[nodiscard]] std::vector<std::string> read_goodwill(Reader& policy, std::vector<std::string> usual);
// One purpose or more.
[[nodiscard]] std::vector<Purpose> read_purposes(Reader& reader);
// Readers of the tables in the list of that key, each of whose messages begins with `name` and its number.
[[nodiscard]] std::vector<Reader> tables_in(Reader& reader, std::string_view key, std::string_view name,
                                            std::string_view form);
// gestures and novelty, of a step or of all steps.
void read_giving(Reader& reader, Giving& giving);
// `steps`: those that may take it from this table.
void warn_of_idle_novelty(Reader& table, const std::vector<Step>& steps);
[[nodiscard]] std::vector<Gesture> read_compensation(Reader& policy);
[[nodiscard]] std::vector<Budget> read_budgets(Reader& policy);
// What gestures, compensation and budgets need of each other.
void check_giving(const Rules& rules, Reader& root, Reader& policy);
// What parts of the policy cannot have an effect with these occasions.
void warn_of_idle_policy(const Rules& rules, Reader& policy);
// The table of that key; what is none is reported with the form that was expected.
[[nodiscard]] const Node* table_in(Reader& reader, std::string_view key, std::string_view form);
// `context` begins each message, as a Reader's does.
[[nodiscard]] std::optional<Condition> read_condition(const Node& node, const std::string& context,
                                                      RuleProblems& problems);
// count = { … } and spend = { … } within it; `op` says which.
[[nodiscard]] Condition read_event_condition(Condition::Op op, const Node& node, bool of_asset,
                                             const std::string& context, RuleProblems& problems);
// lifetime_value = { min = 500 } within it.
[[nodiscard]] Condition read_value_condition(const Node& node, const std::string& context, RuleProblems& problems);
// An amount of money.
[[nodiscard]] std::optional<Condition::Value> read_amount(Reader& reader, const char* key);
// Refuses a test of numbers without `min` and `max`, and with bounds that nothing keeps; `form` is a right one.
void check_amounts(Reader& reader, const Condition& test, const char* form);
// "at least 2 and at most 5", "exactly 2", "none"
[[nodiscard]] std::string amounts_in_words(const Condition& test);
// A key as it stands within a sentence: short and without control characters, as in quotes.
[[nodiscard]] std::string plain(const std::string& key);
// Nothing where it has no anchor to speak of; what is wrong is in the reader's problems.
[[nodiscard]] std::optional<Anchor> read_anchor(Reader& reader);
[[nodiscard]] Interval read_interval(Reader& reader);
// Nothing where it is wrong.
[[nodiscard]] std::optional<Anchor> read_recurring(Reader& reader);
// Who is introduced to whom on the dates of an rrule.
[[nodiscard]] std::optional<Match> read_match(Reader& reader);
[[nodiscard]] Lapse read_lapse(Reader& reader);
[[nodiscard]] Deadline read_deadline(Reader& reader);
// A list of dates, and of ranges such as "2026-12-27/2027-01-01", both of whose ends belong to them.
[[nodiscard]] std::vector<Day> read_days(Reader& reader, const char* key);
// Known channels however they are written, and the shop's own; warns of one that looks like a slip of the pen.
[[nodiscard]] std::vector<std::string> read_channels(Reader& reader, std::string_view key = "channels");
// The channel that a text means; `key` has it, where it is to be warned of.
[[nodiscard]] std::string read_channel(Reader& reader, const std::string& text, std::string_view key, Place place);
// Those of an occasion; what its anchor is decides about some of their keys.
[[nodiscard]] std::vector<Step> read_steps(Reader& occasion, const std::optional<Anchor>& anchor);
[[nodiscard]] std::optional<Occasion> read_occasion(Reader& reader);

// The purposes' names, in the order of Purpose.
inline constexpr std::initializer_list<const char*> purpose_words = {"service", "care", "offer", "recovery"};

}  // namespace courtesy
