#include "adapters/net/https.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/beast/core/string.hpp>
#include <utility>

#include "adapters/net/exchange.hpp"

namespace nurturer::net {

namespace asio = boost::asio;

const std::string* Response::header(std::string_view name) const {
  const auto same = [name](const auto& field) { return boost::beast::iequals(field.first, boost::beast::string_view(name.data(), name.size())); };
  const auto found = std::ranges::find_if(headers, same);
  return found == headers.end() ? nullptr : &found->second;
}

Call::Call() = default;
Call::Call(std::shared_ptr<State> state) : state_(std::move(state)) {}
Call::Call(Call&&) noexcept = default;
Call& Call::operator=(Call&& other) noexcept {
  if (this == &other) return *this;
  const auto before = std::exchange(state_, std::move(other.state_));
  if (before) before->drop();
  return *this;
}
Call::~Call() {
  if (state_) state_->drop();
}

void Call::cancel() {
  if (!state_ || state_->over) return;
  asio::post(state_->deadline.get_executor(), [state = state_] {
    state->finish(tl::unexpected(Error{Error::Kind::cancelled, state->request.url.authority() + ": called off", state->sent}));
  });
}

void Call::State::drop() {
  // What the function owns goes last: it may own the Call.
  const auto function = std::exchange(done, nullptr);
  over = true;
  deadline.cancel();
  resolver.cancel();
  if (connection) connection->close();
}

void Call::State::finish(Result result) {
  const auto function = std::exchange(done, nullptr);
  drop();
  if (function) function(std::move(result));
}

Client::Client(Loop& loop, Trust trust, Options options)
    : pool_(std::make_shared<Pool>(loop.io(), std::move(trust), std::move(options))) {}
Client::Client(Client&&) noexcept = default;
Client::~Client() {
  if (pool_) pool_->close();
}

Call Client::send(Request request, std::function<void(Result)> done) {
  auto state = std::make_shared<Call::State>(pool_->context, std::move(request), std::move(done));
  pool_->start(state);
  return Call(std::move(state));
}

}  // namespace nurturer::net
