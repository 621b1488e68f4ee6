// The table of contents of courtesy._core.
#include "casters.h"

PYBIND11_MODULE(_core, module) {
  module.doc() = "The scheduling core of courtesy. Its face is the package courtesy.";
  using namespace courtesy::bindings;
  bind_errors(module);
  bind_workdays(module);
  bind_zone(module);
  bind_spans(module);
  bind_recurrence(module);
  bind_table(module);
  bind_report(module);
  bind_base(module);
  bind_meter(module);
  bind_rules(module);
  bind_plan(module);
  bind_compare(module);
  bind_insight(module);
  bind_simulate(module);
  bind_store(module);
}
