// Plans the courtesies of three customers from a program's own rows, without Python.
#include <chrono>
#include <iostream>
#include <memory>

#include <courtesy/base/base_builder.h>
#include <courtesy/base/table_builder.h>
#include <courtesy/error.h>
#include <courtesy/plan/planner.h>
#include <courtesy/rules/toml.h>

namespace {

constexpr auto rule_text = R"(
[shop]
name = "Northside Garage"
zone = "Europe/London"

[[occasion]]
name = "thank-you"
on = "purchase"
after = "1 day"
at = "10:00"
channels = ["letter"]

[[occasion]]
name = "birthday"
yearly = "birthday"
at = "09:00"
channels = ["letter"]
)";

std::shared_ptr<const courtesy::CustomerBase> three_customers() {
  using namespace std::chrono;
  const auto day = [](int y, unsigned m, unsigned d) { return local_days{year{y} / month{m} / std::chrono::day{d}}; };
  auto customers = courtesy::TableBuilder("customers")
                       .texts("id", {"ada", "ben", "cem"})
                       .texts("zone", {"Europe/London", "America/New_York", "Asia/Tokyo"})
                       .dates("birthday", {day(1990, 12, 3), std::nullopt, day(1985, 6, 1)})
                       .build();
  auto events = courtesy::TableBuilder("events")
                    .texts("customer", {"ben", "cem"})
                    .texts("kind", {"purchase", "purchase"})
                    .dates("at", {day(2026, 12, 1), day(2026, 12, 4)})
                    .build();
  return courtesy::build_base(std::move(customers), std::move(events), std::nullopt, {});
}

}  // namespace

int main() {
  try {
    using namespace std::chrono_literals;
    const courtesy::Instant start = std::chrono::sys_days{2026y / 12 / 1};
    const auto plan = courtesy::plan(three_customers(), courtesy::rules_from_toml(rule_text, "rules.toml"),
                                     {start, start + std::chrono::days{30}});
    for (std::size_t i = 0; i < plan.size(); ++i) {
      const auto reminder = plan.row(i);
      std::cout << courtesy::iso_text(reminder.due) << "  " << plan.base->customer_ids().text(reminder.customer) << "  "
                << plan.rules->occasions[reminder.occasion].name << "\n";
    }
    return plan.size() == 3 ? 0 : 1;
  } catch (const courtesy::Error& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
