// A reminder that passed gates 1 to 7 and competes with others for its day.
#pragma once

#include <vector>

#include <courtesy/huge_pages.h>
#include <courtesy/plan/candidate.h>
#include <courtesy/plan/reminder.h>

namespace courtesy {

struct Contender {
  Candidate candidate;
  Reminder reminder;
};

// They are asked in the order of their days, which is none of memory's.
using Contenders = std::vector<Contender, HugePages<Contender>>;

}  // namespace courtesy
