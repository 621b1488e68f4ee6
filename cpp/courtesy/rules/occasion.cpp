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

std::string_view audience_name(Audience audience) { return audience == Audience::customer ? "customer" : "staff"; }

}  // namespace courtesy
