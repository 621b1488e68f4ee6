// A customer is forgotten while others are at work: what they do goes on without that customer.
#include "engine/kept_shop.h"

namespace courtesy {
namespace {

using testing_shop::at;
using testing_shop::Lines;
using testing_shop::Rows;
using testing_shop::Shop;

constexpr const char* tombstone = "00112233445566778899aabbccddeeff";

RefreshOptions refresh_at(const char* now, std::function<void(std::string_view)> progress) {
  RefreshOptions refresh;
  refresh.now = at(now);
  refresh.progress = std::move(progress);
  return refresh;
}

// Ben's reminder is claimed while the refresh plans, and eve, of whom the last audit rows are, is erased: there are as
// many rows of the audit as before.
TEST(ErasureMeanwhile, WhatIsClaimedStaysClaimed) {
  Shop shop;
  shop.knows("ben");
  shop.knows("eve");
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("eve", "purchase", "2026-12-01");
  shop.happened("ben", "purchase", "2026-12-02");
  static_cast<void>(shop.refresh("2026-12-02T09:00Z"));
  ASSERT_EQ(Shop::said(shop.claim("2026-12-02T10:00Z")), Lines{"eve thank-you"});
  shop.rules += "message = 'hello'\n";
  shop.open();
  Store other(shop.path(), testing_shop::rules_of(shop.rules), {});
  std::vector<Claimed> claimed;
  static_cast<void>(shop.store->refresh(refresh_at("2026-12-03T10:00Z", [&](std::string_view what) {
    if (what != "storing" || !claimed.empty()) return;
    other.erase(stored_id("eve"), tombstone);
    ClaimOptions claim;
    claim.now = at("2026-12-03T10:00Z");
    claimed = other.claim(claim);
  })));
  ASSERT_EQ(Shop::said(claimed), Lines{"ben thank-you"});
  EXPECT_EQ(shop.states(), "claimed:1");
  EXPECT_EQ(shop.claim("2026-12-03T10:00:30Z").size(), 0U);
  EXPECT_EQ(other.done(claimed, at("2026-12-03T10:00:31Z")), Lines{""});
}

// Ada and bob are like-minded, and are proposed to each other on the first Tuesday.
struct Introduced : Shop {
  Introduced()
      : Shop(
            "[shop]\nzone = 'UTC'\n[policy]\nholds = []\n[[occasion]]\nname = 'meet'\nrrule = "
            "'FREQ=MONTHLY;BYDAY=1TU'\n"
            "at = '18:00'\nmatch = { tags = true }\nchannels = ['email']\n") {
    knows(Rows{{"id", "tags"}, {{"ada", "chess"}, {"bob", "chess"}}});
    for (const char* id : {"ada", "bob"}) happened(id, "consent", "2026-07-01", {{"note", "introduction"}});
  }
  [[nodiscard]] Lines partners() const {
    const OutTable table = store->table("outbox");
    return lines(table.cells(), {"customer", "state", "partner"});
  }
};

TEST(ErasureMeanwhile, NobodyIsProposedWhoWasErasedBeforeItWasStored) {
  Introduced shop;
  Store other(shop.path(), testing_shop::rules_of(shop.rules), {});
  bool erased = false;
  static_cast<void>(shop.store->refresh(refresh_at("2026-08-01T09:00Z", [&](std::string_view what) {
    if (what == "storing" && !std::exchange(erased, true)) other.erase(stored_id("ada"), tombstone);
  })));
  EXPECT_EQ(shop.partners(), Lines{});
}

TEST(Erasure, WhoeverWasToBeIntroducedIsLookedAtAgain) {
  for (const bool refreshed : {true, false}) {
    Introduced shop;
    static_cast<void>(shop.refresh("2026-08-01T09:00Z"));
    ASSERT_EQ(shop.partners().size(), 2U);
    ASSERT_TRUE(shop.partners()[0].ends_with("planned ada") || shop.partners()[0].ends_with("planned bob"));
    shop.store->erase(stored_id("ada"), tombstone);
    if (refreshed) {
      static_cast<void>(shop.refresh("2026-08-01T10:00Z"));
      EXPECT_EQ(shop.partners(), Lines{"bob withdrawn -"});
    }
    EXPECT_EQ(shop.claim("2026-08-04T18:00Z").size(), 0U);
    EXPECT_EQ(shop.partners(), Lines{"bob withdrawn -"});
  }
}

// One contact a week for a household: ada's thank-you goes out first, and ben's has its place once she is gone.
TEST(Erasure, WhoeverSharedACapTakesThePlace) {
  Shop shop("[policy]\ncaps = [{ scope = 'household', purposes = ['care'], most = 1, per = '7 days' }]\n" +
            testing_shop::thanks.substr(testing_shop::thanks.find("[[occasion]]")));
  shop.knows(Rows{{"id", "household"}, {{"ada", "h"}, {"ben", "h"}}});
  static_cast<void>(shop.refresh("2026-12-01T08:00Z"));
  shop.happened("ada", "purchase", "2026-12-01");
  shop.happened("ben", "purchase", "2026-12-03");
  static_cast<void>(shop.refresh("2026-12-03T09:00Z"));
  const Lines before = shop.outbox();
  ASSERT_EQ(before.size(), 2U);
  ASSERT_FALSE(before[1].ends_with("2026-12-04T10:00:00Z")) << before[1];
  shop.store->erase(stored_id("ada"), tombstone);
  static_cast<void>(shop.refresh("2026-12-03T09:05Z"));
  EXPECT_EQ(shop.outbox(), Lines{"ben thank-you planned 2026-12-04T10:00:00Z"});
}

TEST(Erasure, RowsThatComeInMustBeAskedForThoseWhoWereErased) {
  Shop shop;
  shop.knows("ada");
  shop.knows("ben");
  shop.store->erase(stored_id("ada"), tombstone);
  const Table rows = Rows{{"id"}, {{"ada"}, {"cy"}}}.table("customers");
  EXPECT_THROW(static_cast<void>(shop.store->upsert_customers(rows, {})), Error);
  const Taken taken =
      shop.store->upsert_customers(rows, {}, [](const std::string&, const std::vector<std::string>& hashes) {
        EXPECT_EQ(hashes, Lines{tombstone});
        return Lines{"ada"};
      });
  EXPECT_EQ(taken.added, 1U);
  EXPECT_EQ(taken.erased, 1U);
}

}  // namespace
}  // namespace courtesy
