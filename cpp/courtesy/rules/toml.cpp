#include <courtesy/rules/toml.h>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

namespace courtesy {
namespace {

Where where_of(const toml::source_region& region, const std::string& file) {
  Where where;
  where.file = file;
  where.line = static_cast<std::int64_t>(region.begin.line);
  where.column = static_cast<std::int64_t>(region.begin.column);
  return where;
}

Day day_of(const toml::date& date) {
  return Day{std::chrono::year{date.year} / std::chrono::month{date.month} / std::chrono::day{date.day}};
}

WallTime wall_of(const toml::date& date, const toml::time& time) {
  return day_of(date) + std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
         std::chrono::seconds{time.second} + std::chrono::microseconds{time.nanosecond / 1000};
}

Node to_node(const toml::node& from, const std::string& file) {
  Node node;
  node.where = where_of(from.source(), file);
  node.key_where = node.where;
  switch (from.type()) {
    case toml::node_type::string: node.value = from.as_string()->get(); break;
    case toml::node_type::integer: node.value = from.as_integer()->get(); break;
    case toml::node_type::floating_point: node.value = from.as_floating_point()->get(); break;
    case toml::node_type::boolean: node.value = from.as_boolean()->get(); break;
    case toml::node_type::date: node.value = day_of(from.as_date()->get()); break;
    case toml::node_type::time: {
      const toml::time& time = from.as_time()->get();
      node.value = TimeOfDay{time.hour * 60 + time.minute};
      break;
    }
    case toml::node_type::date_time: {
      const toml::date_time& moment = from.as_date_time()->get();
      const WallTime wall = wall_of(moment.date, moment.time);
      if (moment.offset) {
        node.value = Instant{wall.time_since_epoch() - std::chrono::minutes{moment.offset->minutes}};
      } else {
        node.value = wall;
      }
      break;
    }
    case toml::node_type::array: {
      Node::Array items;
      for (const toml::node& item : *from.as_array()) items.push_back(to_node(item, file));
      node.value = std::move(items);
      break;
    }
    case toml::node_type::table: {
      Node::Entries entries;
      for (const auto& [key, value] : *from.as_table()) {
        Node entry = to_node(value, file);
        entry.key_where = where_of(key.source(), file);
        entries.emplace_back(std::string(key.str()), std::move(entry));
      }
      node.value = std::move(entries);
      break;
    }
    default: break;
  }
  return node;
}

std::string megabytes(std::size_t bytes) { return std::to_string((bytes + (1U << 20U) - 1) >> 20U) + " MiB"; }

}  // namespace

std::shared_ptr<const Rules> rules_from_toml(std::string_view text, std::string file) {
  Where whole;
  whole.file = file;
  if (text.size() > longest_rule_file) {
    throw Error(ErrorKind::rule,
                "the rules are " + megabytes(text.size()) + " long, and " + megabytes(longest_rule_file) +
                    " is the most; is it a rule file?",
                whole);
  }
  toml::table root;
  try {
    root = toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    throw Error(ErrorKind::rule, "this is not TOML: " + std::string(error.description()),
                where_of(error.source(), file));
  }
  Node tree = to_node(root, file);
  tree.where = whole;
  tree.where.line = 1;
  return read_rules(tree);
}

}  // namespace courtesy
