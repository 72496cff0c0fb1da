// Built without the encryption engine.
#include "adapters/matrix/crypto.hpp"

namespace nurturer::matrix {

const bool Crypto::built = false;

bool Crypto::has_store(const std::string& /*folder*/, const std::string& /*user*/, const std::string& /*device*/) { return false; }

struct Crypto::Worker {
  net::Loop& loop;
  std::function<void(std::uint64_t, const Crypted&)> told;
  std::shared_ptr<bool> here = std::make_shared<bool>(true);
};

Crypto::Crypto(net::Loop& loop, std::string /*folder*/, std::string /*key*/, std::function<void(std::uint64_t, const Crypted&)> told)
    : worker_(std::make_unique<Worker>(Worker{loop, std::move(told)})) {}

Crypto::~Crypto() = default;

void Crypto::perform(Crypt operation) {
  worker_->loop.post([worker = worker_.get(), here = std::weak_ptr<bool>(worker_->here), id = operation.id] {
    if (!here.expired()) worker->told(id, {{}, "argument", "this program was built without encryption"});
  });
}

}  // namespace nurturer::matrix
