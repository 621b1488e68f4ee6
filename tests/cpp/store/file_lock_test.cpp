#include <courtesy/store/file_lock.h>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <thread>
#include <vector>

#include "../support/temp_folder.h"
#include "store_errors.h"

namespace courtesy {
namespace {

using testing_folder::read_file;
using testing_folder::TempFolder;
using Part = FileLock::Part;

// A process that does this and ends with 0, or 1 where it throws.
pid_t start(const std::function<void()>& act) {
  const pid_t child = fork();
  if (child != 0) return child;
  try {
    act();
    _exit(0);
  } catch (...) {
    _exit(1);
  }
}

bool ended_well(pid_t child) {
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Somebody else does it in a moment, or something is wrong.
bool comes_true(const std::function<bool()>& condition) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::yield();
  }
  return true;
}

void append(const std::string& path, char letter) { std::ofstream(path, std::ios::app) << letter; }

TEST(FileLock, LetsOneProcessWriteAtATime) {
  const TempFolder folder;
  const std::string counter = folder / "counter";
  testing_folder::write_file(counter, "0");
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    children.push_back(start([&] {
      FileLock lock(folder / "shop.db");
      for (int k = 0; k < 250; ++k) {
        const auto held = lock.hold(Part::writing);
        const int seen = std::stoi(read_file(counter));
        testing_folder::write_file(counter, std::to_string(seen + 1));
      }
    }));
  }
  for (const pid_t child : children) EXPECT_TRUE(ended_well(child));
  EXPECT_EQ(read_file(counter), "1000");
}

TEST(FileLock, TakesTwoConnectionsOfOneProcessForTwoOwners) {
  const TempFolder folder;
  FileLock one(folder / "shop.db");
  FileLock other(folder / "shop.db");
  {
    const auto held = one.hold(Part::writing);
    EXPECT_FALSE(other.is_free(Part::writing));
  }
  EXPECT_TRUE(other.is_free(Part::writing));
}

TEST(FileLock, LetsSomebodyRefreshWhileOthersWrite) {
  const TempFolder folder;
  FileLock refresher(folder / "shop.db");
  FileLock writer(folder / "shop.db");
  const auto refreshing = refresher.hold(Part::refreshing);
  EXPECT_TRUE(writer.is_free(Part::writing));
  const auto writing = writer.hold(Part::writing);
  EXPECT_FALSE(writer.is_free(Part::refreshing));
}

TEST(FileLock, LetsWhoWaitsComeBeforeWhoHasJustWritten) {
  const TempFolder folder;
  FileLock lock(folder / "shop.db");
  FileLock watching(folder / "shop.db");
  for (int turn = 0; turn < 50; ++turn) {
    const std::string order = folder / ("order" + std::to_string(turn));
    pid_t child = 0;
    {
      const auto held = lock.hold(Part::writing);
      child = start([&] {
        FileLock own(folder / "shop.db");
        const auto mine = own.hold(Part::writing);
        append(order, 'w');
      });
      ASSERT_TRUE(comes_true([&] { return watching.somebody_waits(); }));
    }
    {
      const auto again = lock.hold(Part::writing);
      append(order, 'p');
    }
    EXPECT_TRUE(ended_well(child));
    EXPECT_EQ(read_file(order), "wp") << turn;
  }
}

TEST(FileLock, GivesEachOfManyItsTurn) {
  const TempFolder folder;
  constexpr int processes = 6;
  std::vector<pid_t> children;
  const std::string turns = folder / "turns";
  const std::string begin = folder / "begin";
  for (int i = 0; i < processes; ++i) {
    children.push_back(start([&, i] {
      FileLock lock(folder / "shop.db");
      while (!std::filesystem::exists(begin)) std::this_thread::yield();
      // Until enough turns have been taken together.
      for (bool more = true; more;) {
        const auto held = lock.hold(Part::writing);
        append(turns, static_cast<char>('a' + i));
        more = std::filesystem::file_size(turns) < 6000;
      }
    }));
  }
  testing_folder::write_file(begin, "");
  for (const pid_t child : children) EXPECT_TRUE(ended_well(child));
  const std::string taken = read_file(turns);
  for (int i = 0; i < processes; ++i) {
    const auto count = std::count(taken.begin(), taken.end(), static_cast<char>('a' + i));
    EXPECT_GT(count, 6000 / processes / 2) << "process " << i;
  }
}

TEST(FileLock, IsNotHeldUpByOneWhoIsKilledWhileHeWaits) {
  const TempFolder folder;
  FileLock lock(folder / "shop.db");
  const std::string order = folder / "order";
  const auto write = [&](char letter) {
    return start([&, letter] {
      FileLock own(folder / "shop.db");
      const auto held = own.hold(Part::writing);
      append(order, letter);
    });
  };
  pid_t first = 0;
  pid_t second = 0;
  {
    const auto held = lock.hold(Part::writing);
    first = write('1');
    ASSERT_TRUE(comes_true([&] { return lock.somebody_waits(); }));
    second = write('2');
    kill(first, SIGKILL);
    EXPECT_FALSE(ended_well(first));
    EXPECT_FALSE(std::filesystem::exists(order)) << "who waited for him must still wait for who writes";
  }
  EXPECT_TRUE(ended_well(second));
  EXPECT_EQ(read_file(order), "2");
}

TEST(FileLock, IsFreeAtOnceWhenItsOwnerIsKilled) {
  const TempFolder folder;
  FileLock lock(folder / "shop.db");
  const pid_t child = start([&] {
    FileLock own(folder / "shop.db");
    const auto writing = own.hold(Part::writing);
    const auto refreshing = own.hold(Part::refreshing);
    pause();
  });
  ASSERT_TRUE(comes_true([&] { return !lock.is_free(Part::refreshing); }));
  EXPECT_FALSE(lock.is_free(Part::writing));
  kill(child, SIGKILL);
  EXPECT_FALSE(ended_well(child));
  EXPECT_TRUE(lock.is_free(Part::writing));
  EXPECT_TRUE(lock.is_free(Part::refreshing));
}

TEST(FileLock, IsNotKeptByAForkedChildOfAnOwnerThatWasKilled) {
  const TempFolder folder;
  FileLock lock(folder / "shop.db");
  const std::string ready = folder / "ready";
  const pid_t owner = start([&] {
    FileLock own(folder / "shop.db");
    const auto writing = own.hold(Part::writing);
    const pid_t grandchild = fork();
    if (grandchild == 0) {
      pause();
      _exit(0);
    }
    testing_folder::write_file(ready + ".part", std::to_string(grandchild));
    std::filesystem::rename(ready + ".part", ready);
    pause();
  });
  ASSERT_TRUE(comes_true([&] { return std::filesystem::exists(ready); }));
  kill(owner, SIGKILL);
  EXPECT_FALSE(ended_well(owner));
  EXPECT_TRUE(comes_true([&] { return lock.is_free(Part::writing); }));
  kill(std::stoi(read_file(ready)), SIGKILL);
}

TEST(FileLock, CannotBeUsedByAForkedChild) {
  const TempFolder folder;
  FileLock lock(folder / "shop.db");
  const pid_t child = start([&] { (void)lock.hold(Part::writing); });
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 1);
  EXPECT_TRUE(lock.is_free(Part::writing));
}

}  // namespace
}  // namespace courtesy
