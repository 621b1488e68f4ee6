// Which events of a customer belong together: a `reopened` names its complaint in `ref`, a `renegotiated` its promise.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include <courtesy/base/customer_base.h>

namespace courtesy {

// Flags by kind of event; empty: none.
using KindFlags = std::vector<std::uint8_t>;

// The cases of one customer's events of some kinds. The case of an event: its `ref` is followed while it is the id of
// an earlier one of them; the id where that ends, or a `ref` that names none of them, such as a shop's own number.
class Cases {
 public:
  Cases() = default;
  Cases(const CustomerBase& base, Index customer, const KindFlags& kinds);

  // Of an event of these kinds.
  [[nodiscard]] const std::string& of_event(std::string_view id) const { return by_id_.find(id)->second; }
  // Where the `ref` of any event leads: to the case of the event of these kinds that it names, else it is a case
  // itself.
  [[nodiscard]] std::string_view of_ref(std::string_view ref) const;
  // The first event of these kinds that is of the case; no_index where none is.
  [[nodiscard]] Index first_of(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> by_id_;
  std::map<std::string, Index, std::less<>> first_;
};

}  // namespace courtesy
