// The window of a plan.
#pragma once

#include <courtesy/time/civil.h>

namespace courtesy {

// A half-open range of instants.
struct Window {
  Instant start;
  Instant end;
};

}  // namespace courtesy
