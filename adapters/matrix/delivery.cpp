#include "adapters/matrix/delivery.hpp"

#include <algorithm>

#include "adapters/keycap.hpp"
#include "adapters/matrix/ask.hpp"
#include "adapters/matrix/writing.hpp"

namespace nurturer::matrix {
namespace {

using channel::Outgoing;
using std::chrono::milliseconds;

constexpr std::size_t least_text = 200;  // smaller pieces would not help a server that refuses these
constexpr double usual_rate = 0.2, usual_burst = 10, reserve = 4;

const std::string unreadable =
    "Your last message reached me locked, and the key to it didn't come, so I couldn't read it. Please send it once more. If you are in "
    "danger now: call your local emergency number, or find a line at findahelpline.com.";
const std::string cannot_read =
    "This room is encrypted, and I can't read encrypted messages yet, so I can't hear you here. Please open a chat with me that is not "
    "encrypted. If you are in danger now: call your local emergency number, or find a line at findahelpline.com.";

}  // namespace

void Delivery::end(const JobPtr& job, channel::Delivery delivery, Time retry_at) {
  --running_;
  wire_.give(channel::Acknowledgement{job->out.id, delivery, retry_at});
  if (running_ == 0 && ended_) ended_();
}

void Delivery::later(const JobPtr& job, milliseconds wait) {
  end(job, channel::Delivery::retry, wire_.now() + wait + milliseconds{static_cast<std::int64_t>(wire_.dice() % 250)});
}

void Delivery::send(const Outgoing& out) {
  if (ended_) return;
  auto job = std::make_shared<Job>();
  job->out = out;
  ++running_;
  if (wire_.full_until() > wire_.now()) return later(job, wire_.full_until() - wire_.now());
  if (!wire_.may_try()) return later(job, std::max<milliseconds>(wire_.try_at() - wire_.now(), milliseconds{1'000}) + milliseconds{500});
  if (out.kind == Outgoing::Kind::remove) {
    const auto events = lines_.events_of(out.removes);
    if (events.empty()) return end(job, channel::Delivery::never);
    return remove(job, 0, events);
  }
  if (find_place(*job)) return write_to(job);
  if (!out.private_ && out.room_kind == channel::RoomKind::group) return end(job, channel::Delivery::never);
  open_direct(job);
}

// A private line goes to the chat it came from, if it still is one; else to another with the same person.
bool Delivery::find_place(Job& job) const {
  job.place = read_place(job.out.room);
  const Room* room = rooms_.find(job.place.room);
  const bool usable = room != nullptr && (!room->encrypted || keys_.usable()) && !room->refuses;
  const bool alone = job.out.private_ || job.out.room_kind == channel::RoomKind::direct;
  if (usable && (alone ? room->direct() && !room->empty() && (job.out.to.empty() || room->peer == job.out.to) : true)) {
    job.direct = room->direct();
    return true;
  }
  if (!alone || job.out.to.empty()) return false;
  const auto other = rooms_.direct_of(job.out.to, keys_.usable());
  const auto opened = opened_.find(job.out.to);
  if (!other && (opened == opened_.end() || rooms_.find(opened->second) != nullptr)) return false;
  job.place = {other ? *other : opened->second, {}};
  job.direct = true;
  return true;
}

void Delivery::open_direct(const JobPtr& job) {
  if (job->out.to.empty()) return end(job, channel::Delivery::never);
  // Encrypted, unless none of their devices could read that: help must be readable before it is secret.
  keys_.reaches(job->out.to, [this, job](bool encrypted) { open_direct_as(job, encrypted); });
}

void Delivery::open_direct_as(const JobPtr& job, bool encrypted) {
  wire_.ask(ask::create_direct(job->out.to, encrypted ? Keys::usual_encryption() : Json{}),
            [this, job, encrypted](const Answer& answer) { opened(job, encrypted, answer); });
}

void Delivery::opened(const JobPtr& job, bool encrypted, const Answer& answer) {
  const auto body = read_good(answer);
  const std::string room = body ? text_at(*body, {"room_id"}) : std::string{};
  if (room.empty()) return fail(job, answer);
  opened_[job->out.to] = room;
  constexpr std::size_t most_opened = 1'000;
  if (opened_.size() > most_opened) opened_.erase(opened_.begin());
  wire_.ask(ask::set_direct(rooms_.self(), rooms_.direct_with(job->out.to, room)), [](const Answer&) {});
  job->place = {room, {}};
  job->direct = true;
  if (encrypted) {
    keys_.expect(room, job->out.to);
    return write_to(job);
  }
  // Some servers encrypt new private chats by themselves: nothing goes there in clear.
  wire_.ask(ask::encryption_of(room), [this, job](const Answer& encryption) {
    if (encryption.status == 404) return write_to(job);
    if (is_outage(encryption) || encryption.status == 429) return fail(job, encryption);
    if (is_done(encryption) && keys_.usable()) {
      keys_.expect(job->place.room, job->out.to);
      return write_to(job);
    }
    wire_.log("a private chat that was opened is encrypted by the server: it cannot be used yet");
    end(job, channel::Delivery::never);
  });
}

void Delivery::write_to(const JobPtr& job) {
  if (job->out.kind == Outgoing::Kind::react) return react(job);
  if (job->out.kind == Outgoing::Kind::file) return write_file(job);
  job->contents = write_contents(job->out, job->place, job->direct, job->most);
  job->events.clear();
  if (job->contents.empty()) return end(job, channel::Delivery::never);
  put(job);
}

// The pieces of one line have ids of their own, which hang on their size: what was cut otherwise is another event.
void Delivery::put(const JobPtr& job) {
  const std::size_t index = job->events.size();
  std::string transaction = job->out.id;
  if (index > 0 || job->most != most_text) transaction += "." + std::to_string(job->most) + "." + std::to_string(index);
  spend(1);
  if (keys_.must_seal(job->place.room)) return put_sealed(job, transaction);
  wire_.ask(ask::send(job->place.room, "m.room.message", transaction, job->contents[index]),
            [this, job](const Answer& answer) { put_back(job, answer); });
}

void Delivery::put_sealed(const JobPtr& job, const std::string& transaction) {
  keys_.seal(job->place.room, "m.room.message", job->contents[job->events.size()],
             [this, job, transaction](const std::optional<Json>& content, const Answer& failure) {
               if (!content) return fail(job, failure);
               wire_.ask(ask::send(job->place.room, "m.room.encrypted", transaction, *content),
                         [this, job](const Answer& answer) { put_back(job, answer); });
             });
}

void Delivery::put_back(const JobPtr& job, const Answer& answer) {
  const auto body = read_good(answer);
  const std::string event = body ? text_at(*body, {"event_id"}) : std::string{};
  if (event.empty()) return fail(job, answer);
  job->events.push_back(event);
  Line line{job->out.id, job->place.room, {}, job->place.thread};
  if (job->events.size() < job->contents.size()) {
    lines_.add(event, std::move(line));
    return put(job);
  }
  for (const auto& choice : job->out.choices) line.choices.push_back(choice.id);
  lines_.add(event, std::move(line));
  if (!job->place.thread.empty()) lines_.join_thread(job->place.thread);
  // A reaction is never encrypted: in an encrypted room the server would read the answer to a question that it cannot read.
  if (!ended_ && offers_reactions(job->out) && !keys_.must_seal(job->place.room)) offer(job, 0);
  end(job, channel::Delivery::sent);
}

void Delivery::fail(const JobPtr& job, const Answer& answer) {
  const std::string code = error_code(answer);
  if (answer.status == 429) {
    const auto wait = hold_back(answer);
    if (job->direct && wait > milliseconds{1'500}) wire_.ask(ask::typing(job->place.room, rooms_.self(), true), [](const Answer&) {});
    return later(job, wait);
  }
  if (is_outage(answer)) return later(job, std::max<milliseconds>(wire_.try_at() - wire_.now(), milliseconds{1'000}));
  if ((answer.status == 413 || code == "M_TOO_LARGE") && job->most / 2 >= least_text && job->events.empty()) {
    job->most /= 2;
    return write_to(job);
  }
  if (answer.status == 403) {
    if (Room* room = rooms_.find(job->place.room)) room->refuses = true;
  }
  wire_.log("a line was refused by the server: " + std::to_string(answer.status) + " " + code);
  end(job, channel::Delivery::never);
}

// A quiet sign under somebody's message. Reactions go in clear: never into an encrypted room.
void Delivery::react(const JobPtr& job) {
  if (!job->out.reacts_to.starts_with('$') || keys_.must_seal(job->place.room)) return end(job, channel::Delivery::never);
  spend(1);
  wire_.ask(ask::send(job->place.room, "m.reaction", job->out.id, write_reaction(job->out.reacts_to, job->out.text)),
            [this, job](const Answer& answer) {
              if (is_done(answer) || error_code(answer) == "M_DUPLICATE_ANNOTATION") return end(job, channel::Delivery::sent);
              if (answer.status != 403) return fail(job, answer);
              wire_.log("a reaction was refused by the server");  // words may well be allowed there
              end(job, channel::Delivery::never);
            });
}

void Delivery::remove(const JobPtr& job, std::size_t index, const std::vector<std::string>& events) {
  if (index == events.size()) return end(job, channel::Delivery::sent);
  const Line* line = lines_.find(events[index]);
  if (line == nullptr) return end(job, channel::Delivery::never);
  job->place = {line->room, {}};
  wire_.ask(ask::redact(line->room, events[index], job->out.id + "." + std::to_string(index)),
            [this, job, index, events](const Answer& answer) {
              if (!is_done(answer)) return fail(job, answer);
              remove(job, index + 1, events);
            });
}

void Delivery::spend(double tokens) {
  if (allowance_at_ != Time{}) {
    const auto passed = std::chrono::duration<double>(wire_.now() - allowance_at_).count();
    allowance_ = std::min(usual_burst, allowance_ + std::max(0.0, passed) * usual_rate);
  }
  allowance_at_ = wire_.now();
  allowance_ = std::max(0.0, allowance_ - tokens);
}

milliseconds Delivery::hold_back(const Answer& answer) {
  const auto wait = asked_to_wait(answer).value_or(milliseconds{5'000});
  wire_.full(wait);
  allowance_ = 0;
  return wait;
}

// One after the other, so that they stand in order; the first that fails is the last.
void Delivery::offer(const JobPtr& job, std::size_t place) {
  spend(0);
  if (ended_ || place >= job->out.choices.size() || wire_.down() || wire_.full_until() > wire_.now()) return;
  if (place == 0 && allowance_ < reserve + static_cast<double>(job->out.choices.size())) return;
  spend(1);
  const std::string event = job->events.back();
  wire_.ask(ask::send(job->place.room, "m.reaction", job->out.id + ".r" + std::to_string(place),
                      write_reaction(event, channel::key_of_place(place))),
            [this, job, place](const Answer& answer) {
              if (is_done(answer)) return offer(job, place + 1);
              if (answer.status == 429) hold_back(answer);
            });
}

void Delivery::say_cannot_read(const std::string& id) {
  Room* room = rooms_.find(id);
  if (room == nullptr || room->told_encrypted || ended_ || telling_.size() > 1'000 || !telling_.insert(id).second) return;
  Outgoing out;
  out.id = "encrypted-" + id;
  out.text = cannot_read;
  const auto contents = write_contents(out, {id, {}}, true);
  wire_.ask_until_served(ask::send(id, "m.room.message", out.id, contents.front()), [this, id](const Answer& answer) {
    wire_.log("an encrypted room cannot be read: said so there");
    if (Room* here = rooms_.find(id)) here->told_encrypted = true;
    telling_.erase(id);
    if (is_done(answer)) wire_.ask_until_served(ask::mark_told(rooms_.self(), id), [](const Answer&) {});
  });
}

void Delivery::say_unreadable(const std::string& id) {
  constexpr std::chrono::hours at_most_every{24};
  const Room* room = rooms_.find(id);
  if (room == nullptr || !room->direct() || ended_ || !keys_.must_seal(id)) return;
  const auto told = told_unreadable_.find(id);
  if (told != told_unreadable_.end() && wire_.now() - told->second < at_most_every) return;
  constexpr std::size_t most_told = 10'000;
  if (told_unreadable_.size() >= most_told) told_unreadable_.clear();
  told_unreadable_[id] = wire_.now();
  Outgoing out;
  out.id = "unreadable-" + id + "-" + std::to_string(wire_.now().time_since_epoch() / at_most_every);
  out.text = unreadable;
  const auto contents = write_contents(out, {id, {}}, true);
  keys_.seal(id, "m.room.message", contents.front(), [this, id, transaction = out.id](const std::optional<Json>& content, const Answer&) {
    if (content) wire_.ask(ask::send(id, "m.room.encrypted", transaction, *content), [](const Answer&) {});
  });
}

void Delivery::stop(std::function<void()> ended) {
  ended_ = std::move(ended);
  if (running_ == 0) ended_();
}

}  // namespace nurturer::matrix
