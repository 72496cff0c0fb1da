#include <utility>

#include "adapters/discord/doctor.hpp"
#include "adapters/discord/link.hpp"
#include "adapters/net/https.hpp"
#include "adapters/net/url.hpp"

namespace nurturer::discord {
namespace {

/// Lives until it has told: every step holds it.
struct Examination {
  net::Loop& loop;
  Options options;
  net::Client http;
  net::Url base;
  Doctor doctor;
  std::function<void(std::vector<channel::Finding>)> told;
  net::Call call;
};

void go_on(const std::shared_ptr<Examination>& all) {
  const auto asked = all->doctor.next();
  if (!asked) {
    // Not from inside the answer: the client that calls it is ours.
    all->call = {};
    return all->loop.post([all] { all->told(all->doctor.findings()); });
  }
  net::Request request;
  request.method = asked->method;
  request.url = all->base.with_target((all->base.target == "/" ? "" : all->base.target) + asked->path);
  request.headers.emplace_back("Authorization", "Bot " + all->options.settings.token);
  request.within = std::chrono::seconds{15};
  all->call = all->http.send(std::move(request), [all](const net::Result& result) {
    Response response;
    if (result) response = {result->status, result->headers, result->body};
    all->doctor.receive(response);
    all->loop.post([all] { go_on(all); });
  });
}

}  // namespace

void examine(net::Loop& loop, net::Trust trust, Options options, std::function<void(std::vector<channel::Finding>)> told) {
  const auto base = net::read_url(options.api_base);
  if (!base) {
    const channel::Finding finding{channel::Finding::How::fault, "api_base", base.error(), channel::Failure::Kind::configuration};
    return loop.post([told = std::move(told), finding] { told({finding}); });
  }
  const std::string agent = options.agent;
  const Settings settings = options.settings;
  go_on(std::make_shared<Examination>(Examination{
      loop, std::move(options), net::Client(loop, std::move(trust), {.agent = agent}), *base, Doctor(settings), std::move(told), {}}));
}

}  // namespace nurturer::discord
