#include <courtesy/plan/plan.h>

namespace courtesy {

Plan Plan::take(const std::vector<std::size_t>& rows) const {
  Plan part;
  part.base = base;
  part.rules = rules;
  part.compiled = compiled;
  part.window = window;
  part.channels = channels;
  part.warnings = warnings;
  part.notes = notes;
  part.extras = extras;
  part.columns.reserve(rows.size());
  for (const std::size_t i : rows) part.columns.add(row(i));
  return part;
}

}  // namespace courtesy
