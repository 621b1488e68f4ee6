#include <courtesy/plan/goodwill.h>
#include <courtesy/plan/plan_table.h>
#include <courtesy/plan/planner.h>

#include <map>
#include <tuple>

#include "casters.h"

namespace courtesy::bindings {
namespace {

py::object id_of(const Ids& ids, Index index) {
  if (index == no_index) return py::none();
  if (ids.are_integers()) return py::int_(ids.number(index));
  return py::str(std::string(ids.text_view(index)));
}

py::object text_or_none(const std::string& text) {
  return text.empty() ? py::object(py::none()) : py::object(py::str(text));
}

// A reminder with names instead of codes. One that stands for "nothing" has no due, and is of no step.
py::dict to_dict(const Plan& plan, const Reminder& row, bool real) {
  const Occasion& occasion = plan.rules->occasions[row.occasion];
  py::dict out;
  out["key"] = real ? to_hex(row.key) : std::string();
  out["customer"] = id_of(plan.base->customer_ids(), row.customer);
  out["asset"] = id_of(plan.base->asset_ids(), row.asset);
  out["occasion"] = occasion.name;
  out["state"] = std::string(state_name(row.state));
  out["purpose"] = std::string(purpose_name(occasion.purpose));
  out["priority"] = real ? priority_of(*plan.compiled, row.occasion, row.customer, row.due) : occasion.priority;
  out["reason"] = std::string(reason_name(row.reason));
  out["channel"] = row.channel == no_code ? py::object(py::none()) : py::object(py::str(plan.channels[row.channel]));
  out["event"] = row.event == no_index ? py::object(py::none()) : py::object(py::str(plan.base->event_id(row.event)));
  if (!real) {
    for (const char* name : {"step", "due", "local", "zone", "audience", "anchor", "expires", "message", "contact",
                             "team", "gesture", "cost", "partner"}) {
      out[name] = py::none();
    }
    return out;
  }
  const Step& step = occasion.steps[row.step];
  out["step"] = step.name;
  out["due"] = ticks(row.due);
  out["local"] = ticks(row.local);
  out["zone"] = plan.base->zones()[row.zone]->name();
  out["audience"] = std::string(audience_name(step.audience));
  out["anchor"] = ticks(row.anchor);
  out["expires"] = row.expires == Instant::max() ? py::object(py::none()) : py::object(py::int_(ticks(row.expires)));
  const Extra* extra = plan.extras->of(row.key);
  const Gesture* gesture = extra == nullptr ? nullptr : extra->gesture;
  out["message"] = text_or_none(gesture == nullptr || gesture->message.empty() ? step.message : gesture->message);
  out["contact"] = row.state == State::withheld ? py::object(py::none())
                                                : py::object(py::str(to_hex(plan.notes->contact_of(row.key))));
  out["team"] = text_or_none(step.team);
  out["gesture"] = gesture == nullptr ? py::object(py::none()) : py::object(py::str(gesture->name));
  out["cost"] = gesture == nullptr ? py::object(py::none()) : py::object(py::float_(gesture->cost));
  out["partner"] = extra == nullptr ? py::object(py::none()) : text_or_none(extra->partner);
  return out;
}

py::dict to_dict(const Plan& plan, const Decision& decision) {
  py::list reasons;
  for (const Reason& reason : decision.reasons) {
    py::dict entry;
    entry["code"] = std::string(reason_name(reason.code));
    for (const auto& [name, value] : reason.data) {
      const py::str key{std::string(name)};
      std::visit(
          [&](const auto& held) {
            using T = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<T, std::string>) {
              entry[key] = py::str(held);
            } else if constexpr (std::is_arithmetic_v<T>) {
              entry[key] = held;
            } else {
              entry[key] = to_python(held);
            }
          },
          value);
    }
    reasons.append(entry);
  }
  const Reminder& row = decision.reminder;
  const bool real = row.reason != ReasonCode::no_event && row.reason != ReasonCode::no_birthday &&
                    row.reason != ReasonCode::outside_window && row.reason != ReasonCode::no_milestone &&
                    row.reason != ReasonCode::not_repeated && row.reason != ReasonCode::no_due &&
                    row.reason != ReasonCode::no_cadence;
  py::dict out;
  out["reminder"] = to_dict(plan, row, real);
  out["reasons"] = reasons;
  return out;
}

std::size_t checked(const Plan& plan, std::int64_t i) {
  if (i < 0 || static_cast<std::size_t>(i) >= plan.size()) throw py::index_error("no such row in the plan");
  return static_cast<std::size_t>(i);
}

// What rows are asked for; anything unset is not asked.
std::vector<std::size_t> select(const Plan& plan, std::optional<Index> customer,
                                const std::optional<std::string>& occasion, std::optional<std::int64_t> first_day,
                                std::optional<std::int64_t> last_day, const std::optional<std::string>& state) {
  const PlanColumns& columns = plan.columns;
  std::vector<bool> wanted(plan.rules->occasions.size(), !occasion);
  for (std::size_t i = 0; occasion && i < wanted.size(); ++i) wanted[i] = plan.rules->occasions[i].name == *occasion;
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (customer && columns.customer[i] != *customer) continue;
    if (!wanted[columns.occasion[i]]) continue;
    const std::int64_t day = ticks(day_of(columns.local[i]));
    if ((first_day && day < *first_day) || (last_day && day > *last_day)) continue;
    if (state && state_name(columns.state[i]) != *state) continue;
    rows.push_back(i);
  }
  return rows;
}

py::list counts(const Plan& plan) {
  const PlanColumns& columns = plan.columns;
  std::map<std::tuple<std::uint32_t, State, ReasonCode, Code, std::int64_t>, std::int64_t> found;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    ++found[{columns.occasion[i], columns.state[i], columns.reason[i], columns.channel[i],
             ticks(day_of(columns.local[i]))}];
  }
  py::list out;
  for (const auto& [group, number] : found) {
    const auto& [occasion, state, reason, channel, day] = group;
    out.append(py::make_tuple(
        plan.rules->occasions[occasion].name, std::string(state_name(state)), std::string(reason_name(reason)),
        channel == no_code ? py::object(py::none()) : py::object(py::str(plan.channels[channel])), day, number));
  }
  return out;
}

py::capsule stream(const Plan& plan) {
  auto out = std::make_unique<ArrowArrayStream>();
  {
    const py::gil_scoped_release released;
    export_stream(plan_table(plan), out.get());
  }
  return capsule_of(std::move(out));
}

std::shared_ptr<Plan> make_plan(std::shared_ptr<CustomerBase> base, std::shared_ptr<Rules> rules, std::int64_t start,
                                std::int64_t end, bool withheld, unsigned threads) {
  const py::gil_scoped_release released;
  return std::make_shared<Plan>(
      plan(std::move(base), std::move(rules), {instant_of(start), instant_of(end)}, {withheld, threads}));
}

py::dict explained(const Plan& plan, std::int64_t row) {
  return to_dict(plan, explain(plan, plan.row(checked(plan, row))));
}

using CustomerId = std::variant<std::int64_t, std::string>;

Index customer_of(const Plan& plan, const CustomerId& id) {
  const Index customer = std::visit([&](const auto& value) { return plan.base->customer_ids().find(value); }, id);
  if (customer != no_index) return customer;
  const auto* number = std::get_if<std::int64_t>(&id);
  throw Error(ErrorKind::missing,
              "there is no customer " + (number != nullptr ? std::to_string(*number) : "'" + std::get<1>(id) + "'"));
}

py::list why(const Plan& plan, const CustomerId& customer, const std::string& occasion) {
  py::list out;
  for (const Decision& decision : why_not(plan, customer_of(plan, customer), occasion))
    out.append(to_dict(plan, decision));
  return out;
}

}  // namespace

void bind_plan(py::module_& module) {
  py::class_<Plan, std::shared_ptr<Plan>>(module, "Plan", "The reminders of a window, ordered by due, then key.")
      .def("__len__", &Plan::size)
      .def(
          "row", [](const Plan& plan, std::int64_t i) { return to_dict(plan, plan.row(checked(plan, i)), true); },
          py::arg("row"))
      .def(
          "take",
          [](const Plan& plan, const std::vector<std::int64_t>& rows) {
            std::vector<std::size_t> positions;
            positions.reserve(rows.size());
            for (const std::int64_t row : rows) positions.push_back(checked(plan, row));
            return std::make_shared<Plan>(plan.take(positions));
          },
          py::arg("rows"))
      .def(
          "select",
          [](const Plan& plan, const std::optional<CustomerId>& customer, const std::optional<std::string>& occasion,
             std::optional<std::int64_t> first_day, std::optional<std::int64_t> last_day,
             const std::optional<std::string>& state) {
            const auto index = customer ? std::optional<Index>(customer_of(plan, *customer)) : std::nullopt;
            return select(plan, index, occasion, first_day, last_day, state);
          },
          py::arg("customer") = py::none(), py::arg("occasion") = py::none(), py::arg("first_day") = py::none(),
          py::arg("last_day") = py::none(), py::arg("state") = py::none(),
          "The rows of a customer (its id), an occasion, local days (since 1970-01-01, inclusive), a state.")
      .def("counts", &counts, "(occasion, state, reason, channel, local day, number) for each group of rows.")
      .def("stream", &stream, "The plan's table as an Arrow C stream in a capsule.")
      .def("explain", &explained, py::arg("row"))
      .def("why_not", &why, py::arg("customer"), py::arg("occasion"))
      .def_property_readonly("base", [](const Plan& plan) { return std::const_pointer_cast<CustomerBase>(plan.base); })
      .def_property_readonly("warnings", [](const Plan& plan) { return plan.warnings; })
      .def_property_readonly(
          "window", [](const Plan& plan) { return std::make_tuple(ticks(plan.window.start), ticks(plan.window.end)); });
  module.def("plan", &make_plan, py::arg("base"), py::arg("rules"), py::arg("start"), py::arg("end"),
             py::arg("withheld"), py::arg("threads"),
             "Plans the window [start, end) of instants (µs UTC). The GIL is released meanwhile.");
}

}  // namespace courtesy::bindings
