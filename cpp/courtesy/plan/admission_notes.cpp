#include <courtesy/plan/admission_notes.h>

#include <algorithm>

namespace courtesy {

AdmissionNotes::AdmissionNotes(std::vector<AdmissionNote> notes) : notes_(std::move(notes)) {
  std::stable_sort(notes_.begin(), notes_.end(),
                   [](const AdmissionNote& a, const AdmissionNote& b) { return a.key < b.key; });
}

std::span<const AdmissionNote> AdmissionNotes::of(const Key& key) const {
  const auto less = [](const AdmissionNote& note, const Key& wanted) { return note.key < wanted; };
  const auto begin = std::lower_bound(notes_.begin(), notes_.end(), key, less);
  auto end = begin;
  while (end != notes_.end() && end->key == key) ++end;
  return {begin, end};
}

Key AdmissionNotes::contact_of(const Key& key) const {
  for (const AdmissionNote& note : of(key)) {
    if (note.code == ReasonCode::merged) return note.other;
  }
  return key;
}

}  // namespace courtesy
