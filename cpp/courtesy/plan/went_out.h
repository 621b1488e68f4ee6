// A reminder that went out already, as the gates would have planned it: what it brought is paid and received then.
#pragma once

#include <courtesy/plan/reminder.h>

namespace courtesy {

struct WentOut {
  Key key;
  Instant due;
  Instant scheduled;
  Index customer = no_index;
  std::uint32_t occasion = 0;
  std::uint16_t step = 0;
};

}  // namespace courtesy
