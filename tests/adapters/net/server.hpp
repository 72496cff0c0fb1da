#pragma once
// A server for tests, on a real socket of this machine: what it does with a connection is a function, so that it can misbehave.
// One thread accepts, each connection has its own; all blocking. The destructor closes everything and joins.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace nurturer::net::test {

/// A certificate made for the test, and its key.
struct Identity {
  std::string certificate;  // PEM
  std::string key;          // PEM
};
/// Self-signed, for `host` (a name or an address), valid from an hour ago for `days`.
Identity make_identity(const std::string& host, int days = 1);

/// One connection, as the server's function sees it.
class Peer {
 public:
  virtual ~Peer() = default;
  /// Up to `most` bytes; empty at the end.
  virtual std::string read(std::size_t most = 4096) = 0;
  /// False when the other side is gone.
  virtual bool write(std::string_view bytes) = 0;
  /// No more bytes will be written (half-closed).
  virtual void finish() = 0;

  /// Reads until `mark` has come; what was read, up to and with it. What came behind it is kept for the next call.
  std::string read_until(std::string_view mark);
  /// A whole request with its Content-Length body. Empty: the other side is gone.
  std::string read_request();
  std::string read_exactly(std::size_t count);
  /// Blocks until the other side closes.
  void wait_for_end();

  int number = 0;  // of the connection, from 0

 private:
  std::string kept_;
};

class Server {
 public:
  using Serve = std::function<void(Peer&)>;
  explicit Server(Serve serve);
  Server(const Identity& identity, Serve serve);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// "http://127.0.0.1:PORT" + target, with https if it has an identity.
  [[nodiscard]] std::string url(const std::string& target = "/", const std::string& host = "127.0.0.1") const;
  [[nodiscard]] int connections() const { return connections_; }

 private:
  struct Tls;
  void listen();
  void accept_all();
  void serve_one(int socket, int number);

  Serve serve_;
  std::unique_ptr<Tls> tls_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_{0};
  std::atomic<bool> over_{false};
  std::mutex mutex_;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  std::thread accepting_;
};

/// A port of this machine on which nobody listens.
std::uint16_t dead_port();

/// "HTTP/1.1 200 OK" with a body and its length.
std::string ok(std::string_view body, std::string_view more_headers = {});

}  // namespace nurturer::net::test
