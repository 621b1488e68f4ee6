// The plan: the table of reminders for a window, and what it was made from.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <courtesy/plan/admission_notes.h>
#include <courtesy/plan/extras.h>
#include <courtesy/plan/plan_columns.h>
#include <courtesy/plan/window.h>
#include <courtesy/rules/rules.h>

namespace courtesy {

class Compiled;

struct Plan {
  std::shared_ptr<const CustomerBase> base;
  std::shared_ptr<const Rules> rules;
  std::shared_ptr<const Compiled> compiled;  // of these, for explanations
  Window window;
  std::vector<std::string> channels;  // what the channel column's codes stand for
  PlanColumns columns;
  std::shared_ptr<const AdmissionNotes> notes;  // what gates 8 to 10 did
  std::shared_ptr<const Extras> extras;         // what some reminders carry
  std::vector<std::string> warnings;            // ids only, no personal data

  [[nodiscard]] std::size_t size() const noexcept { return columns.size(); }
  [[nodiscard]] Reminder row(std::size_t i) const { return columns.row(i); }
  [[nodiscard]] Plan take(const std::vector<std::size_t>& rows) const;  // in the order given
};

}  // namespace courtesy
