// Memory for large lists that are read in no order: in large pages, where the system has them to give.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace courtesy {

// An allocator. What is smaller than a large page comes from the heap.
template <typename T>
struct HugePages {
  using value_type = T;
  static constexpr std::size_t page = std::size_t{1} << 21U;

  HugePages() = default;
  template <typename Other>
  HugePages(const HugePages<Other>&) noexcept {}

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < page) return static_cast<T*>(::operator new(bytes, std::align_val_t{alignof(T)}));
    const std::size_t whole = (bytes + page - 1) / page * page;
    void* const memory = std::aligned_alloc(page, whole);
    if (memory == nullptr) throw std::bad_alloc{};
#if defined(__linux__)
    // A wish: where it is not granted, all works the same on small pages.
    (void)madvise(memory, whole, MADV_HUGEPAGE);
#endif
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    if (count * sizeof(T) < page) {
      ::operator delete(memory, std::align_val_t{alignof(T)});
    } else {
      std::free(memory);
    }
  }
  friend bool operator==(const HugePages&, const HugePages&) { return true; }
};

}  // namespace courtesy
