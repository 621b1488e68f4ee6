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

std::string_view audience_name(Audience audience) { return audience == Audience::customer ? "customer" : "staff"; }

}  // namespace courtesy
