// The days on which somebody was contacted, so that no run of days has too many.
#pragma once

#include <cstdint>
#include <vector>

#include <courtesy/time/span.h>

namespace courtesy {

// For many somebodies, few days each.
class ContactDays {
 public:
  // At most `most` in any run of days as long as `per`: from its first day up to the day that is `per` later.
  ContactDays(std::size_t somebodies, int most, const Span& per) : place_(somebodies, none), most_(most), per_(per) {}

  [[nodiscard]] bool has_room(std::uint32_t who, Day day) const;
  void add(std::uint32_t who, Day day);

 private:
  static constexpr std::uint32_t none = 0xFFFF'FFFF;
  struct Contacts {
    Day day;
    int count;
  };
  std::vector<std::uint32_t> place_;         // by somebody: in days_
  std::vector<std::vector<Contacts>> days_;  // in order, each day once
  int most_;
  Span per_;
};

}  // namespace courtesy
