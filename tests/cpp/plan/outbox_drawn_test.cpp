// An outbox that is kept true day by day, whatever happens.
#include <gtest/gtest.h>

#include <random>

#include "outbox_story.h"

namespace courtesy {
namespace {

using testing_story::at;
using testing_story::Lines;
using testing_story::lines_of;
using testing_story::PlainOutbox;
using testing_story::Story;

// A shop by its seed.
class Drawn {
 public:
  explicit Drawn(unsigned seed) : random_(seed) {}
  void live_and_look();

 private:
  std::string pick(const std::vector<std::string>& from) { return from[random_() % from.size()]; }
  bool one_in(unsigned many) { return random_() % many == 0; }

  Story shop() {
    Story story;
    story.customers = {{"id", "household"}, {{"ada", "1"}, {"bob", "1"}, {"eve", ""}}};
    story.policy = pick({"", "quiet_hours = { from = '20:00', to = '08:00' }\n"}) + pick({"", "merge = true\n"}) +
                   pick({"", "caps = [{ purposes = ['care'], most = 1, per = '3 days', scope = 'household' }]\n"}) +
                   pick({"", "capacity = [{ channels = ['email'], most = 2 }]\n"});
    const auto keys = [&] {
      return pick({"", "until = 'visit'\n"}) + pick({"", "expires = '4 days'\n"}) +
             pick({"", "late = 'skip'\n", "late = 'all'\n"}) + pick({"", "purpose = 'service'\n"}) + "at = '" +
             pick({"09:00", "21:00"}) + "'\n";
    };
    story.occasion = "name = 'thanks'\non = 'purchase'\nafter = '1 day'\n" + keys() +
                     "[[occasion]]\nname = 'ask'\non = 'purchase'\npriority = 1\nsteps = [{ after = '1 day' }, { after "
                     "= '9 days' }]\n" +
                     keys() + "[[occasion]]\nname = 'back'\nsilent = '10 days'\nsince = 'purchase'\n" + keys();
    story.happened("none", "2026-11-01",
                   {{"ref", ""}, {"due", ""}, {"channel", ""}, {"by", ""}, {"note", ""}, {"topic", ""}});
    return story;
  }

  std::mt19937 random_;
};

// What the rows themselves say of what went out, or never will.
void hear(const PlainOutbox& outbox, const std::vector<std::string>& ids, Instant now, Story& story) {
  for (const auto& [key, row] : outbox.rows) {
    const std::map<std::string, std::string> cells{{"customer", ids[static_cast<std::size_t>(row.customer - 100)]},
                                                   {"ref", to_hex(key)},
                                                   {"channel", row.channel},
                                                   {"note", row.purpose}};
    switch (row.state) {
      case OutboxState::claimed:
      case OutboxState::sent:
      case OutboxState::unknown:
        story.happened("contact", iso_text(row.wake), cells);
        break;
      case OutboxState::expired:
      case OutboxState::skipped:
      case OutboxState::parked:
      case OutboxState::given_up:
        story.happened("skip", iso_text(now), cells);
        break;
      default:
        break;
    }
  }
}

void Drawn::live_and_look() {
  Story story = shop();
  const std::vector<std::string> ids{"ada", "bob", "eve"};
  PlainOutbox outbox;
  for (int day = 1; day <= 20; ++day) {
    const std::string date = "2026-12-" + std::string(day < 10 ? "0" : "") + std::to_string(day);
    const Instant now = at(date + "T12:00Z");
    while (one_in(2))
      story.happened(pick({"purchase", "purchase", "visit"}), date + "T0" + pick({"1", "8"}) + ":00Z",
                     {{"customer", pick(ids)}});
    // What is known later may be of earlier days.
    if (one_in(4)) story.happened("purchase", iso_text(now - std::chrono::days{3}), {{"customer", pick(ids)}});
    for (auto& [key, row] : outbox.rows) {
      if (!is_claimable(row.state) || row.wake > now || one_in(3)) continue;
      const std::vector<OutboxState> next{OutboxState::sent,   OutboxState::sent,      OutboxState::sent,
                                          OutboxState::failed, OutboxState::withdrawn, OutboxState::claimed,
                                          OutboxState::parked, OutboxState::skipped};
      row.state = next[random_() % next.size()];
      if (row.state == OutboxState::failed) row.wake = now + std::chrono::minutes{5};
      for (auto& [other, part] : outbox.rows) {
        if (part.state == OutboxState::merged && part.contact == key && row.state == OutboxState::sent)
          part.state = OutboxState::sent;
      }
    }
    Story known = story;
    hear(outbox, ids, now, known);
    known.start = iso_text(now - std::chrono::days{31});
    known.end = iso_text(now + std::chrono::days{60});
    const Plan plan = known.plan();
    const auto numbers = testing_story::numbers_of(*plan.base);
    const Instant until = now + std::chrono::days{30};

    std::vector<OwedRow> rows = outbox.all();
    const Lines straight = lines_of(testing_story::changes_by(rows, plan, {now, until}));
    std::shuffle(rows.begin(), rows.end(), random_);
    EXPECT_EQ(lines_of(testing_story::changes_by(rows, plan, {now, until})), straight);
    const PlainOutbox before = outbox;
    EXPECT_EQ(lines_of(outbox.merge_with(plan, now, until)), straight);
    EXPECT_EQ(lines_of(outbox.merge_with(plan, now, until)), Lines{}) << "a second time, on " << date;

    const auto claimed = [&](const OwedRow& row) {
      const auto contact = row.contact ? outbox.rows.find(*row.contact) : outbox.rows.end();
      return row.state == OutboxState::claimed ||
             (contact != outbox.rows.end() && contact->second.state == OutboxState::claimed);
    };
    for (std::size_t i = 0; i < plan.size(); ++i) {
      const Reminder planned = plan.row(i);
      const auto found = outbox.rows.find(planned.key);
      const bool has = found != outbox.rows.end();
      const std::string which = date + " " + to_hex(planned.key) + " " + std::string(reason_name(planned.reason));
      if (planned.state == State::withheld) {
        // Nothing that is withheld goes out, but what was on its way.
        EXPECT_TRUE(!has || !is_live(found->second.state) || planned.reason == ReasonCode::sent ||
                    claimed(found->second))
            << which;
        continue;
      }
      if (planned.due >= until) continue;
      ASSERT_TRUE(has) << which;
      const OwedRow& row = found->second;
      if (!is_live(row.state)) {
        // It is done, or it is late.
        EXPECT_TRUE(before.rows.contains(row.key) || now - row.due > late_after) << which;
        continue;
      }
      if (claimed(row)) continue;
      EXPECT_EQ(row.due, planned.due) << which;
      EXPECT_EQ(row.channel, plan.channels[planned.channel]) << which;
    }
    for (const auto& [key, row] : outbox.rows) {
      if (row.state == OutboxState::claimed) {
        EXPECT_EQ(before.rows.at(key).due, row.due);
      }
      if (row.state != OutboxState::merged) continue;
      // Whatever another says is said by one that goes out by itself.
      ASSERT_TRUE(row.contact && outbox.rows.contains(*row.contact));
      const OwedRow& contact = outbox.rows.at(*row.contact);
      EXPECT_TRUE(is_claimable(contact.state) || contact.state == OutboxState::claimed)
          << outbox_state_name(contact.state);
    }
  }
}

class OutboxDrawn : public testing::TestWithParam<unsigned> {};

TEST_P(OutboxDrawn, HasWhatThePlanHasAndNothingElse) {
  constexpr unsigned many = 15;
  for (unsigned seed = GetParam() * many; seed < (GetParam() + 1) * many; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Drawn(seed).live_and_look();
  }
}

INSTANTIATE_TEST_SUITE_P(Shops, OutboxDrawn, testing::Range(0U, 10U));

}  // namespace
}  // namespace courtesy
