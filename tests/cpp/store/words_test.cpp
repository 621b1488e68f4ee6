#include <courtesy/store/open_store.h>
#include <courtesy/store/settings.h>
#include <courtesy/store/words.h>

#include <gtest/gtest.h>

#include "../support/temp_folder.h"
#include "store_errors.h"

namespace courtesy {
namespace {

using testing_folder::TempFolder;

TEST(Settings, KeepTextsAndNumbersByName) {
  const TempFolder folder;
  OpenStore store = open_store(folder / "shop.db", {});
  Settings settings(store.database);
  EXPECT_EQ(settings.text("rules"), std::nullopt);
  EXPECT_EQ(settings.integer("held"), std::nullopt);
  settings.set("rules", "[shop]");
  settings.set("rules", "[shop]\nzone = 'UTC'");
  settings.set("held", 1);
  EXPECT_EQ(settings.text("rules"), "[shop]\nzone = 'UTC'");
  EXPECT_EQ(settings.integer("held"), 1);
  settings.remove("held");
  EXPECT_EQ(settings.integer("held"), std::nullopt);
  EXPECT_EQ(settings.next("token"), 1);
  EXPECT_EQ(settings.next("token"), 2);
  EXPECT_EQ(settings.next("token", 10), 12);
  EXPECT_EQ(settings.integer("token"), 12);
}

TEST(Words, HaveOneCodeEachForEverybody) {
  const TempFolder folder;
  OpenStore one = open_store(folder / "shop.db", {});
  OpenStore other = open_store(folder / "shop.db", {});
  Words words(one.database);
  Words elsewhere(other.database);
  EXPECT_EQ(words.find("email"), std::nullopt);
  const std::int64_t email = words.code("email");
  EXPECT_EQ(words.code("email"), email);
  EXPECT_NE(words.code("sms"), email);
  EXPECT_EQ(elsewhere.find("email"), email);
  EXPECT_EQ(elsewhere.word(email), "email");
  EXPECT_EQ(elsewhere.code("sms"), words.code("sms"));
}

TEST(Words, OfATransactionThatWasUndoneAreForgotten) {
  const TempFolder folder;
  OpenStore store = open_store(folder / "shop.db", {});
  Words words(store.database);
  {
    const Transaction transaction(store.database, Transaction::Kind::write);
    (void)words.code("lost");
  }
  EXPECT_EQ(words.find("lost"), std::nullopt);
  EXPECT_EQ(words.word(words.code("email")), "email");
}

TEST(Words, OfADamagedFileAreMissedLoudly) {
  const TempFolder folder;
  OpenStore store = open_store(folder / "shop.db", {});
  Words words(store.database);
  testing_store::expect_says(testing_store::refusal([&] { (void)words.word(99); }), "the word 99");
}

}  // namespace
}  // namespace courtesy
