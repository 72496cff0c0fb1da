#include "adapters/matrix/link.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <utility>

namespace nurturer::matrix {
namespace {

using std::chrono::milliseconds;

const std::string adapter_name = "matrix";
constexpr std::size_t most_session = std::size_t{64} * 1024;

std::optional<milliseconds> retry_after(const net::Response& response) {
  const std::string* value = response.header("Retry-After");
  if (value == nullptr) return std::nullopt;
  int seconds = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), seconds);
  if (error != std::errc{} || end != value->data() + value->size() || seconds < 0) return std::nullopt;
  return milliseconds{std::int64_t{seconds} * 1000};
}

// "Tue, 24 Nov 2026 13:00:00 GMT"
std::optional<Time> date_of(const net::Response& response) {
  const std::string* value = response.header("Date");
  std::tm parts{};
  if (value == nullptr || ::strptime(value->c_str(), "%a, %d %b %Y %H:%M:%S", &parts) == nullptr) return std::nullopt;
  return Time{std::chrono::seconds{::timegm(&parts)}};
}

Answer answer_of(net::Result result) {
  Answer answer;
  if (result) {
    answer.status = result->status;
    answer.retry_after = retry_after(*result);
    answer.date = date_of(*result);
    answer.body = std::move(result->body);
    return answer;
  }
  answer.fault = result.error().sentence;
  answer.configuration = result.error().kind == net::Error::Kind::configuration;
  answer.too_large = result.error().kind == net::Error::Kind::too_large;
  return answer;
}

// Nobody else may read it at any moment, and after a power cut there is the old file or the new one.
bool write_file(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  std::size_t written = 0;
  while (written < text.size()) {
    const auto count = ::write(file, text.data() + written, text.size() - written);
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  const bool good = written == text.size() && ::fsync(file) == 0;
  return ::close(file) == 0 && good;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes(most_session, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return bytes;
}

bool replace_file(const std::string& path, const std::string& text) {
  const std::string next = path + ".new";
  if (write_file(next, text) && std::rename(next.c_str(), path.c_str()) == 0) return true;
  const int why = errno;
  ::unlink(next.c_str());  // half a secret helps nobody
  errno = why;
  return false;
}

net::Timer timer_for(World& world, const std::optional<Time>& deadline, std::function<void()> task) {
  if (!deadline) return {};
  // Wall clocks are set: looked at again after a minute at the latest.
  const auto wait = std::clamp<milliseconds>(*deadline - world.now(), milliseconds{0}, milliseconds{60'000});
  return world.loop.after(wait, std::move(task));
}

void keep(World& world, const Session& session) {
  if (world.hide) world.hide(session.token);
  if (world.hide && !session.refresh_token.empty()) world.hide(session.refresh_token);
  if (!save_session(world.session_file, session)) world.log("the session cannot be kept: " + world.session_file + " cannot be written");
}

// The session of the last login; marked when the keys of its device are gone.
std::optional<Session> session_with_keys(const World& world, const Settings& settings) {
  auto kept = load_session(world.session_file);
  if (kept && settings.encryption && !Crypto::has_store(world.crypto_folder, kept->user, kept->device)) kept->spent = true;
  return kept;
}

// A key that lies there already opens nothing, else none would have been made; it is put aside all the same.
Crypted keep_recovery(World& world, const std::string& key) {
  if (world.hide) world.hide(key);
  const std::string old = world.recovery_file + ".old";
  std::error_code error;
  if (std::filesystem::exists(world.recovery_file, error)) std::filesystem::rename(world.recovery_file, old, error);
  if (error) return {{}, "file", world.recovery_file + " cannot be put aside: " + error.message()};
  if (!replace_file(world.recovery_file, key + "\n")) {
    return {{}, "file", world.recovery_file + " cannot be written (" + std::strerror(errno) + ")"};
  }
  world.log("matrix: the account's recovery key was written to " + world.recovery_file + ": keep a copy of it in another place");
  return {};
}

}  // namespace

std::optional<Session> load_session(const std::string& file) { return read_session(read_file(file)); }

bool save_session(const std::string& file, const Session& session) { return replace_file(file, write_session(session)); }

Carrier::Carrier(World& world, std::function<void(std::uint64_t, const Answer&)> answered)
    : world_(world), client_(world.loop, world.trust, {.agent = world.agent}), answered_(std::move(answered)) {}

void Carrier::carry(const Send& send) {
  const std::uint64_t id = send.id;
  auto url = net::read_url(send.base + send.request.target);
  if (!url) {
    world_.loop.post([this, id, fault = url.error()] { answered_(id, {.fault = fault, .configuration = true}); });
    return;
  }
  net::Request request;
  request.method = send.request.method;
  request.url = std::move(*url);
  if (!send.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + send.token);
  const std::string& media_type = send.request.media_type;
  if (!send.request.body.empty()) request.headers.emplace_back("Content-Type", media_type.empty() ? "application/json" : media_type);
  request.body = send.request.body;
  request.within = send.request.within;
  request.idle = send.request.within;
  request.body_limit = send.request.body_limit;
  calls_[id] = client_.send(std::move(request), [this, id](net::Result result) {
    const auto call = calls_.extract(id);  // outlives its own function
    answered_(id, answer_of(std::move(result)));
  });
}

void Carrier::cancel(std::uint64_t id) { calls_.erase(id); }

Link::Link(Settings settings, World world)
    : world_(std::move(world)),
      machine_(std::move(settings), load_session(world_.session_file), world_.dice),
      carrier_(world_,
               [this](std::uint64_t id, const Answer& answer) {
                 machine_.receive(id, answer, world_.now());
                 pump();
               }),
      crypto_(world_.loop, world_.crypto_folder, world_.crypto_key, [this](std::uint64_t id, const Crypted& outcome) {
        machine_.receive(id, outcome, world_.now());
        pump();
      }) {}

const std::string& Link::name() const { return adapter_name; }

channel::Capabilities Link::capabilities() const {
  channel::Capabilities can;
  can.edit = true;
  can.remove = true;
  can.choices = true;
  can.reactions = true;
  can.private_answer = true;
  can.longest = 20'000;
  return can;
}

void Link::start(channel::Shell& shell, std::optional<channel::Cursor> cursor) {
  shell_ = &shell;
  // Not from inside the service's own start: what comes of it goes to the shell.
  world_.loop.post([this, cursor = std::move(cursor)] {
    machine_.start(cursor, world_.now());
    pump();
  });
}

void Link::send(const channel::Outgoing& outgoing) {
  machine_.send(outgoing, world_.now());
  // Acknowledged from the loop, never from inside send().
  world_.loop.post([this] { pump(); });
}

void Link::stop() {
  machine_.stop(world_.now());
  world_.loop.post([this] { pump(); });
}

void Link::pump() {
  if (std::exchange(pumping_, true)) return;
  while (auto action = machine_.next_action()) perform(*action);
  pumping_ = false;
  arm();
}

void Link::perform(Action& action) {
  if (const auto* send = std::get_if<Send>(&action))
    carrier_.carry(*send);
  else if (auto* crypt = std::get_if<Crypt>(&action))
    crypto_.perform(std::move(*crypt));
  else if (const auto* cancel = std::get_if<Cancel>(&action))
    carrier_.cancel(cancel->id);
  else if (const auto* recovery = std::get_if<KeepRecovery>(&action))
    tell(recovery->id, keep_recovery(world_, recovery->key));
  else if (const auto* kept = std::get_if<Keep>(&action))
    keep(world_, kept->session);
  else if (const auto* tell = std::get_if<Tell>(&action))
    static_cast<void>(replace_file(world_.status_file, write_status(tell->status)));
  else if (auto* incoming = std::get_if<channel::Incoming>(&action))
    shell_->receive(std::move(*incoming));
  else if (const auto* done = std::get_if<channel::Acknowledgement>(&action))
    shell_->acknowledge(*done);
  else if (const auto* ready = std::get_if<Ready>(&action))
    shell_->ready(ready->account);
  else if (auto* failure = std::get_if<channel::Failure>(&action))
    shell_->failed(std::move(*failure));
  else if (const auto* line = std::get_if<Log>(&action))
    world_.log(adapter_name + ": " + line->line);
  else if (std::holds_alternative<Stopped>(action))
    shell_->stopped();
}

// From the loop, never from inside the action.
void Link::tell(std::uint64_t id, Crypted outcome) {
  world_.loop.post([this, id, outcome = std::move(outcome)] {
    machine_.receive(id, outcome, world_.now());
    pump();
  });
}

void Link::arm() {
  timer_ = timer_for(world_, machine_.deadline(), [this] {
    machine_.tick(world_.now());
    pump();
  });
}

Errand::Errand(World world)
    : world_(std::move(world)), wire_(world_.dice), carrier_(world_, [this](std::uint64_t id, const Answer& answer) {
        wire_.at(world_.now());
        wire_.receive(id, answer);
        pump();
      }) {
  wire_.at(world_.now());
}

void Errand::pump() {
  if (std::exchange(pumping_, true)) return;
  while (auto action = wire_.next_action()) {
    if (const auto* send = std::get_if<Send>(&*action))
      carrier_.carry(*send);
    else if (const auto* kept = std::get_if<Keep>(&*action))
      keep(world_, kept->session);
    else if (const auto* line = std::get_if<Log>(&*action))
      world_.log(line->line);
  }
  pumping_ = false;
  timer_ = timer_for(world_, wire_.deadline(), [this] {
    wire_.at(world_.now());
    wire_.tick();
    pump();
  });
}

FirstLogin::FirstLogin(Settings settings, World world, Login::Done done)
    : settings_(std::move(settings)), errand_(std::move(world)), login_(settings_, errand_.wire()) {
  // Told from the loop: whoever hears of it may drop this object.
  login_.again(session_with_keys(errand_.world(), settings_), [this, done = std::move(done)](const Login::Result& result) {
    errand_.world().loop.post([done, result] { done(result); });
  });
  errand_.world().loop.post([this] { errand_.pump(); });
}

Examination::Examination(Settings settings, World world, std::function<void(Doctor::Findings)> done)
    : errand_(std::move(world)),
      doctor_(std::move(settings), load_session(errand_.world().session_file), read_status(read_file(errand_.world().status_file)),
              errand_.wire()) {
  doctor_.start([this, done = std::move(done)](const Doctor::Findings& findings) {
    errand_.world().loop.post([done, findings] { done(findings); });
  });
  errand_.world().loop.post([this] { errand_.pump(); });
}

}  // namespace nurturer::matrix
