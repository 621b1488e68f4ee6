// Gates 8 and 10 as counts: how many contacts each cap and each capacity has room for.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <courtesy/plan/compiled.h>
#include <courtesy/plan/contact_days.h>

namespace courtesy {

// Which caps a contact counts for: a bit for each.
using CapMask = std::uint64_t;

class ContactLimits {
 public:
  // Counts the `contact` events of the base.
  explicit ContactLimits(const Compiled& compiled);

  // The caps that count this purpose by this channel.
  [[nodiscard]] CapMask caps_of(Purpose purpose, Code channel) const;
  // Those of these caps that have no room on the customer's day.
  [[nodiscard]] CapMask full_caps(CapMask caps, Index customer, Day day) const;
  // The first capacity that has no room on the shop's day.
  [[nodiscard]] std::optional<std::uint32_t> full_capacity(Code channel, const std::string& team, Day day) const;
  void count(CapMask caps, Index customer, Day day);
  void count_capacity(Code channel, const std::string& team, Day day);
  [[nodiscard]] bool any_capacity() const { return !capacities_.empty(); }

 private:
  struct Counted {
    std::vector<std::uint8_t> channels;  // by channel of the plan
    std::map<Day, int> days;
  };
  [[nodiscard]] std::uint32_t who(std::size_t cap, Index customer) const;
  void count_contact_events();
  [[nodiscard]] bool merges(Code channel) const;

  const Compiled& compiled_;
  Code desk_ = no_code;
  std::array<CapMask, 4> by_purpose_{};
  std::vector<ContactDays> caps_;
  // By customer, the first of those who share a household or an address; null where no cap asks.
  const std::vector<Index>* households_ = nullptr;
  const std::vector<Index>* addresses_ = nullptr;
  std::vector<Counted> capacities_;
};

}  // namespace courtesy
