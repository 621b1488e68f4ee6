#include <courtesy/time/span.h>

#include "casters.h"

namespace courtesy::bindings {

void bind_spans(py::module_& module) {
  module.def(
      "span_parts",
      [](const std::string& text) {
        const Span span = parse_span(text);
        return std::tuple(span.months, span.days, span.business_days, static_cast<std::int64_t>(span.time.count()),
                          static_cast<std::int64_t>(span.open_time.count()));
      },
      py::arg("text"),
      "(months, days, business days, seconds, seconds of opening hours) of a span such as \"3 days\".");
}

}  // namespace courtesy::bindings
