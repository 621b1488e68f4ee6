#include "plan_job.h"

#include <courtesy/base/arrow_in.h>
#include <courtesy/base/base_builder.h>
#include <courtesy/rules/toml.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <numeric>
#include <random>
#include <string>

namespace courtesy::bench {
namespace {

using std::chrono::days;
using std::chrono::year;

const std::vector<std::string>& zones() {
  static const std::vector<std::string> names = {
      "Europe/London",     "Europe/Berlin",       "Europe/Paris",    "Europe/Madrid",  "Europe/Lisbon",
      "Europe/Athens",     "America/New_York",    "America/Chicago", "America/Denver", "America/Los_Angeles",
      "America/Sao_Paulo", "America/Mexico_City", "Asia/Tokyo",      "Asia/Kolkata",   "Asia/Singapore",
      "Asia/Dubai",        "Australia/Sydney",    "Australia/Perth", "Africa/Cairo",   "Pacific/Auckland"};
  return names;
}

constexpr int window_days = 30;
const Day first_day{year{2026} / 12 / 1};

// By customer: birthdays over 70 years; a purchase within the two years, and a service within the nine months, before
// the window's end.
struct Job {
  std::vector<std::int32_t> zone;
  std::vector<Day> birthday;
  std::vector<Day> happened;  // the purchase of customer n at 2 n, the service at 2 n + 1
};

const Job& job() {
  static const Job made = [] {
    std::mt19937_64 random(7);
    // Not a distribution of the standard library: they differ from one to the next.
    const auto below = [&](std::uint64_t end) { return static_cast<int>(random() % end); };
    const Day oldest{year{1935} / 1 / 1};
    const auto birthdays = static_cast<std::uint64_t>((Day{year{2005} / 1 / 1} - oldest).count());
    const Day last = first_day + days{window_days - 1};
    Job job;
    for (std::size_t i = 0; i < customers; ++i) {
      job.zone.push_back(below(zones().size()));
      job.birthday.push_back(oldest + days{below(birthdays)});
      job.happened.push_back(last - days{below(730)});
      job.happened.push_back(last - days{below(270)});
    }
    return job;
  }();
  return made;
}

std::vector<std::int64_t> row_numbers(std::size_t count) {
  std::vector<std::int64_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

OutColumn text_ids(std::string name, const char* format, const std::vector<std::int64_t>& numbers) {
  OutColumn::Texts texts;
  std::array<char, 32> text{};
  for (const std::int64_t number : numbers) {
    const int length = std::snprintf(text.data(), text.size(), format, static_cast<long long>(number));
    texts.add({text.data(), static_cast<std::size_t>(length)});
  }
  return std::move(texts).finish(std::move(name));
}

std::vector<OutColumn> customer_columns(OutColumn ids) {
  return {std::move(ids), OutColumn::codes("zone", job().zone, zones()), OutColumn::dates("birthday", job().birthday)};
}

// The events of `order`, each named by its position in Job::happened.
std::vector<OutColumn> event_columns(OutColumn ids, OutColumn customer_ids, const std::vector<std::int64_t>& order) {
  std::vector<std::int32_t> kind;
  std::vector<Day> at;
  for (const std::int64_t event : order) {
    kind.push_back(static_cast<std::int32_t>(event % 2));
    at.push_back(job().happened[static_cast<std::size_t>(event)]);
  }
  return {std::move(ids), std::move(customer_ids), OutColumn::codes("kind", kind, {"purchase", "service"}),
          OutColumn::dates("at", at)};
}

std::vector<std::int64_t> customers_of(const std::vector<std::int64_t>& order) {
  std::vector<std::int64_t> out;
  for (const std::int64_t event : order) out.push_back(event / 2);
  return out;
}

Table table_of(const std::vector<OutColumn>& columns, const char* name) {
  ArrowArrayStream stream{};
  export_stream(columns, &stream);
  return table_from_stream(&stream, name);
}

}  // namespace

const Tables& plain_tables() {
  static const Tables tables = [] {
    const auto events = row_numbers(2 * customers);
    return Tables{customer_columns(OutColumn::integers("id", row_numbers(customers))),
                  event_columns(OutColumn::integers("id", events),
                                OutColumn::integers("customer", customers_of(events)), events)};
  }();
  return tables;
}

const Tables& journal_tables() {
  static const Tables tables = [] {
    auto order = row_numbers(2 * customers);
    std::stable_sort(order.begin(), order.end(), [](std::int64_t a, std::int64_t b) {
      return job().happened[static_cast<std::size_t>(a)] < job().happened[static_cast<std::size_t>(b)];
    });
    return Tables{customer_columns(text_ids("id", "c-%07lld", row_numbers(customers))),
                  event_columns(text_ids("id", "e-%08lld", row_numbers(2 * customers)),
                                text_ids("customer", "c-%07lld", customers_of(order)), order)};
  }();
  return tables;
}

std::shared_ptr<const CustomerBase> base_of(const Tables& tables) {
  return build_base(table_of(tables.customers, "customers"), table_of(tables.events, "events"), std::nullopt,
                    {rules()->shop.zone, std::nullopt, false});
}

std::shared_ptr<const CustomerBase> plain_base() {
  static const std::shared_ptr<const CustomerBase> base = base_of(plain_tables());
  return base;
}

std::shared_ptr<const Rules> rules() {
  static const std::shared_ptr<const Rules> made = [] {
    std::ifstream file(PLAN_JOB_RULES);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return rules_from_toml(text, "plan_job.toml");
  }();
  return made;
}

Window window() {
  const auto shop = Zone::named(rules()->shop.zone);
  return {shop->to_utc(WallTime{first_day}), shop->to_utc(WallTime{first_day + days{window_days}})};
}

}  // namespace courtesy::bench
