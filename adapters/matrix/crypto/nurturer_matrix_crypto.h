/* The encryption engine of Matrix (the Rust crate beside this file) as C functions.
 *
 * JSON goes in and out as C strings in UTF-8. A result is {"ok": value} or {"error": {"kind", "what"}} and is freed with nm_free.
 * Kinds: argument (the caller's mistake), store, mismatch (the store is another device's), answer (of the server), secrets (secret
 * storage), no_session, untrusted, panic. `what` quotes neither keys nor messages.
 * Threads: all functions from any thread; calls on one machine may overlap. A call may take long (it writes to the disk): not for a thread
 * that serves sockets. One process a store: the caller sees to it.
 * The operations with their arguments stand in src/engine.rs. */
#ifndef NURTURER_MATRIX_CRYPTO_H
#define NURTURER_MATRIX_CRYPTO_H

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nm_machine nm_machine;

/* settings: {"user", "device", "folder", "key": 64 hexadecimal digits}. NULL on failure: *problem is then a result. */
nm_machine* nm_open(const char* settings, char** problem);
char* nm_call(const nm_machine* machine, const char* operation, const char* arguments);
void nm_close(nm_machine* machine);
void nm_free(char* text);

#ifdef __cplusplus
}
#endif
#endif
