#pragma once
// A thin skin over SQLite's C interface: connections, statements and transactions that clean up after themselves and throw
// Unavailable. It knows nothing of the tables.
// Lifetime: a Database outlives its Statements and Transactions. One thread at a time.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "store/sealing.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace nurturer::store {

class Database {
 public:
  enum class Mode {
    write,   // the file must be there
    read,    // with its log, whose side files must be there
    still,   // to be read; there is no log and nobody writes: works in a folder that cannot be written
    nowhere  // an empty database in memory
  };

  Database(const std::string& path, Mode mode);

  /// One or more statements without values and without results.
  void run(const std::string& sql);
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] bool can_write() const;
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  /// Moves all of the log into the database and cuts it to nothing. Throws `locked` while another program reads along.
  void empty_log();

 private:
  friend class Statement;
  friend class Transaction;
  [[noreturn]] void fail(int code) const;
  [[nodiscard]] int system_error() const;
  void set_up();

  struct Close {
    void operator()(sqlite3* handle) const noexcept;
  };
  std::string path_;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;
  std::unique_ptr<sqlite3, Close> handle_;
  std::map<std::string, Prepared, std::less<>> prepared_;  // by their SQL, without values; closed before the handle
};

/// Prepared once for each text of SQL, and used again.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Values in the order of the question marks: text as TEXT, Sealed and Digest as BLOB, empty as NULL.
  template <class... Values>
  Statement& with(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }
  /// True while there is a row.
  bool step();
  void run();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] Digest digest(int column) const { return {text(column)}; }
  [[nodiscard]] Sealed sealed(int column) const { return {text(column)}; }
  [[nodiscard]] bool null(int column) const;
  [[nodiscard]] std::optional<Sealed> maybe_sealed(int column) const;

 private:
  void bind(int index, std::int64_t value);
  void bind(int index, std::string_view text);
  void bind(int index, const Sealed& sealed) { bind_blob(index, sealed.bytes); }
  void bind(int index, const Digest& digest) { bind_blob(index, digest.bytes); }
  void bind(int index, std::nullopt_t);
  template <class Value>
  void bind(int index, const std::optional<Value>& value) {
    if (value)
      bind(index, *value);
    else
      bind(index, std::nullopt);
  }
  void bind_blob(int index, std::string_view bytes);

  Database& database_;
  std::string sql_;
  Database::Prepared handle_;
};

/// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
};

}  // namespace nurturer::store
