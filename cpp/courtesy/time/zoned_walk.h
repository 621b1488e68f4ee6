// The occurrences of a walk on the wall clock as instants of a zone: one in a gap moves forward by it, one in an
// overlap is the first. Two that come to one instant are one occurrence.
#pragma once

#include <memory>

#include <courtesy/time/walk.h>
#include <courtesy/time/zone.h>

namespace courtesy {

[[nodiscard]] std::unique_ptr<Walk> zoned_walk(std::unique_ptr<Walk> wall, std::shared_ptr<const Zone> zone);

}  // namespace courtesy
