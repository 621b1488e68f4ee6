#include <courtesy/time/content_line.h>

#include <algorithm>

#include <courtesy/in_quotes.h>
#include <courtesy/letters.h>

namespace courtesy {
namespace {

[[noreturn]] void fail(const ContentLine& line, std::size_t at, const std::string& message) {
  throw Error{ErrorKind::rule, message, line.place(at)};
}

// Up to the next of `ends` that is not within double quotes.
std::size_t end_of_value(std::string_view text, std::size_t from, std::string_view ends) {
  bool quoted = false;
  for (std::size_t at = from; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (!quoted && ends.find(text[at]) != std::string_view::npos) return at;
  }
  return std::string_view::npos;
}

std::string unquoted(std::string_view text) {
  std::string out{text};
  std::erase(out, '"');
  return out;
}

}  // namespace

void ContentLine::append(std::string_view text, std::int64_t line, std::int64_t column) {
  pieces_.push_back({text_.size(), line, column});
  text_ += text;
}

Where ContentLine::place(std::size_t at) const {
  Where where;
  for (const Piece& piece : pieces_) {
    if (piece.at > at) break;
    where.line = piece.line;
    where.column = piece.column + static_cast<std::int64_t>(at - piece.at);
  }
  return where;
}

std::vector<ContentLine> content_lines(std::string_view text) {
  std::vector<ContentLine> lines;
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool folded = line.starts_with(' ') || line.starts_with('\t');
    if (folded && !lines.empty()) {
      lines.back().append(line.substr(1), number, 2);
    } else if (!line.empty()) {
      lines.emplace_back().append(line, number, 1);
    }
  }
  return lines;
}

ContentProperty property_of(const ContentLine& line) {
  const std::string_view text = line.text();
  ContentProperty property;
  std::size_t at = text.find_first_of(":;=");
  if (at == std::string_view::npos) {
    fail(line, 0, "expected a line such as 'RRULE:FREQ=DAILY', found " + in_quotes(text));
  }
  // A rule alone, without its name.
  if (text[at] == '=') return {"RRULE", {}, std::string{text}, 0};
  property.name = upper(text.substr(0, at));
  while (text[at] == ';') {
    const std::size_t start = at + 1;
    const std::size_t equals = text.find_first_of("=:;", start);
    if (equals == std::string_view::npos || text[equals] != '=') {
      fail(line, start,
           property.name + ": expected a parameter such as 'VALUE=DATE', found " +
               in_quotes(text.substr(start, equals == std::string_view::npos ? equals : equals - start)));
    }
    at = end_of_value(text, equals + 1, ":;");
    if (at == std::string_view::npos) fail(line, start, property.name + ": expected a ':' and a value after the name");
    property.parameters.push_back(
        {upper(text.substr(start, equals - start)), unquoted(text.substr(equals + 1, at - equals - 1)), equals + 1});
  }
  property.value_at = at + 1;
  property.value = text.substr(at + 1);
  return property;
}

}  // namespace courtesy
