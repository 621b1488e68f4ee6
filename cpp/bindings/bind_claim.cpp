#include "store_tables.h"

namespace courtesy::bindings {
namespace {

py::object text_or_none(const std::string& text) {
  return text.empty() ? py::object(py::none()) : py::object(py::str(text));
}

py::object ticks_or_none(Instant at) {
  return at == Instant::max() ? py::object(py::none()) : py::object(py::int_(ticks(at)));
}

Answer::What what_of(const std::string& name) {
  if (name == "done") return Answer::What::done;
  if (name == "failed") return Answer::What::failed;
  if (name == "released") return Answer::What::released;
  if (name == "crashed") return Answer::What::crashed;
  if (name == "snoozed") return Answer::What::snoozed;
  if (name == "skipped") return Answer::What::skipped;
  throw py::value_error("no such answer");
}

// Whether these are 0, 1, 2, … up to so many.
bool is_all(const std::vector<std::size_t>& rows, std::size_t count) {
  bool all = rows.size() == count;
  for (std::size_t i = 0; all && i < count; ++i) all = rows[i] == i;
  return all;
}

std::vector<std::string> answer(const Claim& claim, const std::vector<std::size_t>& rows, const std::string& what,
                                const std::string& why, bool retry, std::optional<std::int64_t> until,
                                std::int64_t now) {
  if (what == "done" && why.empty() && is_all(rows, claim.rows.size())) {
    const py::gil_scoped_release released;
    return claim.store->done(claim.rows, instant_of(now));
  }
  std::vector<Answer> answers;
  answers.reserve(rows.size());
  for (const std::size_t row : rows) {
    Answer& each = answers.emplace_back(answer_about(claim.rows.at(row).row));
    each.what = what_of(what);
    each.why = why;
    each.retry = retry;
    if (until) each.until = instant_of(*until);
  }
  const py::gil_scoped_release released;
  return claim.store->answer(answers, instant_of(now));
}

}  // namespace

py::dict claimed_dict(const Claimed& claimed) {
  const OwedRow& owed = claimed.row.owed;
  py::dict out;
  out["key"] = to_hex(owed.key);
  out["customer"] = claimed.row.customer_id;
  out["asset"] = text_or_none(owed.asset);
  out["occasion"] = owed.occasion;
  out["step"] = owed.step;
  out["state"] = std::string(outbox_state_name(owed.state));
  out["due"] = ticks(owed.due);
  out["local"] = ticks(owed.local);
  out["zone"] = owed.zone;
  out["channel"] = owed.channel;
  out["audience"] = owed.audience;
  out["purpose"] = owed.purpose;
  out["priority"] = owed.priority;
  out["message"] = text_or_none(owed.message);
  out["team"] = text_or_none(owed.team);
  out["gesture"] = text_or_none(owed.gesture);
  out["cost"] = owed.gesture.empty() ? py::object(py::none()) : py::object(py::float_(owed.cost));
  out["partner"] = text_or_none(owed.partner);
  out["expires"] = ticks_or_none(owed.expires);
  out["attempts"] = claimed.row.attempts;
  out["token"] = claimed.row.token;
  out["lease"] = ticks(claimed.row.lease);
  py::list merged;
  for (const OwedRow& other : claimed.merged) {
    py::dict each;
    each["key"] = to_hex(other.key);
    each["occasion"] = other.occasion;
    each["step"] = other.step;
    each["message"] = text_or_none(other.message);
    merged.append(each);
  }
  out["merged"] = merged;
  return out;
}

void bind_claim(py::module_& module) {
  py::class_<Claim>(module, "Claim", "Rows of the outbox that are held, by their numbers.")
      .def("__len__", [](const Claim& claim) { return claim.rows.size(); })
      .def(
          "row", [](const Claim& claim, std::size_t row) { return claimed_dict(claim.rows.at(row)); }, py::arg("row"))
      .def("answer", &answer, py::arg("rows"), py::arg("what"), py::arg("why"), py::arg("retry"), py::arg("until"),
           py::arg("now"), "Answers these rows in one transaction: for each an empty text, or why it was refused.");
}

}  // namespace courtesy::bindings
