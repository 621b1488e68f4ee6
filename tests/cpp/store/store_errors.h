// What a store's refusals say.
#pragma once

#include <courtesy/error.h>

#include <gtest/gtest.h>

#include <string>

namespace courtesy::testing_store {

// The message of the Error{store} that `act` throws; a note where it throws none.
std::string refusal(auto&& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::store) << error.what();
    return error.what();
  }
  return "nothing was refused";
}

inline void expect_says(const std::string& message, const std::string& words) {
  EXPECT_NE(message.find(words), std::string::npos) << "expected \"" << words << "\" in:\n" << message;
}

}  // namespace courtesy::testing_store
