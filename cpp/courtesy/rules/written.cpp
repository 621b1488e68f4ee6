#include <courtesy/rules/written.h>

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <vector>

#include <courtesy/in_quotes.h>

namespace courtesy {
namespace {

// A basic string of TOML.
void put_text(std::string_view text, std::string& out) {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr unsigned char first_printable = 0x20;
  constexpr unsigned char rubout = 0x7F;
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < first_printable || byte == rubout) {
      out += "\\u00";
      out += digits[byte >> 4U];
      out += digits[byte & 0xFU];
    } else {
      out += c;
    }
  }
  out += '"';
}

void put_key(std::string_view key, std::string& out) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  if (!key.empty() && std::all_of(key.begin(), key.end(), plain)) {
    out += key;
  } else {
    put_text(key, out);
  }
}

// A number with a fraction stays one: the rules do not take 2.0 where they count.
void put_real(double real, std::string& out) {
  const std::string text = number_text(real);
  out += text;
  if (std::isfinite(real) && text.find_first_of(".e") == std::string::npos) out += ".0";
}

std::vector<const Node::Entries::value_type*> by_key(const Node::Entries& entries) {
  std::vector<const Node::Entries::value_type*> sorted;
  sorted.reserve(entries.size());
  for (const auto& entry : entries) sorted.push_back(&entry);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
  return sorted;
}

void put_value(const Node& node, std::string& out) {
  std::visit(
      [&](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, bool>) {
          out += value ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          out += std::to_string(value);
        } else if constexpr (std::is_same_v<T, double>) {
          put_real(value, out);
        } else if constexpr (std::is_same_v<T, std::string>) {
          put_text(value, out);
        } else if constexpr (std::is_same_v<T, Day> || std::is_same_v<T, Instant> || std::is_same_v<T, WallTime>) {
          out += iso_text(value);
        } else if constexpr (std::is_same_v<T, TimeOfDay>) {
          out += clock_text(value) + ":00";
        } else if constexpr (std::is_same_v<T, Node::Array>) {
          out += '[';
          for (std::size_t i = 0; i < value.size(); ++i) {
            if (i > 0) out += ", ";
            put_value(value[i], out);
          }
          out += ']';
        } else if constexpr (std::is_same_v<T, Node::Entries>) {
          out += '{';
          bool first = true;
          for (const auto* entry : by_key(value)) {
            out += first ? " " : ", ";
            first = false;
            put_key(entry->first, out);
            out += " = ";
            put_value(entry->second, out);
          }
          out += first ? "}" : " }";
        } else {
          out += "nothing";  // is right for no key, so that no rules hold it
        }
      },
      node.value);
}

}  // namespace

std::string written(const Node& table) {
  std::string out;
  const auto* entries = std::get_if<Node::Entries>(&table.value);
  if (entries == nullptr) return out;
  for (const auto* entry : by_key(*entries)) {
    put_key(entry->first, out);
    out += " = ";
    put_value(entry->second, out);
    out += '\n';
  }
  return out;
}

std::string written_rules(const Node& root) {
  std::string out;
  for (const char* key : {"shop", "policy"}) {
    const Node* table = root.find(key);
    const std::string lines = table == nullptr ? std::string() : written(*table);
    if (!lines.empty()) out += "[" + std::string(key) + "]\n" + lines + "\n";
  }
  const Node* occasions = root.find("occasion");
  const auto* items = occasions == nullptr ? nullptr : std::get_if<Node::Array>(&occasions->value);
  if (items == nullptr) return out;
  for (const Node& item : *items) out += "[[occasion]]\n" + written(item) + "\n";
  return out;
}

}  // namespace courtesy
