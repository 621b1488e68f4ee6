// [shop] and [policy].
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/rule_text.h"
#include "support/dates.h"

namespace courtesy {
namespace {

using namespace rule_text;
using namespace std::chrono_literals;
using dates::day;

const std::string some_occasion = occasion_text("on = 'purchase'");

std::shared_ptr<const Rules> with(const std::string& keys) { return rules("[policy]\n" + keys + "\n" + some_occasion); }

TEST(ReadShop, TakesItsKeysOrHasDefaults) {
  const auto full =
      rules("[shop]\nname = 'Northside Garage'\nzone = 'Europe/London'\nlocale = 'en-GB'\n" + some_occasion);
  EXPECT_EQ(full->shop.name, "Northside Garage");
  EXPECT_EQ(full->shop.zone, "Europe/London");
  EXPECT_EQ(full->shop.locale, "en-GB");
  const auto none = rules(some_occasion);
  EXPECT_EQ(none->shop.name, "");
  EXPECT_EQ(none->shop.zone, "UTC");
  EXPECT_EQ(none->shop.locale, "en");
}

TEST(ReadShop, TakesLocalesAsTheyAreWritten) {
  for (const char* locale : {"en", "de-CH", "zh-Hant-TW", "en_GB", "es-419", "ca-ES-valencia"}) {
    EXPECT_EQ(complaints("[shop]\nlocale = '" + std::string(locale) + "'"), Lines{}) << locale;
  }
  for (const char* locale : {"e", "en-", "-GB", "en GB", "1e", "en--GB", "en-ABCDEFGHI", "en.UTF-8", "Europe/London"}) {
    EXPECT_EQ(complaints("[shop]\nlocale = '" + std::string(locale) + "'"),
              Lines{"rules.toml:2:10: shop: 'locale': expected a locale such as \"en-GB\", found '" +
                    std::string(locale) + "'"});
  }
}

TEST(ReadShop, RefusesAZoneThatDoesNotExist) {
  const Lines said = complaints("[shop]\nzone = 'Europe/Lodnon'");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_TRUE(said[0].starts_with("rules.toml:2:8: shop: 'zone': ")) << said[0];
  EXPECT_NE(said[0].find("'Europe/London'"), std::string::npos) << said[0];
}

TEST(ReadShop, RefusesWhatItDoesNotKnow) {
  expect_complaints({
      {"[shop]\nzoen = 'UTC'", {"rules.toml:2:1: shop: unknown key 'zoen' (did you mean 'zone'?)"}},
      {"[shop]\nphone = 'x'", {"rules.toml:2:1: shop: unknown key 'phone' (its keys are 'name', 'zone' and 'locale')"}},
      {"shop = 'Northside'", {"rules.toml:1:8: 'shop': expected a table, found 'Northside'"}},
      {"[shop]\nname = 3", {"rules.toml:2:8: shop: 'name': expected a text, found 3"}},
  });
}

TEST(ReadPolicy, HasDefaults) {
  const Policy policy = rules(some_occasion)->policy;
  EXPECT_FALSE(policy.quiet_hours);
  EXPECT_FALSE(policy.business_days);
  EXPECT_EQ(policy.consent[static_cast<std::size_t>(Purpose::service)], Consent::not_needed);
  EXPECT_EQ(policy.consent[static_cast<std::size_t>(Purpose::care)], Consent::unless_withdrawn);
  EXPECT_EQ(policy.consent[static_cast<std::size_t>(Purpose::offer)], Consent::needed);
  EXPECT_EQ(policy.consent[static_cast<std::size_t>(Purpose::recovery)], Consent::not_needed);
  EXPECT_EQ(policy.channels, Lines{"email"});
  EXPECT_EQ(policy.at, TimeOfDay{9h});
  EXPECT_EQ(policy.gap, Gap::forward);
  EXPECT_EQ(policy.overlap, Overlap::first);
  EXPECT_EQ(policy.spread, 0min);
  EXPECT_TRUE(policy.caps.empty());
  EXPECT_FALSE(policy.merge.all);
  EXPECT_TRUE(policy.merge.channels.empty());
  EXPECT_TRUE(policy.capacity.empty());
}

TEST(ReadPolicy, TakesEveryKey) {
  const Policy policy = with(
                            "quiet_hours = { from = '20:00', to = 08:00:00 }\n"
                            "business_days = { weekend = ['sat', 'sun'], holidays = ['2026-12-25', 2026-12-28] }\n"
                            "consent = { service = 'unless withdrawn', offer = 'not needed', recovery = 'needed' }\n"
                            "channels = ['sms', 'email']\nat = '09:30'\ngap = 'backward'\noverlap = 'second'\n"
                            "spread = '1 hour 30 minutes'")
                            ->policy;
  EXPECT_EQ(policy.quiet_hours.value().from, TimeOfDay{20h});
  EXPECT_EQ(policy.quiet_hours.value().to, TimeOfDay{8h});
  const Workdays& days = policy.business_days.value();
  EXPECT_TRUE(days.is_holiday(day("2026-12-25")));
  EXPECT_TRUE(days.is_holiday(day("2026-12-28")));
  EXPECT_TRUE(days.is_weekend(day("2026-12-26")));  // a Saturday
  EXPECT_TRUE(days.is_business_day(day("2026-12-29")));
  EXPECT_EQ(policy.consent,
            (std::array{Consent::unless_withdrawn, Consent::unless_withdrawn, Consent::not_needed, Consent::needed}));
  EXPECT_EQ(policy.channels, (Lines{"sms", "email"}));
  EXPECT_EQ(policy.at, TimeOfDay{9h + 30min});
  EXPECT_EQ(policy.gap, Gap::backward);
  EXPECT_EQ(policy.overlap, Overlap::second);
  EXPECT_EQ(policy.spread, 90min);
  EXPECT_EQ(with("spread = '1 minute'\nquiet_hours = { from = '20:00', to = '08:00' }")->policy.spread, 1min);
  EXPECT_EQ(with("spread = 'PT4H'\nquiet_hours = { from = '20:00', to = '08:00' }")->policy.spread, 4h);
}

TEST(ReadPolicy, TakesMidnightAsAnEndAndAWeekThatHasNoWeekend) {
  const Policy policy =
      with("quiet_hours = { from = '20:00', to = '24:00' }\nbusiness_days = { weekend = [] }")->policy;
  EXPECT_EQ(policy.quiet_hours.value().to, TimeOfDay{0});
  EXPECT_TRUE(policy.business_days.value().every_day());
  EXPECT_TRUE(with("business_days = { weekend = 'fri' }")->policy.business_days.value().is_weekend(day("2026-12-25")));
}

TEST(ReadPolicy, RefusesWhatIsWrong) {
  const std::string clock = "expected a time of day such as \"09:00\", found ";
  const std::string dated = "'holidays': expected a date such as \"2026-12-25\", from 1600 to 9999, found ";
  const std::string weekdays = "'weekend': expected 'mon', 'tue', 'wed', 'thu', 'fri', 'sat' or 'sun', found ";
  const std::string consents = "expected 'not needed', 'unless withdrawn' or 'needed', found ";
  const std::string minutes = "expected whole minutes, from '1 minute' to '4 hours', found ";
  const std::vector<Complaint> cases{
      {"quiet_hours = '20:00'",
       {"15: policy: 'quiet_hours': expected a table such as { from = \"20:00\", to = \"08:00\" }, found '20:00'"}},
      {"quiet_hours = { from = '20:00' }", {"15: policy, quiet_hours: expected both 'from' and 'to'"}},
      {"quiet_hours = { from = '20:00', to = '20:00' }",
       {"15: policy, quiet_hours: they begin and end at the same time; leave 'quiet_hours' out where there are none"}},
      {"quiet_hours = { from = '20', to = '8:60' }",
       {"24: policy, quiet_hours: 'from': " + clock + "'20'", "35: policy, quiet_hours: 'to': " + clock + "'8:60'"}},
      {"quiet_hours = { from = '20:00', too = '08:00' }",
       {"15: policy, quiet_hours: expected both 'from' and 'to'",
        "33: policy, quiet_hours: unknown key 'too' (did you mean 'to'?)"}},
      {"business_days = ['sat']",
       {"17: policy: 'business_days': expected a table such as { weekend = [\"sat\", \"sun\"], holidays = "
        "[\"2026-12-25\"] }, found a list"}},
      {"business_days = { weekend = ['sat', 'snu', 7] }",
       {"37: policy, business_days: " + weekdays + "'snu' (did you mean 'sun'?)",
        "44: policy, business_days: " + weekdays + "7"}},
      {"business_days = { weekend = ['Saturday'] }",
       {"30: policy, business_days: " + weekdays + "'Saturday' (did you mean 'sat'?)"}},
      {"business_days = { weekend = ['sat', 'sat'] }", {"37: policy, business_days: 'weekend': 'sat' is in it twice"}},
      {"business_days = { weekend = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] }",
       {"17: policy, business_days: expected at least one business day a week, found a weekend of all seven days "
        "(leave one out)"}},
      {"business_days = { holidays = ['25.12.2026', '2026-02-29', 3] }",
       {"31: policy, business_days: " + dated + "'25.12.2026'", "45: policy, business_days: " + dated + "'2026-02-29'",
        "59: policy, business_days: " + dated + "3"}},
      {"business_days = { holidays = '2026-12-25' }",
       {"30: policy, business_days: 'holidays': expected a list of dates and ranges such as [\"2026-12-25\", "
        "\"2026-12-27/2027-01-01\"], found "
        "'2026-12-25'"}},
      {"consent = { care = 'withdrawn' }", {"20: policy, consent: 'care': " + consents + "'withdrawn'"}},
      {"consent = { care = 'unless' }",
       {"20: policy, consent: 'care': " + consents + "'unless' (did you mean 'unless withdrawn'?)"}},
      {"consent = { offers = 'needed' }", {"13: policy, consent: unknown key 'offers' (did you mean 'offer'?)"}},
      {"consent = true",
       {"11: policy: 'consent': expected a table such as { care = \"unless withdrawn\", offer = \"needed\" }, found "
        "true"}},
      {"channels = ''", {"12: policy: 'channels': expected a text, found an empty text"}},
      {"at = '24:00'", {"6: policy: 'at': " + clock + "'24:00'"}},
      {"gap = 'error'", {"7: policy: 'gap': expected 'forward' or 'backward', found 'error'"}},
      {"overlap = 'frist'",
       {"11: policy: 'overlap': expected 'first' or 'second', found 'frist' (did you mean 'first'?)"}},
      {"quite_hours = {}", {"1: policy: unknown key 'quite_hours' (did you mean 'quiet_hours'?)"}},
      {"spread = '30 seconds'", {"10: policy: 'spread': " + minutes + "'30 seconds'"}},
      {"spread = '90 seconds'", {"10: policy: 'spread': " + minutes + "'90 seconds'"}},
      {"spread = '241 minutes'", {"10: policy: 'spread': " + minutes + "'241 minutes'"}},
      {"spread = '0 hours'", {"10: policy: 'spread': " + minutes + "'0 hours'"}},
      {"spread = '1 day'", {"10: policy: 'spread': " + minutes + "'1 day'"}},
      {"spread = '2 opening hours'", {"10: policy: 'spread': " + minutes + "'2 opening hours'"}},
      {"spread = 2", {"10: policy: 'spread': expected a span such as '3 days', found 2"}},
      {"spraed = '2 hours'", {"1: policy: unknown key 'spraed' (did you mean 'spread'?)"}},
  };
  for (const Complaint& c : cases) {
    Lines said;
    for (const std::string& text : c.said) said.push_back("rules.toml:2:" + text);
    EXPECT_EQ(complaints("[policy]\n" + c.text + "\n" + some_occasion), said) << c.text;
  }
}

}  // namespace
}  // namespace courtesy
