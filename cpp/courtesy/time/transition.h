// One change of a zone's offset from UTC.
#pragma once

#include <chrono>

namespace courtesy {

struct Transition {
  std::chrono::sys_seconds at;
  std::chrono::seconds before;  // offset from UTC until `at`
  std::chrono::seconds after;   // offset from UTC from `at`

  friend bool operator==(const Transition&, const Transition&) = default;
};

}  // namespace courtesy
