#include "adapters/discord/link.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "adapters/net/https.hpp"
#include "adapters/net/url.hpp"
#include "adapters/net/websocket.hpp"

namespace nurturer::discord {
namespace {

constexpr std::size_t largest_answer = std::size_t{8} << 20U;
constexpr std::size_t largest_file = std::size_t{8} << 20U;
constexpr std::chrono::seconds callback_within{5};
constexpr std::chrono::seconds request_within{20};

/// What stands in the file; nothing if it cannot be read or is too large.
std::optional<std::string> contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes(largest_file + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.gcount() > static_cast<std::streamsize>(largest_file)) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

class Discord final : public channel::Adapter {
 public:
  Discord(net::Loop& loop, net::Trust trust, Options options)
      : loop_(loop),
        trust_(std::move(trust)),
        options_(std::move(options)),
        http_(loop, trust_, {.agent = options_.agent, .per_host = 6}),
        quick_http_(loop, trust_, {.agent = options_.agent, .per_host = 32}) {}

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] channel::Capabilities capabilities() const override {
    return {.edit = true, .remove = true, .choices = true, .reactions = true, .private_answer = true, .animates = false, .longest = 2'000};
  }
  void start(channel::Shell& shell, std::optional<channel::Cursor> cursor) override;
  void send(const channel::Outgoing& outgoing) override;
  void stop() override;

 private:
  struct Socket {
    int shard = 0;
    bool ours = true;  // the machine still wants to hear of it
    std::optional<net::WebSocket> socket;
  };

  [[nodiscard]] Moment moment() const;
  void pump();
  void carry_out(Client::Action& action);
  void dial(const Client::Dial& dial);
  void drop(int shard, int code);
  void closed(Socket* socket, int code);
  void perform(const Client::Perform& perform);
  void done(Ticket ticket, const net::Result& result);
  void wait();

  const std::string name_ = "discord";
  net::Loop& loop_;
  net::Trust trust_;
  Options options_;
  net::Client http_;
  net::Client quick_http_;  // answers to interactions wait behind nothing
  channel::Shell* shell_ = nullptr;
  std::optional<net::Url> base_;
  std::optional<Client> client_;
  std::map<int, std::unique_ptr<Socket>> sockets_;
  std::vector<std::unique_ptr<Socket>> closing_;
  std::map<Ticket, net::Call> calls_;
  net::Timer timer_;
  bool pumping_ = false;
  bool stopped_ = false;
};

Moment Discord::moment() const {
  return {std::chrono::time_point_cast<Millis>(std::chrono::steady_clock::now()),
          std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now()), options_.dice()};
}

void Discord::start(channel::Shell& shell, std::optional<channel::Cursor> cursor) {
  shell_ = &shell;
  const auto base = net::read_url(options_.api_base);
  if (!base) return shell.failed({channel::Failure::Kind::configuration, "[discord] api_base: " + base.error()});
  base_ = *base;
  client_.emplace(options_.settings, cursor, moment());
  client_->tick(moment());
  pump();
}

void Discord::send(const channel::Outgoing& outgoing) {
  std::string file;
  if (outgoing.kind == channel::Outgoing::Kind::file) {
    auto bytes = contents(outgoing.path);
    if (!bytes) return shell_->acknowledge({outgoing.id, channel::Delivery::never, {}});
    file = std::move(*bytes);
  }
  client_->send(outgoing, std::move(file), moment());
  pump();
}

void Discord::stop() {
  if (!client_) return shell_->stopped();
  client_->stop(moment());
  pump();
}

/// Carries out what the machine wants. What the service calls meanwhile lands in its queue and is carried out here too, in order.
void Discord::pump() {
  if (pumping_) return;
  pumping_ = true;
  while (auto action = client_->next_action()) carry_out(*action);
  pumping_ = false;
  wait();
}

void Discord::wait() {
  if (stopped_ && closing_.empty()) {
    stopped_ = false;
    timer_.cancel();
    return shell_->stopped();
  }
  const Moment now = moment();
  const Instant next = client_->deadline(now);
  if (next == Instant::max()) return timer_.cancel();
  constexpr Millis longest{60'000};
  timer_ = loop_.after(std::clamp(next - now.now, Millis{0}, longest), [this] {
    client_->tick(moment());
    pump();
  });
}

void Discord::carry_out(Client::Action& action) {
  if (const auto* one = std::get_if<Client::Dial>(&action)) dial(*one);
  if (auto* one = std::get_if<Client::SendFrame>(&action)) {
    const auto socket = sockets_.find(one->shard);
    if (socket != sockets_.end()) socket->second->socket->send({std::move(one->bytes), false});
  }
  if (const auto* one = std::get_if<Client::CloseSocket>(&action)) drop(one->shard, one->code);
  if (const auto* one = std::get_if<Client::Perform>(&action)) perform(*one);
  if (auto* one = std::get_if<Client::Receive>(&action)) shell_->receive(std::move(one->incoming));
  if (auto* one = std::get_if<Client::Acknowledge>(&action)) shell_->acknowledge(std::move(one->acknowledgement));
  if (const auto* one = std::get_if<Client::Ready>(&action)) shell_->ready(one->account);
  if (auto* one = std::get_if<Client::Failed>(&action)) shell_->failed(std::move(one->failure));
  if (std::holds_alternative<Client::Stopped>(action)) stopped_ = true;
  if (const auto* one = std::get_if<Client::Note>(&action); one != nullptr && options_.log) options_.log(one->what);
}

void Discord::dial(const Client::Dial& dial) {
  sockets_.erase(dial.shard);
  const auto url = net::read_url(dial.url);
  if (!url) {
    if (options_.log) options_.log("the gateway's address cannot be used");
    loop_.post([this, shard = dial.shard] {
      client_->lost(shard, 1006, moment());
      pump();
    });
    return;
  }
  auto made = std::make_unique<Socket>();
  Socket* const socket = made.get();
  socket->shard = dial.shard;
  net::WebSocket::Events events;
  events.open = [this, socket] {
    if (!socket->ours) return;
    client_->opened(socket->shard, moment());
    pump();
  };
  events.frame = [this, socket](const net::Frame& frame) {
    if (!socket->ours) return;
    client_->frame(socket->shard, frame.bytes, frame.binary, moment());
    pump();
  };
  events.closed = [this, socket](const net::Closed& end) { closed(socket, end.code == 0 || end.error ? 1006 : end.code); };
  net::WebSocket::Options options{.url = *url, .agent = options_.agent};
  options.largest = largest_answer;
  socket->socket.emplace(loop_, trust_, std::move(options), std::move(events));
  sockets_[dial.shard] = std::move(made);
}

void Discord::drop(int shard, int code) {
  const auto found = sockets_.find(shard);
  if (found == sockets_.end()) return;
  found->second->ours = false;
  found->second->socket->close(static_cast<std::uint16_t>(code));
  closing_.push_back(std::move(found->second));
  sockets_.erase(found);
}

void Discord::closed(Socket* socket, int code) {
  const int shard = socket->shard;
  const bool ours = socket->ours;
  if (ours)
    sockets_.erase(shard);
  else
    std::erase_if(closing_, [socket](const auto& one) { return one.get() == socket; });
  if (ours) client_->lost(shard, code, moment());
  pump();
}

void Discord::perform(const Client::Perform& perform) {
  const Request& asked = perform.request;
  net::Request request;
  request.method = asked.method;
  request.url = base_->with_target((base_->target == "/" ? "" : base_->target) + asked.path);
  if (!asked.interaction) request.headers.emplace_back("Authorization", "Bot " + options_.settings.token);
  if (!asked.type.empty()) request.headers.emplace_back("Content-Type", asked.type);
  request.body = asked.body;
  request.within = asked.interaction ? callback_within : request_within;
  request.body_limit = largest_answer;
  net::Client& client = asked.interaction ? quick_http_ : http_;
  calls_[perform.ticket] =
      client.send(std::move(request), [this, ticket = perform.ticket](const net::Result& result) { done(ticket, result); });
}

void Discord::done(Ticket ticket, const net::Result& result) {
  // The call is this function's owner: it goes when this is over.
  loop_.post([this, ticket] { calls_.erase(ticket); });
  Response response;
  if (result) {
    response.status = result->status;
    response.headers = result->headers;
    response.body = result->body;
  } else if (options_.log) {
    options_.log(std::string("a request had no answer: ") + net::name(result.error().kind));
  }
  client_->responded(ticket, response, moment());
  pump();
}

}  // namespace

std::unique_ptr<channel::Adapter> make_adapter(net::Loop& loop, net::Trust trust, Options options) {
  return std::make_unique<Discord>(loop, std::move(trust), std::move(options));
}

}  // namespace nurturer::discord
