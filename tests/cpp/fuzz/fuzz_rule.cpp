// Texts as rules: no text makes the parser do anything but answer or say what is wrong, and a rule that it reads comes
// back the same from its own text.
#include <courtesy/time/parse_rule.h>

#include <cstdint>

#include "questions.h"

// NOLINTNEXTLINE: the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace courtesy;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  RecurrenceParts parts;
  try {
    parts.rule = parse_rule(text);
  } catch (const Error& error) {
    fuzz::must(error.kind() == ErrorKind::rule);
    return 0;
  }
  fuzz::must(parse_rule(parts.rule->to_rfc5545()) == *parts.rule);
  const Day start{std::chrono::days{20'454}};
  for (const int kind : {0, 1, 2}) {
    if (kind == 0) {
      parts.start = start;
    } else {
      parts.start = WallTime{start} + std::chrono::minutes{90};
    }
    parts.zone = kind == 2 ? Zone::named("Europe/London") : nullptr;
    fuzz::ask([&] { fuzz::ask_all(Recurrence{parts}); });
  }
  return 0;
}
