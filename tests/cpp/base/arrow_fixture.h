// Arrow arrays made by hand, for tests of what comes in through the C stream interface.
#pragma once

#include <courtesy/base/arrow_abi.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace courtesy::fixture {

// One column of one chunk: its format, buffers as bytes (an empty one is a null pointer), and where it begins.
struct Array {
  std::string name;
  std::string format;
  std::int64_t length = 0;
  std::vector<std::vector<std::uint8_t>> buffers = {};
  std::int64_t offset = 0;
  std::int64_t null_count = -1;
  std::vector<Array> children = {};
  std::vector<Array> dictionary = {};  // none or one
};

template <typename T>
std::vector<std::uint8_t> bytes(const std::vector<T>& values) {
  std::vector<std::uint8_t> out(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(out.data(), values.data(), out.size());
  return out;
}

inline std::vector<std::uint8_t> chars(const std::string& text) { return {text.begin(), text.end()}; }

// A table as a stream of batches, each a list of columns. Counts how many arrays are still alive.
class Stream {
 public:
  explicit Stream(std::vector<std::vector<Array>> batches) : batches_(std::move(batches)) {}

  ArrowArrayStream* get() {
    stream_ = {};
    stream_.get_schema = [](ArrowArrayStream* stream, ArrowSchema* out) {
      auto* self = static_cast<Stream*>(stream->private_data);
      if (self->fail_schema_) return 5;
      self->schema(out);
      return 0;
    };
    stream_.get_next = [](ArrowArrayStream* stream, ArrowArray* out) {
      auto* self = static_cast<Stream*>(stream->private_data);
      if (self->fail_at_ == static_cast<int>(self->next_)) return 5;
      *out = {};
      if (self->next_ < self->batches_.size()) self->batch(self->batches_[self->next_++], out);
      return 0;
    };
    stream_.get_last_error = [](ArrowArrayStream*) { return "the database went away"; };
    stream_.release = [](ArrowArrayStream* stream) {
      static_cast<Stream*>(stream->private_data)->released_ = true;
      stream->release = nullptr;
    };
    stream_.private_data = this;
    return &stream_;
  }

  void fail_schema() { fail_schema_ = true; }
  void fail_at(int batch) { fail_at_ = batch; }
  [[nodiscard]] int alive() const { return *alive_; }
  [[nodiscard]] bool released() const { return released_; }

 private:
  struct SchemaParts {
    std::string format, name;
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
    ArrowSchema dictionary{};
  };
  struct ArrayParts {
    std::vector<std::vector<std::uint8_t>> buffers;
    std::vector<const void*> pointers;
    std::vector<ArrowArray> children;
    std::vector<ArrowArray*> child_pointers;
    ArrowArray dictionary{};
    std::shared_ptr<int> alive;
  };

  static void fill(const Array& from, ArrowSchema* out) {
    auto* parts = new SchemaParts{from.format, from.name, std::vector<ArrowSchema>(from.children.size()), {}, {}};
    for (std::size_t i = 0; i < from.children.size(); ++i) {
      fill(from.children[i], &parts->children[i]);
      parts->pointers.push_back(&parts->children[i]);
    }
    *out = {};
    if (!from.dictionary.empty()) {
      fill(from.dictionary.front(), &parts->dictionary);
      out->dictionary = &parts->dictionary;
    }
    out->format = parts->format.c_str();
    out->name = parts->name.c_str();
    out->n_children = static_cast<std::int64_t>(parts->children.size());
    out->children = parts->pointers.data();
    out->private_data = parts;
    out->release = [](ArrowSchema* schema) {
      auto* held = static_cast<SchemaParts*>(schema->private_data);
      for (ArrowSchema& child : held->children) child.release(&child);
      if (held->dictionary.release != nullptr) held->dictionary.release(&held->dictionary);
      delete held;
      schema->release = nullptr;
    };
  }

  void fill(const Array& from, ArrowArray* out) {
    auto* parts = new ArrayParts{from.buffers, {}, std::vector<ArrowArray>(from.children.size()), {}, {}, alive_};
    ++*alive_;
    for (const auto& buffer : parts->buffers) parts->pointers.push_back(buffer.empty() ? nullptr : buffer.data());
    for (std::size_t i = 0; i < from.children.size(); ++i) {
      fill(from.children[i], &parts->children[i]);
      parts->child_pointers.push_back(&parts->children[i]);
    }
    *out = {};
    if (!from.dictionary.empty()) {
      fill(from.dictionary.front(), &parts->dictionary);
      out->dictionary = &parts->dictionary;
    }
    out->length = from.length;
    out->offset = from.offset;
    out->null_count = from.null_count;
    out->n_buffers = static_cast<std::int64_t>(parts->pointers.size());
    out->buffers = parts->pointers.data();
    out->n_children = static_cast<std::int64_t>(parts->children.size());
    out->children = parts->child_pointers.data();
    out->private_data = parts;
    out->release = [](ArrowArray* array) {
      auto* held = static_cast<ArrayParts*>(array->private_data);
      for (ArrowArray& child : held->children) child.release(&child);
      if (held->dictionary.release != nullptr) held->dictionary.release(&held->dictionary);
      --*held->alive;
      delete held;
      array->release = nullptr;
    };
  }

  void schema(ArrowSchema* out) {
    Array top{"", "+s", 0, {}, 0, 0, batches_.empty() ? std::vector<Array>{} : batches_.front(), {}};
    fill(top, out);
  }
  void batch(const std::vector<Array>& columns, ArrowArray* out) {
    const std::int64_t rows = columns.empty() ? 0 : columns.front().length;
    fill(Array{"", "+s", rows, {{}}, 0, 0, columns, {}}, out);
  }

  std::vector<std::vector<Array>> batches_;
  std::size_t next_ = 0;
  bool fail_schema_ = false;
  int fail_at_ = -1;
  bool released_ = false;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  ArrowArrayStream stream_{};
};

}  // namespace courtesy::fixture
