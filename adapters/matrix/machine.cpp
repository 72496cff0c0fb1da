#include "adapters/matrix/machine.hpp"

#include <utility>

namespace nurturer::matrix {

using channel::Failure;

Machine::Machine(Settings settings, std::optional<Session> kept, std::function<std::uint64_t()> dice)
    : settings_(std::move(settings)),
      kept_(std::move(kept)),
      wire_(std::move(dice)),
      rooms_(settings_.user),
      keys_(settings_, wire_, rooms_),
      login_(settings_, wire_),
      invites_(settings_, wire_, rooms_),
      sync_(settings_, wire_, rooms_, lines_, invites_, keys_),
      delivery_(wire_, rooms_, lines_, keys_) {}

void Machine::start(const std::optional<channel::Cursor>& cursor, Time now) {
  wire_.at(now);
  state_ = State::logging_in;
  wire_.on_unknown_token = [this](const Answer& answer) { renew(answer); };
  const std::string since = cursor ? cursor->bytes : std::string{};
  login_.start(kept_, [this, since](Login::Result result) { logged_in(std::move(result), since); });
}

void Machine::logged_in(Login::Result result, const std::string& since) {
  if (!result) return fail(std::move(result.error()));
  state_ = State::serving;
  wire_.use(*result);
  refresh_early(*result);
  keys_.start([this, since] { serve(since); },
              [this](Failure failure, bool spent) { spent ? fail_spent(std::move(failure)) : fail(std::move(failure)); });
}

void Machine::serve(const std::string& since) {
  sync_.on_news = [this] { tell_status(); };
  sync_.on_unreadable = [this](const std::string& room) { delivery_.say_unreadable(room); };
  sync_.start(
      since, [this] { wire_.give(Ready{settings_.user}); }, [this](const std::string& room) { delivery_.say_cannot_read(room); });
}

// A token that was not taken, also while it is looked at for the first time: the login then goes on with the new one.
void Machine::renew(const Answer& answer) {
  const auto body = parse(answer.body);
  const bool soft = body && flag_at(*body, {"soft_logout"});
  login_.renew(wire_.session(), soft, [this](Login::Result result) { renewed(std::move(result)); });
}

void Machine::renewed(Login::Result result) {
  if (!result) return fail(std::move(result.error()));
  wire_.use(*result);
  refresh_early(*result);
}

void Machine::fail_spent(Failure failure) {
  Session session = wire_.session();
  if (settings_.access_token.empty() && !session.token.empty() && !std::exchange(session.spent, true)) wire_.give(Keep{session});
  fail(std::move(failure));
}

void Machine::refresh_early(const Session& session) {
  if (!session.expires || session.refresh_token.empty()) return;
  const auto left = *session.expires - wire_.now();
  const auto early = std::max<std::chrono::milliseconds>(left - left / 5, std::chrono::milliseconds{5'000});
  wire_.wake(wire_.now() + early, [this, token = session.token] {
    if (state_ != State::serving || wire_.session().token != token || !wire_.hold()) return;
    login_.renew(wire_.session(), true, [this](Login::Result result) { renewed(std::move(result)); });
  });
}

void Machine::tell_status() {
  constexpr std::chrono::seconds every{30};
  if (told_ != Time{} && wire_.now() - told_ < every) return;
  told_ = wire_.now();
  Status status;
  status.last_sync = wire_.now();
  status.limited = static_cast<std::int64_t>(wire_.limited());
  status.sending = static_cast<std::int64_t>(delivery_.running());
  for (const auto& [id, room] : rooms_.all()) {
    ++status.rooms;
    if (room.encrypted) ++status.encrypted;
  }
  status.encryption = keys_.usable();
  status.fingerprint = keys_.own().fingerprint();
  status.is_signed = keys_.own().is_signed();
  status.recovery_fault = keys_.own().recovery_fault();
  status.unreadable = sync_.unreadable();
  status.why_unreadable = sync_.why_unreadable();
  wire_.give(Tell{status});
}

void Machine::fail(Failure failure) {
  if (std::exchange(state_, State::over) == State::over) return;
  sync_.stop();
  wire_.cancel_all();
  wire_.give(std::move(failure));
  wire_.give(Stopped{});
}

void Machine::send(const channel::Outgoing& out, Time now) {
  wire_.at(now);
  if (state_ == State::serving) delivery_.send(out);
}

void Machine::receive(std::uint64_t request, const Answer& answer, Time now) {
  wire_.at(now);
  wire_.receive(request, answer);
}

void Machine::receive(std::uint64_t operation, const Crypted& outcome, Time now) {
  wire_.at(now);
  wire_.receive(operation, outcome);
}

void Machine::tick(Time now) {
  wire_.at(now);
  wire_.tick();
}

void Machine::stop(Time now) {
  wire_.at(now);
  if (state_ == State::over || state_ == State::stopping) return;
  state_ = State::stopping;
  sync_.stop();
  delivery_.stop([this] {
    if (std::exchange(state_, State::over) == State::over) return;
    wire_.cancel_all();
    wire_.give(Stopped{});
  });
}

}  // namespace nurturer::matrix
