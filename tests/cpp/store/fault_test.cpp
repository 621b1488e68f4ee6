// A disk or a memory that fails at any step leaves a clean error, and a file that holds each transaction whole or not
// at all.
#include <courtesy/store/journal.h>
#include <courtesy/store/open_store.h>

#include <gtest/gtest.h>

#include "../support/fault_vfs.h"
#include "kept_tables.h"

namespace courtesy {
namespace {

using testing_fault::Fault;
using testing_fault::FaultMemory;
using testing_fault::FaultVfs;
using testing_folder::TempFolder;
using testing_story::Rows;

// A day in four transactions. How many of them were done before something went wrong.
int work(const std::string& path, std::string* fault) {
  int done = 0;
  try {
    OpenStore store = open_store(path, {.vfs = FaultVfs::name()});
    Settings settings(store.database);
    Words words(store.database);
    Journal journal(store.database, settings, words);
    const auto write = [&](auto&& act) {
      const auto held = store.lock->hold(FileLock::Part::writing);
      Transaction transaction(store.database, Transaction::Kind::write);
      act();
      transaction.commit();
      ++done;
    };
    write([&] {
      journal.upsert_customers(Rows{{"id", "name"}, {{"ada", "Ada"}, {"bob", "Bob"}}}.table("customers"), {}, {});
    });
    write([&] {
      journal.append_events(Rows{{"customer", "kind", "at"}, {{"ada", "visit", "2026-01-01"}}}.table("events"), {}, {},
                            testing_story::at("2026-01-02T00:00Z"));
    });
    write([&] { journal.upsert_customers(Rows{{"id", "tier"}, {{"ada", "gold"}}}.table("customers"), {}, {}); });
    store.database.checkpoint(true);
    write([&] {
      journal.append_events(Rows{{"customer", "kind", "at"}, {{"bob", "visit", "2026-01-03"}}}.table("events"), {}, {},
                            testing_story::at("2026-01-04T00:00Z"));
    });
  } catch (const Error& error) {
    *fault = error.what();
    EXPECT_EQ(error.kind(), ErrorKind::store) << *fault;
  }
  return done;
}

// What is there after so many transactions: customers, events, and whether there is a tier.
std::string found(const std::string& path) {
  OpenStore store = open_store(path, {.vfs = FaultVfs::name()});
  EXPECT_EQ(store.database.text("PRAGMA integrity_check"), "ok");
  return std::to_string(store.database.integer("SELECT count(*) FROM customers")) + " " +
         std::to_string(store.database.integer("SELECT count(*) FROM events")) + " " +
         std::to_string(store.database.integer("SELECT count(*) FROM columns WHERE name = 'tier'"));
}

const std::vector<std::string> after = {"0 0 0", "2 0 0", "2 1 0", "2 1 1", "2 2 1"};

TEST(FaultVfs, CountsTheStepsOfADayAndLetsItBe) {
  const TempFolder folder;
  FaultVfs disk;
  std::string fault;
  EXPECT_EQ(work(folder / "shop.db", &fault), 4);
  EXPECT_EQ(fault, "");
  EXPECT_GT(disk.steps(), 20);
  EXPECT_FALSE(disk.happened());
  EXPECT_EQ(found(folder / "shop.db"), after[4]);
}

TEST(FaultVfs, LosesNoTransactionWhereADiskRefusesAStep) {
  FaultVfs disk;
  std::int64_t steps = 0;
  {
    const TempFolder folder;
    std::string fault;
    work(folder / "shop.db", &fault);
    steps = disk.steps();
  }
  for (const Fault kind : {Fault::error, Fault::full, Fault::part, Fault::torn}) {
    for (const bool crash : {false, true}) {
      for (std::int64_t step = 1; step <= steps; ++step) {
        const TempFolder folder;
        std::string fault;
        disk.plan(step, kind, crash);
        const int done = work(folder / "shop.db", &fault);
        disk.no_faults();
        const std::string now = found(folder / "shop.db");
        // What was acknowledged is there; of the step that failed, all or nothing.
        const auto place = static_cast<std::size_t>(done);
        EXPECT_TRUE(now == after[place] || (place < 4 && now == after[place + 1]))
            << "step " << step << ", fault " << static_cast<int>(kind) << ", crash " << crash << ": done " << done
            << ", found " << now << "\n"
            << fault;
        EXPECT_EQ(done == 4, fault.empty()) << "step " << step << "\n" << fault;
        if (HasFailure()) return;
      }
    }
  }
}

TEST(FaultMemory, LosesNoTransactionWhereAnAllocationFails) {
  ASSERT_TRUE(FaultMemory::install()) << "a connection is open still";
  FaultVfs disk;
  std::int64_t allocations = 0;
  {
    const TempFolder folder;
    std::string fault;
    FaultMemory::no_faults();
    work(folder / "shop.db", &fault);
    allocations = FaultMemory::allocations();
  }
  EXPECT_GT(allocations, 500);
  // Some of them, so that it takes seconds; a prime, so that repeated rows of allocations are met at all their places.
  constexpr std::int64_t stride = 61;
  for (const bool from_then_on : {false, true}) {
    for (std::int64_t n = 1; n <= allocations; n += stride) {
      const TempFolder folder;
      std::string fault;
      FaultMemory::plan(n, from_then_on);
      const int done = work(folder / "shop.db", &fault);
      FaultMemory::no_faults();
      const std::string now = found(folder / "shop.db");
      const auto place = static_cast<std::size_t>(done);
      EXPECT_TRUE(now == after[place] || (place < 4 && now == after[place + 1]))
          << "allocation " << n << ": done " << done << ", found " << now << "\n"
          << fault;
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace courtesy
