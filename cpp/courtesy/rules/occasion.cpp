#include <courtesy/letters.h>
#include <courtesy/rules/occasion.h>

#include <algorithm>

namespace courtesy {

std::string_view purpose_name(Purpose purpose) {
  switch (purpose) {
    case Purpose::service:
      return "service";
    case Purpose::care:
      return "care";
    case Purpose::offer:
      return "offer";
    case Purpose::recovery:
      return "recovery";
  }
  return "care";
}

std::optional<Purpose> purpose_named(std::string_view text) {
  const std::string_view wanted = trimmed(text);
  const auto same = [](char a, char b) { return lower(a) == b; };
  for (const Purpose purpose : {Purpose::service, Purpose::care, Purpose::offer, Purpose::recovery}) {
    const std::string_view name = purpose_name(purpose);
    if (std::equal(wanted.begin(), wanted.end(), name.begin(), name.end(), same)) return purpose;
  }
  return std::nullopt;
}

bool AfterEvent::hears_breaches() const { return std::find(kinds.begin(), kinds.end(), "broken") != kinds.end(); }

std::optional<Span> AfterEvent::span_to(std::int32_t number) const {
  if (!repeat || number == 0) return after;
  constexpr std::int64_t most = 4'000'000;
  const auto sum = [&](int first, int each) { return first + std::int64_t{number} * each; };
  const std::int64_t months = sum(after.months, repeat->months);
  const std::int64_t whole = sum(after.days, repeat->days);
  const std::int64_t business = sum(after.business_days, repeat->business_days);
  if (months > most || whole > most || business > most) return std::nullopt;
  Span span = after;
  span.months = static_cast<int>(months);
  span.days = static_cast<int>(whole);
  span.business_days = static_cast<int>(business);
  return span;
}

std::string_view audience_name(Audience audience) { return audience == Audience::customer ? "customer" : "staff"; }

}  // namespace courtesy
