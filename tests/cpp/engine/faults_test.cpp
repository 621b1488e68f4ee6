// A day of a store on a disk that fails at its n-th write, sync, truncation or deletion, and with a memory that is used
// up at the n-th allocation, for every n: the error is a clean one, and the file that is left opens, is whole, and
// stands where it stood before the step that failed or after it.
#include <cstdlib>

#include "engine/kept_shop.h"
#include "support/fault_vfs.h"

namespace courtesy {
namespace {

using testing_fault::Fault;
using testing_fault::FaultMemory;
using testing_fault::FaultVfs;
using testing_shop::Lines;
using testing_shop::Rows;
using testing_shop::Shop;

const std::string rules = testing_shop::thanks + R"(
[[occasion]]
name = "how-is-it"
on = "purchase"
after = "1 day"
at = "10:00"
channels = ["email"]
[policy]
merge = true
)";

// The steps of the day; each is one transaction.
using Step = std::function<void(Shop&)>;
std::vector<Step> steps() {
  return {
      [](Shop& shop) { shop.knows(Rows{{"id", "zone", "tags"}, {{"ada", "Europe/London", "vip"}, {"ben", "", ""}}}); },
      [](Shop& shop) { static_cast<void>(shop.refresh("2026-12-01T08:00Z")); },
      [](Shop& shop) {
        const Rows bought{{"id", "customer", "kind", "at"},
                          {{"e1", "ada", "purchase", "2026-12-01"}, {"e2", "ben", "purchase", "2026-12-02"}}};
        static_cast<void>(shop.store->append_events(bought.table("events"), {}, testing_shop::at("2026-12-01T08:30Z")));
      },
      [](Shop& shop) { static_cast<void>(shop.refresh("2026-12-01T09:00Z")); },
      [](Shop& shop) {
        const auto claimed = shop.claim("2026-12-02T10:00Z");
        if (!claimed.empty()) shop.held = claimed[0];
      },
      [](Shop& shop) { static_cast<void>(shop.done(*shop.held, "2026-12-02T10:00:05Z")); },
      [](Shop& shop) {
        const Rows again{{"id", "customer", "kind", "at"}, {{"e3", "ada", "purchase", "2026-12-03"}}};
        static_cast<void>(shop.store->append_events(again.table("events"), {}, testing_shop::at("2026-12-03T08:30Z")));
      },
      [](Shop& shop) { static_cast<void>(shop.refresh("2026-12-03T09:00Z")); },
  };
}

// All that the tables say.
Lines everything(const Store& store) {
  Lines all;
  for (const char* const name : {"customers", "events", "outbox", "audit"}) {
    const OutTable table = const_cast<Store&>(store).table(name);
    for (const std::string& line : Shop::lines(table.cells(), column_names(table.cells()))) {
      all.push_back(std::string(name) + ": " + line);
    }
  }
  return all;
}

StoreOptions on_faulty_disk() {
  StoreOptions options;
  options.database.vfs = FaultVfs::name();
  return options;
}

struct Day {
  std::vector<Lines> states;  // at the beginning, and after each step
  std::int64_t disk_operations = 0;
  std::int64_t allocations = 0;
};

// The day without a fault.
Day whole_day(FaultVfs& disk) {
  Day day;
  disk.no_faults();
  FaultMemory::no_faults();
  Shop shop(rules, on_faulty_disk());
  day.states.push_back(everything(*shop.store));
  for (const Step& step : steps()) {
    step(shop);
    day.states.push_back(everything(*shop.store));
  }
  shop.store.reset();
  day.disk_operations = disk.steps();
  day.allocations = FaultMemory::allocations();
  return day;
}

// The day until something fails; then what is left of it. Empty where all is well.
std::string fault_of(const Day& day, FaultVfs& disk, const std::function<void()>& arm, bool goes_on) {
  const auto disarm = [&] {
    disk.no_faults();
    FaultMemory::no_faults();
  };
  const testing_folder::TempFolder folder;
  std::size_t done = 0;
  bool opened = false;
  std::string said;
  arm();
  try {
    Shop shop(rules, on_faulty_disk(), folder / "shop.db");
    opened = true;
    for (const Step& step : steps()) {
      try {
        step(shop);
      } catch (const Error& error) {
        if (error.kind() != ErrorKind::store) return std::string("an error of another kind: ") + error.what();
        said = error.what();
        if (!goes_on) break;
        // The disk is well again: the same handle does it over.
        disarm();
        step(shop);
      }
      ++done;
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::store) return std::string("an error of another kind: ") + error.what();
    if (opened) return std::string("the second attempt failed too: ") + error.what();
    said = error.what();
  }
  const bool happened = disk.happened() || FaultMemory::happened();
  disarm();
  if (happened && said.empty() && done != steps().size()) return "it ended without a word";
  Shop left(rules, {}, folder / "shop.db");
  if (const auto wrong = left.store->check(); !wrong.empty()) return "the file is damaged: " + wrong[0];
  const Lines now = everything(*left.store);
  if (now == day.states[done] || (done + 1 < day.states.size() && now == day.states[done + 1])) return {};
  return "after step " + std::to_string(done) + " (" + said + ") it holds what it never held";
}

struct DiskFault {
  Fault fault;
  bool crash;  // nothing is done on the disk any more
};

class FaultsOnDisk : public testing::TestWithParam<DiskFault> {};

TEST_P(FaultsOnDisk, leave_a_file_that_stands_before_the_step_or_after_it) {
  FaultVfs disk;
  const Day day = whole_day(disk);
  ASSERT_GT(day.disk_operations, 50);
  const auto [fault, crash] = GetParam();
  for (std::int64_t n = 1; n <= day.disk_operations; ++n) {
    EXPECT_EQ(fault_of(day, disk, [&] { disk.plan(n, fault, crash); }, !crash), "") << "operation " << n;
  }
}

INSTANTIATE_TEST_SUITE_P(Each, FaultsOnDisk,
                         testing::Values(DiskFault{Fault::error, false}, DiskFault{Fault::full, false},
                                         DiskFault{Fault::part, false}, DiskFault{Fault::error, true},
                                         DiskFault{Fault::part, true}, DiskFault{Fault::torn, true}));

TEST(FaultsOfMemory, leave_a_file_that_stands_before_the_step_or_after_it) {
  ASSERT_TRUE(FaultMemory::install());
  FaultVfs disk;
  const Day day = whole_day(disk);
  ASSERT_GT(day.allocations, 500);
  // Every allocation where COURTESY_FAULTS is set, which takes minutes; else one in so many.
  const std::int64_t stride = std::getenv("COURTESY_FAULTS") != nullptr ? 1 : 1 + day.allocations / 400;
  for (std::int64_t n = 1; n <= day.allocations; n += stride) {
    EXPECT_EQ(fault_of(day, disk, [&] { FaultMemory::plan(n, false); }, true), "") << "allocation " << n;
  }
}

}  // namespace
}  // namespace courtesy
