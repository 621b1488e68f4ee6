// The texts of migrations/*.sql, in their order.
#pragma once

#include <span>
#include <string_view>

namespace courtesy {

[[nodiscard]] std::span<const std::string_view> migrations();

}  // namespace courtesy
