// Promises and complaints, each with what became of it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <courtesy/insight/history.h>
#include <courtesy/insight/waits.h>

namespace courtesy {

// A promise and what answered it (kept, broken, renegotiated), or a complaint and what answered it (resolution,
// reopened): by the `ref` of what answers; without one, all of the customer's that are open and concern the same asset.
struct Episode {
  Index customer = no_index;
  Index opener = no_index;
  std::vector<Index> answers;
  std::int32_t days = 0;  // until the last answer, where it is closed; else for how long it has been open
  bool closed = false;
};

// New ones begin as often as history says, on the weekdays on which they did, and go as one of the past went, of the
// same customer or of another: so promised spans, spans taken and their answers stay together. What is open when the
// history ends goes on as one that had lasted longer.
class Episodes {
 public:
  explicit Episodes(const History& history);
  // Appends what begins and what is answered from the history's end until `end`, each event with its id.
  void draw(Index customer, Instant end, std::uint64_t seed, std::vector<Outcome>& out) const;

 private:
  // What promises have in common, and what complaints have.
  struct Sort {
    Code opener = no_code;
    std::vector<std::uint8_t> answers, closes;  // by kind
    std::vector<Episode> episodes;              // by customer, then time
    std::vector<std::size_t> begin;             // by customer: the first of its episodes; and one more
    std::vector<std::size_t> in_order;          // the places of episodes whatever the order of customers
    std::vector<std::uint32_t> place_in_order;  // by episode
    Waits waits;                                // by place in that order
    double per_day = 0;                         // new ones of a customer
    std::int32_t first_day = 0;
    std::array<double, 7> weekdays{};  // from Monday: the share that began on it, times 7
  };

  [[nodiscard]] Sort learnt(std::string_view opener, std::initializer_list<std::string_view> answers,
                            std::initializer_list<std::string_view> closes) const;
  void collect(Index customer, Sort& sort) const;
  void put_in_order(Sort& sort) const;
  void learn_pace(Sort& sort) const;
  // For how many days the customer could have had one.
  [[nodiscard]] double exposure(Index customer, const Sort& sort) const;
  void go_on(const Sort& sort, Index customer, Instant end, std::uint64_t seed, std::vector<Outcome>& out) const;
  void begin_new(const Sort& sort, Index customer, Instant end, std::uint64_t seed, std::vector<Outcome>& out) const;
  // Appends the answers of `like` after more than `elapsed` days, counted from `day`, on which `opener` happened.
  void answer(const Episode& like, const Outcome& opener, Index of_base, std::int32_t elapsed, Instant end,
              std::uint64_t seed, std::vector<Outcome>& out) const;

  const History& history_;
  std::vector<Sort> sorts_;
};

}  // namespace courtesy
