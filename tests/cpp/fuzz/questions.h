// What is asked of every recurrence that a fuzzer makes: the answers must agree with each other.
#pragma once

#include <array>
#include <cstdlib>
#include <utility>

#include <courtesy/error.h>
#include <courtesy/time/recurrence.h>

namespace courtesy::fuzz {

inline void must(bool holds) {
  if (!holds) std::abort();
}

// Errors are answers too: of a budget that is used up, and of moments that cannot be compared.
template <typename Ask>
void ask(Ask question) {
  try {
    question();
  } catch (const Error&) {
  }
}

inline void ask_all(const Recurrence& recurrence) {
  const Day from{std::chrono::days{20'454}};  // 2026-01-01
  for (const Day at : {Day{first_year / 1 / 1}, from, Day{last_year / 12 / 31}}) {
    ask([&] {
      const auto after = recurrence.after(at);
      if (!after) return;
      must(!recurrence.never());
      must(recurrence.after(*after, true) == after);
      must(recurrence.before(*after, true) == after);
    });
    ask([&] {
      const auto before = recurrence.before(at);
      if (before) must(recurrence.after(*before, true) == before);
    });
  }
  ask([&] {
    std::array<std::int64_t, 16> cells;
    const std::size_t found = recurrence.fill(from, from + std::chrono::days{400}, cells);
    must(found <= cells.size());
    for (std::size_t i = 1; i < found; ++i) must(cells[i - 1] < cells[i]);
  });
  ask([&] {
    for (const Moment& each : recurrence.first(3)) must(recurrence.after(each, true) == each);
  });
}

}  // namespace courtesy::fuzz
