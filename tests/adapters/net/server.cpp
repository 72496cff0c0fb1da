#include "server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace nurturer::net::test {
namespace {

class PlainPeer : public Peer {
 public:
  explicit PlainPeer(int socket) : socket_(socket) {}
  std::string read(std::size_t most) override {
    std::string bytes(most, '\0');
    const auto came = ::recv(socket_, bytes.data(), bytes.size(), 0);
    bytes.resize(came > 0 ? static_cast<std::size_t>(came) : 0);
    return bytes;
  }
  bool write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto went = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (went <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(went));
    }
    return true;
  }
  void finish() override { ::shutdown(socket_, SHUT_WR); }

 private:
  int socket_;
};

class TlsPeer : public Peer {
 public:
  explicit TlsPeer(SSL* ssl) : ssl_(ssl) {}
  std::string read(std::size_t most) override {
    std::string bytes(most, '\0');
    const int came = SSL_read(ssl_, bytes.data(), static_cast<int>(bytes.size()));
    bytes.resize(came > 0 ? static_cast<std::size_t>(came) : 0);
    return bytes;
  }
  bool write(std::string_view bytes) override {
    return bytes.empty() || SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
  }
  void finish() override { SSL_shutdown(ssl_); }

 private:
  SSL* ssl_;
};

int new_socket(std::uint16_t& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0) throw std::runtime_error("no port to bind");
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return socket;
}

}  // namespace

std::string Peer::read_until(std::string_view mark) {
  std::string bytes = std::exchange(kept_, {});
  while (bytes.find(mark) == std::string::npos) {
    const std::string more = read(4096);
    if (more.empty()) return {};
    bytes += more;
  }
  const std::size_t end = bytes.find(mark) + mark.size();
  kept_ = bytes.substr(end);
  return bytes.substr(0, end);
}

std::string Peer::read_exactly(std::size_t count) {
  std::string bytes = std::exchange(kept_, {});
  while (bytes.size() < count) {
    const std::string more = read(4096);
    if (more.empty()) return {};
    bytes += more;
  }
  kept_ = bytes.substr(count);
  return bytes.substr(0, count);
}

std::string Peer::read_request() {
  std::string head = read_until("\r\n\r\n");
  const auto at = head.find("Content-Length: ");
  if (at == std::string::npos) return head;
  return head + read_exactly(std::stoul(head.substr(at + 16)));
}

void Peer::wait_for_end() {
  while (!read(4096).empty()) continue;
}

struct Server::Tls {
  explicit Tls(const Identity& identity) : context(SSL_CTX_new(TLS_server_method())) {
    BIO* certificate = BIO_new_mem_buf(identity.certificate.data(), static_cast<int>(identity.certificate.size()));
    BIO* key = BIO_new_mem_buf(identity.key.data(), static_cast<int>(identity.key.size()));
    X509* x509 = PEM_read_bio_X509(certificate, nullptr, nullptr, nullptr);
    EVP_PKEY* pkey = PEM_read_bio_PrivateKey(key, nullptr, nullptr, nullptr);
    if (SSL_CTX_use_certificate(context, x509) != 1 || SSL_CTX_use_PrivateKey(context, pkey) != 1) throw std::runtime_error("bad identity");
    X509_free(x509);
    EVP_PKEY_free(pkey);
    BIO_free(certificate);
    BIO_free(key);
  }
  ~Tls() { SSL_CTX_free(context); }
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;
  SSL_CTX* context;
};

Server::Server(Serve serve) : serve_(std::move(serve)) { listen(); }
Server::Server(const Identity& identity, Serve serve) : serve_(std::move(serve)), tls_(std::make_unique<Tls>(identity)) { listen(); }

void Server::listen() {
  listening_ = new_socket(port_);
  ::listen(listening_, 64);
  accepting_ = std::thread([this] { accept_all(); });
}

void Server::accept_all() {
  while (!over_) {
    const int socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const int number = connections_++;
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
    threads_.emplace_back([this, socket, number] { serve_one(socket, number); });
  }
}

void Server::serve_one(int socket, int number) {
  if (tls_) {
    SSL* ssl = SSL_new(tls_->context);
    SSL_set_fd(ssl, socket);
    if (SSL_accept(ssl) == 1) {
      TlsPeer peer(ssl);
      peer.number = number;
      serve_(peer);
      SSL_shutdown(ssl);
    }
    SSL_free(ssl);
    ERR_clear_error();
  } else {
    PlainPeer peer(socket);
    peer.number = number;
    serve_(peer);
  }
  // Closed under the lock: the destructor must not shut down a number that is somebody else's by then.
  const std::lock_guard lock(mutex_);
  std::erase(sockets_, socket);
  ::close(socket);
}

Server::~Server() {
  over_ = true;
  ::shutdown(listening_, SHUT_RDWR);
  accepting_.join();
  ::close(listening_);
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  for (auto& thread : threads_) thread.join();
}

std::string Server::url(const std::string& target, const std::string& host) const {
  return (tls_ ? "https://" : "http://") + host + ":" + std::to_string(port_) + target;
}

std::uint16_t dead_port() {
  std::uint16_t port = 0;
  ::close(new_socket(port));
  return port;
}

std::string ok(std::string_view body, std::string_view more_headers) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(more_headers) + "\r\n" + std::string(body);
}

}  // namespace nurturer::net::test
