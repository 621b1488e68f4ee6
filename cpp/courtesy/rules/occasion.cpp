#include <courtesy/letters.h>
#include <courtesy/rules/occasion.h>

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
  const std::string wanted = lower(trimmed(text));
  for (const Purpose purpose : {Purpose::service, Purpose::care, Purpose::offer, Purpose::recovery}) {
    if (wanted == purpose_name(purpose)) return purpose;
  }
  return std::nullopt;
}

std::string_view audience_name(Audience audience) { return audience == Audience::customer ? "customer" : "staff"; }

}  // namespace courtesy
