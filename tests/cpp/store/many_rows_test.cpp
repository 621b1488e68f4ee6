#include <courtesy/store/many_rows.h>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/temp_folder.h"

namespace courtesy {
namespace {

TEST(ManyRows, EachRowComesInOnceAndInOrder) {
  const testing_folder::TempFolder folder;
  Database database(folder / "rows.db", {});
  database.execute("CREATE TABLE rows (seq INTEGER PRIMARY KEY, number, text)");
  ManyRows rows(database, "rows (number, text)", 2);
  for (const std::size_t count : {0U, 1U, 2U, 31U, 32U, 33U, 64U, 100U, 3U}) {
    database.execute("DELETE FROM rows");
    std::vector<std::string> texts(ManyRows::at_once);
    rows.insert(count, [&](Statement& to, int place, std::size_t row, std::size_t slot) {
      texts.at(slot) = "row " + std::to_string(row);
      to.bind(place, row).bind(place + 1, texts[slot]);
    });
    Statement all = database.prepare("SELECT number, text FROM rows ORDER BY seq");
    std::size_t seen = 0;
    for (; all.step(); ++seen) {
      EXPECT_EQ(all.integer(0), static_cast<std::int64_t>(seen));
      EXPECT_EQ(all.text(1), "row " + std::to_string(seen));
    }
    EXPECT_EQ(seen, count);
  }
}

}  // namespace
}  // namespace courtesy
