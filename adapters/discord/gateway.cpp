#include "adapters/discord/gateway.hpp"

#include <algorithm>
#include <utility>

namespace nurturer::discord {
namespace {

enum Opcode : std::int64_t {
  dispatch = 0,
  heartbeat = 1,
  identify = 2,
  resume = 6,
  reconnect_asked = 7,
  invalid_session = 9,
  hello = 10,
  heartbeat_ack = 11
};

constexpr int resumable = 4000;  // closing with 1000 or 1001 would end the session
constexpr int resumes_before_new = 3;
constexpr std::chrono::seconds settled{60};  // so long ready: the next dial is no repetition

/// How long a state may last.
constexpr Millis longest(Gateway::State state) {
  using State = Gateway::State;
  using std::chrono::seconds;
  switch (state) {
    case State::dialing: return seconds{20};
    case State::hello: return seconds{20};
    case State::identifying: return seconds{20};
    case State::resuming: return seconds{20};  // from the last event that came
    case State::waiting:
    case State::ready:
    case State::over: break;
  }
  return Millis::max();
}

/// Where the first object of a run of them ends; the end of the run if it does not.
std::size_t end_of_object(std::string_view bytes) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (quoted) {
      if (c == '\\') ++at;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && (depth == 0 || --depth == 0)) {
      return at + 1;
    } else if (depth == 0 && c != ' ') {
      break;
    }
  }
  return bytes.size();
}

bool has_deadline(Gateway::State state) { return longest(state) != Millis::max(); }

}  // namespace

Gateway::Gateway(Options options, IdentifyGate& gate, std::optional<Session> session)
    : options_(std::move(options)), gate_(gate), session_(std::move(session)) {}

std::optional<Gateway::Action> Gateway::next_action() {
  if (actions_.empty()) return std::nullopt;
  Action action = std::move(actions_.front());
  actions_.pop_front();
  return action;
}

Instant Gateway::deadline() const {
  if (state_ == State::over || (state_ == State::waiting && needs_url())) return Instant::max();
  Instant first = state_ == State::ready ? Instant::max() : until_;
  if (interval_.count() > 0) first = std::min(first, next_beat_);
  return first;
}

void Gateway::tick(const Moment& moment) {
  if (state_ == State::over) return;
  if (state_ == State::waiting) {
    if (moment.now >= until_ && !needs_url()) dial(moment);
    return;
  }
  if (has_deadline(state_) && moment.now >= until_) return reconnect(resumable, moment, "no answer in time");
  if (interval_.count() > 0 && moment.now >= next_beat_) {
    if (!acknowledged_) return reconnect(resumable, moment, "heartbeats are not answered");
    beat(moment, false);
  }
}

void Gateway::dial(const Moment& moment) {
  if (!session_) {
    const Millis wait = gate_.wait(options_.shard, moment);
    if (wait.count() > 0) {
      until_ = moment.now + wait;
      return;
    }
    gate_.reserve(options_.shard, moment);
  }
  // A host that cannot be reached time and again is tried in turns with the general one.
  const bool own = session_ && !session_->url.empty() && (url_.empty() || backoff_.failed() < 4 || backoff_.failed() % 2 == 0);
  std::string url = own ? session_->url : url_;
  if (url.find('?') != std::string::npos) url.erase(url.find('?'));
  if (!url.ends_with('/')) url += '/';
  url += "?v=10&encoding=json";
  if (options_.compress) url += "&compress=zlib-stream";
  budget_.clear();
  interval_ = Millis{0};
  acknowledged_ = true;
  inflate_.reset();
  if (options_.compress) inflate_.emplace();
  enter(State::dialing, moment);
  actions_.emplace_back(Dial{std::move(url)});
}

void Gateway::enter(State state, const Moment& moment) {
  state_ = state;
  if (has_deadline(state)) until_ = moment.now + longest(state);
  if (state == State::ready) ready_since_ = moment.now;
}

void Gateway::opened(const Moment& moment) {
  if (state_ == State::dialing) enter(State::hello, moment);
}

void Gateway::wait_for_dial(Millis wait, const Moment& moment) {
  state_ = State::waiting;
  interval_ = Millis{0};
  until_ = moment.now + wait;
}

void Gateway::drop_session() {
  session_.reset();
  resumes_failed_ = 0;
}

/// Gives the connection up and dials again after a pause; closes it when `code` is not 0.
void Gateway::reconnect(int code, const Moment& moment, const char* why) {
  actions_.emplace_back(Note{std::string("reconnecting: ") + why});
  if (code != 0) actions_.emplace_back(Close{code});
  if (state_ == State::resuming && ++resumes_failed_ >= resumes_before_new) drop_session();
  if (state_ == State::ready && moment.now - ready_since_ >= settled) backoff_.reset();
  wait_for_dial(backoff_.next(moment), moment);
}

void Gateway::lost(int code, const Moment& moment) {
  if (state_ == State::waiting || state_ == State::over) return;
  const CloseCode& known = close_code(code);
  if (known.after == After::end) return end(known);
  if (known.after == After::identify) drop_session();
  const std::string why = std::string(known.name) + " (" + std::to_string(code) + ")";
  reconnect(0, moment, why.c_str());
}

void Gateway::end(const CloseCode& code) {
  state_ = State::over;
  actions_.emplace_back(End{{code.kind, std::string(code.sentence)}});
}

void Gateway::leave() {
  const bool connected = state_ != State::waiting && state_ != State::over;
  state_ = State::over;
  actions_.clear();
  if (connected) actions_.emplace_back(Close{resumable});
}

void Gateway::receive(std::string_view message, bool binary, const Moment& moment) {
  if (state_ == State::waiting || state_ == State::dialing || state_ == State::over) return;
  std::string_view bytes = message;
  if (inflate_ && binary) {
    const Inflate::Result result = inflate_->receive(message, inflated_);
    if (result == Inflate::Result::incomplete) return;
    if (result == Inflate::Result::broken) return reconnect(resumable, moment, "the compressed stream is broken");
    bytes = inflated_;
  }
  do {
    const std::size_t end = end_of_object(bytes);
    const std::optional<Json> parsed = parse(bytes.substr(0, end));
    if (!parsed || !parsed->is_object()) return reconnect(resumable, moment, "a message that is no JSON, too long or too deep");
    bytes.remove_prefix(std::min(bytes.find_first_not_of(" \r\n", end), bytes.size()));
    hear(*parsed, moment);
  } while (!bytes.empty() && state_ != State::waiting && state_ != State::over);
}

void Gateway::hear(const Json& message, const Moment& moment) {
  switch (number(message, "op", -1)) {
    case Opcode::dispatch: return hear_dispatch(message, moment);
    case Opcode::heartbeat: return beat(moment, true);
    case Opcode::reconnect_asked: return reconnect(resumable, moment, "Discord asked for it");
    case Opcode::invalid_session: return hear_invalid_session(at(message, "d"), moment);
    case Opcode::hello: return hear_hello(at(message, "d"), moment);
    case Opcode::heartbeat_ack: acknowledged_ = true; return;
    default: return;  // what is new to us is not for us
  }
}

void Gateway::hear_hello(const Json& data, const Moment& moment) {
  if (state_ != State::hello) return;
  interval_ = Millis{std::clamp<std::int64_t>(number(data, "heartbeat_interval", 41'250), 50, 600'000)};
  next_beat_ = moment.now + share(moment, interval_);  // spread, so that not all bots of the world beat at once after an outage
  introduce(moment);
}

void Gateway::introduce(const Moment& moment) {
  if (session_) {
    enter(State::resuming, moment);
    return send({{"op", Opcode::resume}, {"d", {{"token", options_.token}, {"session_id", session_->id}, {"seq", session_->sequence}}}},
                moment);
  }
  enter(State::identifying, moment);
  gate_.used(options_.shard, moment);
  const Json properties{{"os", "linux"}, {"browser", "nurturer"}, {"device", "nurturer"}};
  send({{"op", Opcode::identify},
        {"d",
         {{"token", options_.token},
          {"intents", options_.intents},
          {"properties", properties},
          {"compress", false},
          {"large_threshold", 50},
          {"shard", Json::array({options_.shard, options_.shards})}}}},
       moment);
}

void Gateway::hear_invalid_session(const Json& data, const Moment& moment) {
  const bool may_resume = data.is_boolean() && data.get<bool>() && session_;
  const bool resumed_in_vain = state_ == State::resuming;
  if (!may_resume) drop_session();
  reconnect(resumable, moment, may_resume ? "the session is invalid for now" : "the session is over");
  // Discord asks for one to five seconds before the next identify. The first refusal is told apart from the storm by the backoff.
  const Millis wait = Millis{1000} + share(moment, Millis{4000});
  if (!may_resume || resumed_in_vain) until_ = std::max(until_, moment.now + wait);
}

void Gateway::hear_dispatch(const Json& message, const Moment& moment) {
  const std::string type = text(message, "t");
  const bool before = state_ == State::hello;
  if (before || type.empty()) return;
  const Json& data = at(message, "d");
  const std::int64_t sequence = number(message, "s");
  if (type == "READY" && state_ == State::identifying) {
    session_ = Session{text(data, "session_id"), text(data, "resume_gateway_url"), sequence};
    if (session_->id.empty()) {
      drop_session();
      return reconnect(resumable, moment, "READY without a session");
    }
    enter(State::ready, moment);
  } else if (state_ == State::resuming) {
    if (type == "RESUMED") {
      resumes_failed_ = 0;
      enter(State::ready, moment);
    } else {
      enter(State::resuming, moment);
    }
  }
  if (session_) session_->sequence = std::max(session_->sequence, sequence);
  actions_.emplace_back(Dispatch{type, data});
}

void Gateway::beat(const Moment& moment, bool asked) {
  if (interval_.count() == 0) return;
  const Json last = session_ ? Json(session_->sequence) : Json(nullptr);
  if (!asked) {
    acknowledged_ = false;
    next_beat_ = moment.now + interval_;
  }
  send({{"op", Opcode::heartbeat}, {"d", last}}, moment, !asked);
}

// There is no queue: the few things that are sent are heartbeats and introductions. What Discord asks for again and again must not eat up
// what is kept for our own.
void Gateway::send(const Json& message, const Moment& moment, bool ours) {
  if (!budget_.take(moment.now, ours)) return;
  actions_.emplace_back(Send{dump(message)});
}

}  // namespace nurturer::discord
