// The lines of an iCalendar object: NAME;PARAMETER=value:value, folded where they are long (RFC 5545, section 3.1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <courtesy/error.h>

namespace courtesy {

// One line with its folds undone, and where in the file each of its characters stood.
class ContentLine {
 public:
  void append(std::string_view text, std::int64_t line, std::int64_t column);

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  // The place (line and column from 1) of a character (from 0).
  [[nodiscard]] Where place(std::size_t at) const;

 private:
  struct Piece {
    std::size_t at;  // in text_
    std::int64_t line;
    std::int64_t column;
  };

  std::string text_;
  std::vector<Piece> pieces_;
};

// The lines of a text that are not empty.
[[nodiscard]] std::vector<ContentLine> content_lines(std::string_view text);

struct ContentParameter {
  std::string name;  // in capitals
  std::string value;
  std::size_t at;  // where the value starts in the line
};

struct ContentProperty {
  std::string name;  // in capitals
  std::vector<ContentParameter> parameters;
  std::string value;
  std::size_t value_at;  // where it starts in the line
};

// Throws Error{rule} where the line has no such shape.
[[nodiscard]] ContentProperty property_of(const ContentLine& line);

}  // namespace courtesy
