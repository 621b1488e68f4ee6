// Moments of recurrences as tests write them: "2026-12-01", "2026-12-01T10:00:00", "2026-12-01T10:00:00Z".
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <courtesy/error.h>
#include <courtesy/time/recurrence.h>

#include "support/dates.h"

namespace courtesy::moments {

inline Moment moment(std::string_view text) {
  if (text.size() == 10) return dates::day(text);
  if (text.ends_with('Z')) return dates::instant(text);
  return dates::wall(text);
}

inline std::string text(const Moment& at) {
  return std::visit([](auto each) { return iso_text(each); }, at);
}

inline std::string text(const std::optional<Moment>& at) { return at ? text(*at) : "none"; }

inline std::vector<std::string> texts(const std::vector<Moment>& all) {
  std::vector<std::string> out;
  for (const Moment& at : all) out.push_back(text(at));
  return out;
}

// The message of the error that the call ends in.
template <typename Call>
std::string complaint(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace courtesy::moments
