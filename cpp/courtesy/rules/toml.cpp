#include <courtesy/rules/toml.h>

#include <algorithm>
#include <limits>

#include <courtesy/rules/toml_limits.h>
#include <courtesy/rules/toml_words.h>

// The parser asserts what a broken key makes untrue, and then says itself what is wrong with the key. It must neither
// end the program there nor, under NDEBUG, promise the compiler what does not hold.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(condition) static_cast<void>(0)
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

namespace courtesy {
namespace {

Place place_of(const toml::source_position& at) { return {at.line, at.column}; }

Day day_of(const toml::date& date) {
  return Day{std::chrono::year{date.year} / std::chrono::month{date.month} / std::chrono::day{date.day}};
}

WallTime wall_of(const toml::date_time& moment) {
  const toml::time& time = moment.time;
  return day_of(moment.date) + std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
         std::chrono::seconds{time.second} + std::chrono::microseconds{time.nanosecond / 1'000};
}

void set_time(Node& node, const toml::time& time) {
  const TimeOfDay minutes{time.hour * 60 + time.minute};
  if (time.second == 0 && time.nanosecond == 0) {
    node.value = minutes;
    return;
  }
  // A time of day has minutes; its seconds must not get lost, so what reads it is to see and to refuse them.
  std::string text = clock_text(minutes) + (time.second < 10 ? ":0" : ":") + std::to_string(time.second);
  if (time.nanosecond != 0) text += ".…";
  node.value = std::move(text);
}

void set_moment(Node& node, const toml::date_time& moment) {
  const WallTime wall = wall_of(moment);
  if (moment.offset) {
    node.value = Instant{wall.time_since_epoch() - std::chrono::minutes{moment.offset->minutes}};
  } else {
    node.value = wall;
  }
}

// Takes the texts out of `from`. Its depth is that of check_toml_limits.
Node to_node(toml::node& from) {
  Node node;
  node.where = place_of(from.source().begin);
  node.key_where = node.where;
  if (auto* text = from.as_string()) {
    node.value = std::move(text->get());
  } else if (const auto* whole = from.as_integer()) {
    node.value = whole->get();
  } else if (const auto* real = from.as_floating_point()) {
    node.value = real->get();
  } else if (const auto* flag = from.as_boolean()) {
    node.value = flag->get();
  } else if (const auto* date = from.as_date()) {
    node.value = day_of(date->get());
  } else if (const auto* time = from.as_time()) {
    set_time(node, time->get());
  } else if (const auto* moment = from.as_date_time()) {
    set_moment(node, moment->get());
  } else if (auto* array = from.as_array()) {
    Node::Array items;
    items.reserve(array->size());
    for (toml::node& item : *array) items.push_back(to_node(item));
    node.value = std::move(items);
  } else if (auto* table = from.as_table()) {
    Node::Entries entries;
    entries.reserve(table->size());
    for (auto&& [key, value] : *table) {
      Node entry = to_node(value);
      entry.key_where = place_of(key.source().begin);
      entries.emplace_back(std::string(key.str()), std::move(entry));
    }
    // toml++ keeps them by name.
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.second.key_where < b.second.key_where; });
    node.value = std::move(entries);
  }
  return node;
}

Node parsed(std::string_view text, const std::string& file) {
  try {
    toml::table root = toml::parse(text);
    return to_node(root);
  } catch (const toml::parse_error& error) {
    const Place place = place_of(error.source().begin);
    Where where;
    where.file = file;
    where.line = place.line;
    where.column = place.column;
    throw Error(ErrorKind::rule,
                "this is not TOML: " + toml_in_words(error.description(), text, place.line, place.column), where);
  }
}

}  // namespace

std::shared_ptr<const Rules> rules_from_toml(std::string_view text, std::string file, const HolidaySource& holidays) {
  check_toml_limits(text, file);
  const Node tree = parsed(text, file);
  return read_rules(tree, std::move(file), holidays);
}

}  // namespace courtesy
