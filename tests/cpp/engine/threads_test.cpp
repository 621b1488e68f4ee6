// One handle, used by several threads at once: a refresh plans while others claim and answer.
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "engine/kept_shop.h"

namespace courtesy {
namespace {

using testing_shop::Lines;
using testing_shop::Rows;
using testing_shop::Shop;

TEST(StoreInThreads, gives_each_reminder_to_one_of_them_while_it_is_refreshed) {
  Shop shop;
  Rows rows{{"id"}, {}};
  for (int i = 0; i < 200; ++i) rows.rows.push_back({"c" + std::to_string(i)});
  shop.knows(rows);
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  Rows bought{{"id", "customer", "kind", "at"}, {}};
  for (const auto& row : rows.rows) bought.rows.push_back({"p" + row[0], row[0], "purchase", "2026-12-01"});
  static_cast<void>(shop.store->append_events(bought.table("events"), {}, testing_shop::at("2026-12-01T08:30Z")));
  static_cast<void>(shop.refresh("2026-12-01T09:00Z"));

  std::mutex mutex;
  std::multiset<std::string> sent;
  std::atomic<bool> refused{false};
  std::atomic<int> at_work{3};
  const auto work = [&] {
    for (;;) {
      const auto claimed = shop.claim("2026-12-02T10:00Z", 7);
      if (claimed.empty()) break;
      for (const Claimed& each : claimed) {
        if (!shop.done(each, "2026-12-02T10:00:01Z").empty()) refused = true;
        const std::scoped_lock lock(mutex);
        sent.insert(text_of(each.row.customer_id));
      }
    }
    --at_work;
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back(work);
  // Looks at everybody while they are at work, and at least once.
  do {
    RefreshOptions everybody;
    everybody.now = testing_shop::at("2026-12-02T09:59:59Z");
    everybody.everybody = true;
    static_cast<void>(shop.store->refresh(everybody));
  } while (at_work != 0);
  for (std::thread& thread : threads) thread.join();

  EXPECT_FALSE(refused);
  EXPECT_EQ(sent.size(), 200U);
  EXPECT_EQ(std::set<std::string>(sent.begin(), sent.end()).size(), 200U);
  EXPECT_EQ(shop.states(), "sent:200");
}

TEST(StoreInThreads, forgets_customers_while_it_is_refreshed) {
  Shop shop;
  Rows rows{{"id"}, {}};
  for (int i = 0; i < 100; ++i) rows.rows.push_back({"c" + std::to_string(i)});
  shop.knows(rows);
  std::atomic<bool> over{false};
  std::thread refreshing([&] {
    RefreshOptions everybody;
    everybody.now = testing_shop::at("2026-12-01T08:00Z");
    everybody.everybody = true;
    while (!over) {
      static_cast<void>(shop.store->refresh(everybody));
      static_cast<void>(shop.store->preview(everybody));
    }
  });
  for (int i = 0; i < 20; ++i) {
    shop.store->erase(stored_id("c" + std::to_string(i)), "00112233445566778899aabbccddee" + std::to_string(10 + i));
  }
  over = true;
  refreshing.join();
  EXPECT_EQ(shop.store->counts()["customers"], 80);
}

TEST(StoreInThreads, may_be_looked_into_by_whoever_is_told_of_a_refresh) {
  Shop shop;
  shop.knows("ada");
  Lines told;
  RefreshOptions options;
  options.now = testing_shop::at("2026-12-01T08:00Z");
  options.progress = [&](std::string_view what) {
    told.push_back(std::string(what) + " " + std::to_string(shop.store->counts()["customers"]));
  };
  static_cast<void>(shop.store->refresh(options));
  EXPECT_EQ(told, (Lines{"reading 1", "planning 1", "storing 1"}));
}

}  // namespace
}  // namespace courtesy
