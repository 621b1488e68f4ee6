// Gestures, and gates 8 to 10: caps, merging and capacity, day by day among the reminders that passed the others.
#pragma once

#include <vector>

#include <courtesy/plan/admission_notes.h>
#include <courtesy/plan/contender.h>
#include <courtesy/plan/extras.h>
#include <courtesy/plan/order.h>
#include <courtesy/plan/went_out.h>

namespace courtesy {

// What the rows alone do not say.
struct Admitted {
  std::vector<AdmissionNote> notes;
  std::vector<Extra> extras;
};

// Appends what belongs to the window to `rows` (withheld ones where `withheld`); what was refused or merged is told in
// the notes, what is given in the extras. The order of the contenders does not matter.
[[nodiscard]] Admitted admit(const Compiled& compiled, Contenders contenders, const std::vector<WentOut>& went_out,
                             bool withheld, PlannedRows& rows);

}  // namespace courtesy
