// Texts as the lines DTSTART, RRULE, RDATE, EXDATE and EXRULE of iCalendar, with their folding and their zones.
#include <courtesy/time/parse_recurrence.h>

#include <cstdint>

#include "questions.h"

// NOLINTNEXTLINE: the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace courtesy;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  fuzz::ask([&] {
    const Recurrence read{parse_recurrence(text)};
    const Recurrence again{parse_recurrence(read.parts().to_rfc5545())};
    fuzz::must(again == read);
    fuzz::ask_all(read);
  });
  return 0;
}
