// A reminder that passed gates 1 to 7 and competes with others for its day.
#pragma once

#include <courtesy/plan/candidate.h>
#include <courtesy/plan/reminder.h>

namespace courtesy {

struct Contender {
  Candidate candidate;
  Reminder reminder;
};

}  // namespace courtesy
