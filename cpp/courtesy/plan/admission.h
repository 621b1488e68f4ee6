// Gates 8 to 10: caps, merging and capacity, day by day among the reminders that passed the others.
#pragma once

#include <vector>

#include <courtesy/plan/admission_notes.h>
#include <courtesy/plan/contender.h>
#include <courtesy/plan/order.h>

namespace courtesy {

// Appends what belongs to the window to `rows` (withheld ones where `withheld`); what was refused or merged is told in
// the notes. The order of the contenders does not matter.
void admit(const Compiled& compiled, Contenders contenders, bool withheld, PlannedRows& rows,
           std::vector<AdmissionNote>& notes);

}  // namespace courtesy
