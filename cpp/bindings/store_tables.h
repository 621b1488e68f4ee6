// What a store gives to Python: claims, whose rows are answered by their numbers, and what is due as a table.
#pragma once

#include <courtesy/base/out_table.h>
#include <courtesy/engine/store.h>

#include <memory>
#include <vector>

#include "casters.h"

namespace courtesy::bindings {

// The rows that were claimed together; they never change.
struct Claim {
  std::shared_ptr<Store> store;
  std::vector<Claimed> rows;
};

py::dict claimed_dict(const Claimed& claimed);
void bind_claim(py::module_& module);

[[nodiscard]] OutTable due_table(const std::vector<Claimed>& rows);

}  // namespace courtesy::bindings
