// The policy's business days and opening hours.
#include <algorithm>

#include <courtesy/in_quotes.h>
#include <courtesy/rules/read_parts.h>

namespace courtesy {
namespace {

using std::chrono::days;

constexpr const char* form_of_days = "a list of dates and ranges such as [\"2026-12-25\", \"2026-12-27/2027-01-01\"]";

// "2026-12-27/2027-01-01": both of its ends belong to it.
void read_range(Reader& reader, const Node& item, const std::string& text, const char* key, std::vector<Day>& out) {
  const std::size_t slash = text.find('/');
  const auto first = parse_date(std::string_view(text).substr(0, slash));
  const auto last = parse_date(std::string_view(text).substr(slash + 1));
  if (!first || !last) {
    reader.expected(key, form_of_days, item);
    return;
  }
  if (*last < *first) {
    reader.problem(std::string("'") + key + "': the range " + in_quotes(text) + " ends before it starts", item.where);
    return;
  }
  constexpr days longest{3'660};
  if (*last - *first > longest) {
    reader.problem(std::string("'") + key + "': expected a range of ten years at the most, found " + in_quotes(text),
                   item.where);
    return;
  }
  for (Day day = *first; day <= *last; day += days{1}) out.push_back(day);
}

// The source's answer; what it does not know is a problem of the key.
HolidayAnswer ask(Reader& reader, const HolidayRequest& request, const char* key, const Node& node,
                  const HolidaySource& holidays) {
  if (!holidays) {
    reader.problem(in_quotes(key) + ": the holidays of countries are not at hand here; list the days in 'holidays'",
                   node.where);
    return {};
  }
  try {
    return holidays(request);
  } catch (const Error& error) {
    reader.problem(in_quotes(key) + ": " + error.problems().front().message, node.where);
    return {};
  }
}

HolidayAnswer of_shops_country(Reader& reader, const HolidaySource& holidays) {
  HolidayRequest request;
  request.country = reader.text("country").value_or("");
  request.subdivision = reader.text("subdivision").value_or("");
  request.categories = reader.texts("categories");
  for (const char* key : {"subdivision", "categories"}) {
    if (reader.has(key) && !reader.has("country")) {
      reader.problem(in_quotes(key) + " needs a 'country' beside it", reader.find(key)->key_where);
    }
  }
  if (request.country.empty()) return {};
  return ask(reader, request, "country", *reader.find("country"), holidays);
}

// customers = ["GB", "DE-BW"]
std::vector<CustomerCalendar> of_customers(Reader& reader, const HolidaySource& holidays) {
  std::vector<CustomerCalendar> out;
  const Node* node = reader.find("customers");
  if (node == nullptr) return out;
  for (std::string& place : reader.texts("customers")) {
    const std::size_t dash = place.find('-');
    HolidayRequest request{place.substr(0, dash), dash == std::string::npos ? "" : place.substr(dash + 1), {}};
    const HolidayAnswer answer = ask(reader, request, "customers", *node, holidays);
    out.push_back({std::move(place), Workdays(answer.weekend, answer.holidays, answer.worked)});
  }
  return out;
}

}  // namespace

std::vector<Day> read_days(Reader& reader, const char* key) {
  std::vector<Day> out;
  const Node* node = reader.find(key);
  if (node == nullptr) return out;
  const auto* items = std::get_if<Node::Array>(&node->value);
  if (items == nullptr) {
    reader.expected(key, form_of_days, *node);
    return out;
  }
  for (const Node& item : *items) {
    const auto* text = std::get_if<std::string>(&item.value);
    if (text != nullptr && text->find('/') != std::string::npos) {
      read_range(reader, item, *text, key, out);
    } else if (const auto day = reader.date_of(item, key)) {
      out.push_back(*day);
    }
  }
  return out;
}

void read_business_days(Reader& outer, const HolidaySource& holidays, Policy& policy) {
  const Node* node = table_in(outer, "business_days", "{ weekend = [\"sat\", \"sun\"], holidays = [\"2026-12-25\"] }");
  if (node == nullptr) return;
  Reader reader(*node, outer.context() + ", business_days", outer.problems());
  HolidayAnswer answer = of_shops_country(reader, holidays);
  policy.holidays_from = std::move(answer.source);
  policy.customer_calendars = of_customers(reader, holidays);
  if (reader.has("weekend")) {
    answer.weekend.clear();
    for (const std::size_t day : reader.words("weekend", {"mon", "tue", "wed", "thu", "fri", "sat", "sun"})) {
      answer.weekend.push_back(static_cast<unsigned>(day) + 1);
    }
  }
  // What the shop says goes before what its country says.
  const std::vector<Day> closed = read_days(reader, "holidays");
  std::erase_if(answer.worked, [&](Day day) { return std::find(closed.begin(), closed.end(), day) != closed.end(); });
  answer.holidays.insert(answer.holidays.end(), closed.begin(), closed.end());
  const std::vector<Day> worked = read_days(reader, "worked");
  answer.worked.insert(answer.worked.end(), worked.begin(), worked.end());
  reader.refuse_unknown({"country", "subdivision", "categories", "weekend", "holidays", "worked", "customers"});
  try {
    policy.business_days = Workdays(answer.weekend, std::move(answer.holidays), std::move(answer.worked));
  } catch (const Error& error) {
    reader.problem(error.problems().front().message, node->where);
  }
}

std::shared_ptr<const OpeningHours> read_opening_hours(Reader& policy, const Policy& so_far, const Shop& shop) {
  const Node* node = table_in(policy, "opening_hours", "{ mon-fri = \"08:00-12:00, 13:00-17:00\" }");
  if (node == nullptr) return nullptr;
  Reader reader(*node, policy.context() + ", opening_hours", policy.problems());
  OpeningTable table;
  bool read = true;
  for (const auto& [key, hours] : std::get<Node::Entries>(node->value)) {
    const auto text = reader.text_of(hours, key);
    read = read && text.has_value();
    if (!text) continue;
    try {
      table.set(key, *text);
    } catch (const Error& error) {
      reader.problem(in_quotes(key) + ": " + error.problems().front().message, hours.where);
      read = false;
    }
  }
  if (!read) return nullptr;
  try {
    return std::make_shared<const OpeningHours>(std::move(table), so_far.business_days.value_or(Workdays{}),
                                                Zone::named(shop.zone));
  } catch (const Error& error) {
    reader.problem(error.problems().front().message, node->where);
    return nullptr;
  }
}

}  // namespace courtesy
