#include <courtesy/rules/toml_words.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include <courtesy/in_quotes.h>

namespace courtesy {
namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string_view line_of(std::string_view text, std::uint32_t line) {
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// The byte at which the column's character begins; columns count characters.
std::size_t offset_of(std::string_view line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < column && at < line.size(); ++i) {
    ++at;
    while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

// The word at the column, or just before it: what the parser stumbled over.
std::string_view word_at(std::string_view line, std::uint32_t column) {
  constexpr std::string_view ends = " \t=,[]{}#";
  const auto ends_word = [&](char c) { return ends.find(c) != std::string_view::npos; };
  std::size_t last = offset_of(line, column);
  std::size_t first = last;
  while (first > 0 && !ends_word(line[first - 1])) --first;
  while (last < line.size() && !ends_word(line[last])) ++last;
  return line.substr(first, last - first);
}

// Between two single quotes: the name in "cannot redefine existing table 'shop'".
std::string_view name_in(std::string_view description) {
  const std::size_t first = description.find('\'');
  const std::size_t last = description.rfind('\'');
  return first == last ? std::string_view{} : description.substr(first + 1, last - first - 1);
}

// "', found " and what was seen, which the parser writes behind "saw ".
std::string found_in(std::string_view description) {
  const std::size_t at = description.find("saw ");
  if (at == std::string_view::npos) return has(description, "end-of-file") ? ", found the end of the file" : "";
  const std::string_view seen = description.substr(at + 4);
  if (seen == "'\\n'" || seen == "'\\r'") return ", found the end of the line";
  return ", found " + std::string(seen);
}

// Whether a word processor has put its own quotes there.
bool curly(std::string_view word) {
  constexpr std::array<std::string_view, 6> quotes{"“", "”", "‘", "’", "„", "«"};
  return std::any_of(quotes.begin(), quotes.end(), [&](std::string_view quote) { return has(word, quote); });
}

std::string bad_value(std::string_view word) {
  if (curly(word)) return "expected straight quotes, \" or ', found " + in_quotes(word);
  return "expected a value" + (word.empty() ? std::string() : ", found " + in_quotes(word)) +
         " (texts stand in quotes, and true and false are lower case)";
}

std::string bad_number(std::string_view description, std::string_view word) {
  const std::string found = ", found " + in_quotes(word);
  if (has(description, "leading zero")) return "expected a number without zeros before it" + found;
  if (has(description, "64 bits")) return "expected a whole number of 64 bits at most" + found;
  return "expected a number" + found + " (texts and spans stand in quotes: \"3 days\")";
}

std::string bad_clock(std::string_view description, std::string_view word) {
  const bool form = has(description, "digit") || has(description, "expected ':'") || has(description, "end-of-file");
  const std::string help = !form             ? "there is no such time or day"
                           : word.size() > 5 ? "a date is written 2026-12-25"
                                             : "a time of day is written \"10:00\", in quotes, or 10:00:00";
  return "expected a time of day or a date, found " + in_quotes(word) + " (" + help + ")";
}

std::string written_twice(std::string_view description) {
  const std::string name = in_quotes(name_in(description));
  if (has(description, "' as table")) return name + " is a list of tables: write it in two brackets, as [[occasion]]";
  if (has(description, "existing table")) {
    return "the table " + name + " is written twice (each table of a list stands below its name in two brackets, " +
           "such as [[occasion]])";
  }
  return "the key " + name + " is written twice in one table";
}

std::string unclosed_text(std::string_view description) {
  return std::string("expected a closing quote") +
         (has(description, "end-of-file") ? ", found the end of the file" : ", found the end of the line");
}

}  // namespace

std::string toml_in_words(std::string_view description, std::string_view text, std::uint32_t line,
                          std::uint32_t column) {
  const std::string_view here = line_of(text, line);
  const std::string_view word = word_at(here, column);
  const auto about = [&](std::string_view what) { return has(description, "parsing " + std::string(what) + ":"); };
  const bool in_text = about("string") || about("literal string");

  if (has(description, "cannot redefine")) return written_twice(description);
  if (has(description, "invalid utf-8")) return "it is not UTF-8 text (save the file as UTF-8)";
  if (has(description, "could not determine value type") || about("boolean")) return bad_value(word);
  if (about("time") || about("date")) return bad_clock(description, word);
  if (has(description, "integer:") || about("floating-point")) return bad_number(description, word);
  if (in_text && (has(description, "end-of-file") || offset_of(here, column) >= here.size())) {
    return unclosed_text(description);
  }
  if (in_text && has(description, "control characters"))
    return "a text holds a control character; those are written \\u0007 and so on";
  if (has(description, "escape sequence") || about("unicode scalar sequence")) {
    return "a text holds an unknown escape (a backslash is written \\\\, or plainly in single quotes)";
  }
  if (has(description, "after '\\r'")) return "a line ends with a lone carriage return (line ends are \\n or \\r\\n)";
  if (has(description, "expected a comment or whitespace")) {
    return "expected the end of the line" + (word.empty() ? found_in(description) : ", found " + in_quotes(word)) +
           " (a text stands in quotes, all of it)";
  }
  if (about("inline table")) {
    return (has(description, "dangling comma") ? "expected another key after the comma, found }"
                                               : "expected a key or }" + found_in(description)) +
           " (a table in braces stands on one line, without a comma at its end)";
  }
  if (about("array")) return "expected a comma or ]" + found_in(description);
  if (about("table header")) {
    return has(description, "blank") ? "expected a name in the brackets, such as [shop]"
                                     : "expected ] after the table's name" + found_in(description);
  }
  if (has(description, "expected keys, tables")) {
    return curly(word) ? bad_value(word)
                       : "expected a key, a table such as [shop], or a comment" + found_in(description);
  }
  if (has(description, "expected bare key")) return "expected a key" + found_in(description);
  if (has(description, "expected value") || about("value")) return "expected a value" + found_in(description);
  if (has(description, "expected '='")) return "expected = after the key" + found_in(description);
  if (about("key-value pair") && has(description, "end-of-file")) {
    return "expected a key, = and a value, found the end of the file";
  }
  constexpr std::string_view usual = "Error while parsing ";
  return std::string(description.starts_with(usual) ? description.substr(usual.size()) : description);
}

}  // namespace courtesy
