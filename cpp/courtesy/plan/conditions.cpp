#include <courtesy/nearest.h>
#include <courtesy/plan/conditions.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <type_traits>

namespace courtesy {
namespace {

// Sums of cents are not exact.
constexpr double sum_slack = 1e-9;

// Cells of a CSV file are texts whatever they mean; a condition says what it wants to read.
std::optional<double> number_in(const Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    double value = 0;
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (failure == std::errc{} && end == text->data() + text->size()) return value;
  }
  return std::nullopt;
}

std::optional<Day> day_in(const Cell& cell) {
  if (const auto* day = std::get_if<Day>(&cell)) return *day;
  if (const auto* wall = std::get_if<WallTime>(&cell)) return day_of(*wall);
  if (const auto* at = std::get_if<Instant>(&cell)) return day_of(WallTime{at->time_since_epoch()});
  if (const auto* text = std::get_if<std::string_view>(&cell)) return parse_date(*text);
  return std::nullopt;
}

bool is_empty(const Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return true;
  if (const auto* text = std::get_if<std::string_view>(&cell)) return text->empty();
  if (const auto* list = std::get_if<std::vector<std::string_view>>(&cell)) return list->empty();
  return false;
}

bool equals(const Cell& cell, const Condition::Value& wanted) {
  return std::visit(
      [&](const auto& value) -> bool {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, bool>) {
          if (const auto* flag = std::get_if<bool>(&cell)) return *flag == value;
          if (const auto* text = std::get_if<std::string_view>(&cell)) {
            return *text == (value ? "true" : "false") || *text == (value ? "True" : "False");
          }
          return false;
        } else if constexpr (std::is_same_v<T, double>) {
          const auto number = number_in(cell);
          return number && !(*number < value) && !(*number > value);
        } else if constexpr (std::is_same_v<T, Day>) {
          return day_in(cell) == value;
        } else {
          if (const auto* text = std::get_if<std::string_view>(&cell)) return *text == value;
          if (const auto* list = std::get_if<std::vector<std::string_view>>(&cell)) {
            return std::find(list->begin(), list->end(), value) != list->end();
          }
          // A date or number that was written as a text in the rule.
          if (const auto number = number_in(cell)) {
            return number == number_in(Cell{std::string_view(value)});
          }
          if (const auto day = day_in(cell)) return day == parse_date(value);
          return false;
        }
      },
      wanted);
}

// -1, 0 or 1 as the cell is less than, equal to or more than the bound; nothing where they cannot be compared.
std::optional<int> compare(const Cell& cell, const Condition::Value& bound) {
  if (const auto* limit = std::get_if<double>(&bound)) {
    const auto number = number_in(cell);
    if (!number) return std::nullopt;
    return *number < *limit ? -1 : (*number > *limit ? 1 : 0);
  }
  std::optional<Day> limit;
  if (const auto* day = std::get_if<Day>(&bound)) limit = *day;
  if (const auto* text = std::get_if<std::string>(&bound)) limit = parse_date(*text);
  const auto day = day_in(cell);
  if (!limit || !day) return std::nullopt;
  return *day < *limit ? -1 : (*day > *limit ? 1 : 0);
}

}  // namespace

CompiledCondition::CompiledCondition(const Condition& rule, const CustomerBase& base, const std::string& occasion,
                                     double value_years)
    : rule_(&rule), base_(&base), values_(base, value_years) {
  parts_.reserve(rule.parts.size());
  for (const Condition& part : rule.parts) parts_.emplace_back(part, base, occasion, value_years);
  if (rule.op == Condition::Op::tag) tag_ = base.tags().find(rule.name);
  kinds_.resize(rule.kinds.empty() ? 0 : base.kinds().size());
  for (const std::string& kind : rule.kinds) {
    const Code code = base.kinds().find(kind);
    if (code != no_code) kinds_[code] = 1;
  }
  if (rule.op != Condition::Op::attribute) return;
  const Table& table = rule.of_asset ? base.asset_table() : base.customer_table();
  column_ = table.find(rule.name);
  if (column_ == nullptr) {
    const std::string owner = rule.of_asset ? "assets" : "customers";
    throw Error(ErrorKind::data,
                "occasion '" + occasion + "' asks for the attribute '" + rule.name + "', and the table " + owner +
                    " has no such column" + did_you_mean(rule.name, column_names(table)),
                rule.where);
  }
}

bool CompiledCondition::holds(Index customer, Index asset, Instant at) const {
  const auto part_holds = [&](const CompiledCondition& part) { return part.holds(customer, asset, at); };
  switch (rule_->op) {
    case Condition::Op::all:
      return std::all_of(parts_.begin(), parts_.end(), part_holds);
    case Condition::Op::any:
      return std::any_of(parts_.begin(), parts_.end(), part_holds);
    case Condition::Op::none:
      return std::none_of(parts_.begin(), parts_.end(), part_holds);
    case Condition::Op::tag: {
      const auto tags = base_->tags_of(customer);
      return tag_ != no_code && std::binary_search(tags.begin(), tags.end(), tag_);
    }
    case Condition::Op::count:
    case Condition::Op::spend:
      return events_hold(customer, asset, at);
    case Condition::Op::lifetime_value:
      return within_bounds(values_.of(customer, at), sum_slack);
    case Condition::Op::attribute:
      break;
  }
  if (!rule_->of_asset) return attribute_holds(column_->cell(customer));
  return attribute_holds(asset == no_index ? Cell{} : column_->cell(base_->asset_row(asset)));
}

bool CompiledCondition::attribute_holds(const Cell& cell) const {
  const bool empty = is_empty(cell);
  if (rule_->missing && *rule_->missing != empty) return false;
  const bool tests_value = !rule_->any_of.empty() || rule_->min || rule_->max;
  if (empty) return !tests_value;
  if (!rule_->any_of.empty() && std::none_of(rule_->any_of.begin(), rule_->any_of.end(),
                                             [&](const Condition::Value& value) { return equals(cell, value); })) {
    return false;
  }
  if (rule_->min && compare(cell, *rule_->min).value_or(-1) < 0) return false;
  return !rule_->max || compare(cell, *rule_->max).value_or(1) <= 0;
}

bool CompiledCondition::events_hold(Index customer, Index asset, Instant at) const {
  const CustomerBase& base = *base_;
  const bool spend = rule_->op == Condition::Op::spend;
  std::optional<Day> after;
  if (rule_->over) {
    const Zone& zone = *base.zones()[base.zone_of(customer)];
    after = subtract_days(day_of(zone.to_local(at)), *rule_->over);
  }
  double total = 0;
  std::string scratch;
  for (Index e = base.events() == 0 ? 0 : base.event_begin()[customer];
       base.events() != 0 && e < base.event_begin()[customer + 1]; ++e) {
    if (kinds_[base.event_kind()[e]] == 0) continue;
    if (after && base.day_of_event(e) <= *after) continue;
    if (rule_->of_asset && (asset == no_index || base.asset_of_event(e) != asset)) continue;
    if (base.event_at(e, customer) > at || !of_topics(e, scratch)) continue;
    if (!spend) {
      ++total;
    } else if (!base.event_value().empty() && !std::isnan(base.event_value()[e]) &&
               (rule_->unit.empty() || base.event_unit(e) == rule_->unit)) {
      total += base.event_value()[e];
    }
  }
  return within_bounds(total, spend ? sum_slack : 0);
}

bool CompiledCondition::within_bounds(double number, double slack) const {
  const auto near = [&](double bound) { return slack * std::max(1.0, std::abs(bound)); };
  const auto* min = rule_->min ? std::get_if<double>(&*rule_->min) : nullptr;
  const auto* max = rule_->max ? std::get_if<double>(&*rule_->max) : nullptr;
  return (min == nullptr || number >= *min - near(*min)) && (max == nullptr || number <= *max + near(*max));
}

bool CompiledCondition::of_topics(Index event, std::string& scratch) const {
  return rule_->topics.empty() || std::find(rule_->topics.begin(), rule_->topics.end(),
                                            base_->event_topic(event, scratch)) != rule_->topics.end();
}

std::string CompiledCondition::never_compared() const {
  for (const CompiledCondition& part : parts_) {
    std::string text = part.never_compared();
    if (!text.empty()) return text;
  }
  if (rule_->op != Condition::Op::attribute) return {};
  for (const auto* bound : {&rule_->min, &rule_->max}) {
    if (!*bound) continue;
    bool any = false;
    bool comparable = false;
    for (std::size_t row = 0; row < column_->rows() && !comparable; ++row) {
      const Cell cell = column_->cell(row);
      if (is_empty(cell)) continue;
      any = true;
      comparable = compare(cell, **bound).has_value();
    }
    if (!any || comparable) continue;
    const bool number = std::holds_alternative<double>(**bound);
    return std::string("asks whether '") + rule_->name + (bound == &rule_->min ? "' is at least " : "' is at most ") +
           (number ? "a number" : "a date") + ", and no cell of that column of " +
           (rule_->of_asset ? "assets" : "customers") + " is one";
  }
  return {};
}

const std::string& CompiledCondition::failing(Index customer, Index asset, Instant at) const {
  if (rule_->op == Condition::Op::all) {
    for (const CompiledCondition& part : parts_) {
      if (!part.holds(customer, asset, at)) return part.failing(customer, asset, at);
    }
  }
  return rule_->text;
}

}  // namespace courtesy
