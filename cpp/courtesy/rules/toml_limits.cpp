#include <courtesy/rules/toml_limits.h>

#include <algorithm>
#include <vector>

#include <courtesy/error.h>

namespace courtesy {
namespace {

// Walks over the text and counts what opens a level or begins a value, outside of texts and comments. It need not
// see what is wrong with the text: a reader of TOML stops there, at the latest.
class LimitScan {
 public:
  LimitScan(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      switch (c) {
        case '#':
          at_ = std::min(text_.find('\n', at_), text_.size());
          break;
        case '"':
        case '\'':
          skip_text(c);
          break;
        default:
          count(c);
          ++at_;
      }
    }
  }

 private:
  void count(char c) {
    switch (c) {
      case '[':
      case '{':
        levels_.push_back(0);
        deeper();
        add_value();
        break;
      case ']':
      case '}':
        if (levels_.size() == 1) break;
        depth_ -= levels_.back() + 1;
        levels_.pop_back();
        break;
      case '.':
        ++levels_.back();
        deeper();
        break;
      case '=':
        add_value();
        break;
      case ',':
        add_value();
        end_key();
        break;
      case '\n':
        if (levels_.size() == 1) end_key();
        break;
      default:
        break;
    }
  }

  void end_key() {
    depth_ -= levels_.back();
    levels_.back() = 0;
  }

  void deeper() {
    if (++depth_ > deepest_rule_value) {
      refuse("nested more than " + std::to_string(deepest_rule_value) + " levels deep");
    }
  }

  void add_value() {
    if (++values_ > most_rule_values) refuse("more than " + std::to_string(most_rule_values) + " values long");
  }

  // Past the text that a quote opens: three of them open one of several lines, and a backslash keeps what follows it.
  void skip_text(char quote) {
    const std::string long_quote(3, quote);
    const bool is_long = text_.substr(at_, 3) == long_quote;
    at_ += is_long ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\' && quote == '"') {
        at_ += 2;
      } else if (is_long ? text_.substr(at_, 3) == long_quote : c == quote) {
        at_ += is_long ? 3 : 1;
        return;
      } else if (!is_long && c == '\n') {
        return;
      } else {
        ++at_;
      }
    }
  }

  [[noreturn]] void refuse(const std::string& how) const {
    const std::string_view before = text_.substr(0, at_);
    Where where;
    where.file = file_;
    where.line = std::count(before.begin(), before.end(), '\n') + 1;
    throw Error(ErrorKind::rule, "the rules are " + how + ", which is the most; is it a rule file?", where);
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  std::vector<std::size_t> levels_{0};  // for each open bracket, the dots of the key that stands in it
  std::size_t depth_ = 0;               // the open brackets and all those dots
  std::size_t values_ = 0;
};

std::string megabytes(std::size_t bytes) {
  constexpr std::size_t mebibyte = std::size_t{1} << 20;
  constexpr std::size_t tenths = 10;
  const std::size_t size = (bytes * tenths + mebibyte - 1) / mebibyte;
  return std::to_string(size / tenths) + (size % tenths == 0 ? "" : "." + std::to_string(size % tenths)) + " MiB";
}

}  // namespace

void check_toml_size(std::size_t bytes, const std::string& file) {
  if (bytes <= longest_rule_file) return;
  Where where;
  where.file = file;
  throw Error(ErrorKind::rule,
              "the rules are " + megabytes(bytes) + " long, and " + megabytes(longest_rule_file) +
                  " is the most; is it a rule file?",
              where);
}

void check_toml_limits(std::string_view text, const std::string& file) {
  check_toml_size(text.size(), file);
  LimitScan(text, file).run();
}

}  // namespace courtesy
