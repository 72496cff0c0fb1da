// Built with the encryption engine.
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>

#include "adapters/matrix/crypto.hpp"
#include "adapters/matrix/crypto/nurturer_matrix_crypto.h"
#include "adapters/net/url.hpp"

namespace nurturer::matrix {
namespace {

namespace fs = std::filesystem;

struct CloseMachine {
  void operator()(nm_machine* machine) const { nm_close(machine); }
};
using Machine = std::unique_ptr<nm_machine, CloseMachine>;

Crypted outcome_of(char* text) {
  const std::unique_ptr<char, void (*)(char*)> owned(text, nm_free);
  auto json = parse(text == nullptr ? "" : text, 1'000);
  if (!json) return {{}, "panic", "the encryption engine gave no answer"};
  if (const auto value = json->find("ok"); value != json->end()) return {std::move(*value)};
  return {{}, text_at(*json, {"error", "kind"}), text_at(*json, {"error", "what"})};
}

// Stores of other devices hold keys that nobody needs any more.
void remove_others(const fs::path& folder, const std::string& name) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().filename() != name) fs::remove_all(entry.path(), ignored);
  }
}

std::string store_name(const std::string& user, const std::string& device) { return net::encode(user) + " " + net::encode(device); }

class Stores {
 public:
  Stores(fs::path folder, std::string key) : folder_(std::move(folder)), key_(std::move(key)) {}

  Crypted perform(const Crypt& wanted) {
    if (wanted.operation == "open") return open(wanted.arguments);
    if (!machine_) return {{}, "argument", "the encryption store is not open"};
    return outcome_of(nm_call(machine_.get(), wanted.operation.c_str(), write(wanted.arguments).c_str()));
  }

 private:
  Crypted open(const Json& arguments) {
    const std::string user = text_at(arguments, {"user"}), device = text_at(arguments, {"device"});
    const std::string name = store_name(user, device);
    std::error_code error;
    fs::create_directories(folder_ / name, error);
    for (const fs::path& made : {folder_, folder_ / name}) {
      if (!error) fs::permissions(made, fs::perms::owner_all, error);
    }
    if (error) return {{}, "store", error.message()};
    remove_others(folder_, name);
    char* problem = nullptr;
    const Json settings{{"user", user}, {"device", device}, {"folder", (folder_ / name).string()}, {"key", key_}};
    machine_.reset(nm_open(write(settings).c_str(), &problem));
    if (machine_) return {Json::object()};
    return outcome_of(problem);
  }

  fs::path folder_;
  std::string key_;
  Machine machine_;
};

}  // namespace

const bool Crypto::built = true;

bool Crypto::has_store(const std::string& folder, const std::string& user, const std::string& device) {
  std::error_code ignored;
  return fs::exists(fs::path(folder) / store_name(user, device) / "matrix-sdk-crypto.sqlite3", ignored);
}

struct Crypto::Worker {
  Worker(net::Loop& its_loop, std::string folder, std::string key, std::function<void(std::uint64_t, const Crypted&)> its_told)
      : loop(its_loop), told(std::move(its_told)), stores(std::move(folder), std::move(key)), thread([this] { run(); }) {}

  ~Worker() {
    {
      const std::lock_guard lock(mutex);
      over = true;
      waiting.clear();
    }
    wake.notify_one();
    thread.join();
  }

  void run() {
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [this] { return over || !waiting.empty(); });
      if (over) return;
      const Crypt wanted = std::move(waiting.front());
      waiting.pop_front();
      lock.unlock();
      Crypted outcome = stores.perform(wanted);
      loop.post([this, still = std::weak_ptr<bool>(here), id = wanted.id, outcome = std::move(outcome)] {
        if (!still.expired()) told(id, outcome);
      });
      lock.lock();
    }
  }

  net::Loop& loop;
  std::function<void(std::uint64_t, const Crypted&)> told;
  std::shared_ptr<bool> here = std::make_shared<bool>(true);  // looked at on the loop's thread alone
  Stores stores;                                              // the worker's
  std::mutex mutex;                                           // of the two below
  std::deque<Crypt> waiting;
  bool over = false;
  std::condition_variable wake;
  std::thread thread;  // last: it uses all above
};

Crypto::Crypto(net::Loop& loop, std::string folder, std::string key, std::function<void(std::uint64_t, const Crypted&)> told)
    : worker_(std::make_unique<Worker>(loop, std::move(folder), std::move(key), std::move(told))) {}

Crypto::~Crypto() = default;

void Crypto::perform(Crypt operation) {
  {
    const std::lock_guard lock(worker_->mutex);
    worker_->waiting.push_back(std::move(operation));
  }
  worker_->wake.notify_one();
}

}  // namespace nurturer::matrix
