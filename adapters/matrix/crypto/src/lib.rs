//! The encryption engine as a C library: `nm_open`, `nm_call`, `nm_close`, `nm_free` (nurturer_matrix_crypto.h tells more). What goes in
//! and out is JSON; every result is `{"ok": ...}` or `{"error": {"kind", "what"}}`. Panics are caught. Calls may come from any thread.
//!
//! Nothing here opens a socket or knows the time of a server: requests come out as values (`wire.rs`), answers go in.

mod attachment;
mod engine;
mod secrets;
mod verification;
mod wire;

use std::{
    ffi::{CStr, CString, c_char},
    panic::{AssertUnwindSafe, catch_unwind},
    ptr,
};

use engine::{Engine, Fault};
use serde_json::{Value, json};

/// What C holds a pointer to.
pub struct Machine(Engine);

fn into_c(value: &Value) -> *mut c_char {
    // JSON escapes NUL, so that the string cannot hold one.
    CString::new(value.to_string()).map_or(ptr::null_mut(), CString::into_raw)
}

fn outcome(work: impl FnOnce() -> Result<Value, Fault>) -> Value {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => json!({ "ok": value }),
        Ok(Err(fault)) => json!({ "error": { "kind": fault.kind, "what": fault.what } }),
        // The payload is not told: it may quote what was worked on.
        Err(_) => json!({ "error": { "kind": "panic", "what": "the encryption engine met something that it did not expect" } }),
    }
}

/// # Safety
/// `text` is null or a C string that lives as long as the call.
unsafe fn read(text: *const c_char) -> Result<Value, Fault> {
    if text.is_null() {
        return Err(Fault::new("argument", "null"));
    }
    let bytes = unsafe { CStr::from_ptr(text) }.to_bytes();
    // The parser's error would quote nothing, but its place says enough only to programmers.
    serde_json::from_slice(bytes).map_err(|_| Fault::new("argument", "no JSON"))
}

/// Opens (or makes) the store. Null on failure; then `*problem` is a result to be freed.
///
/// # Safety
/// `settings` is a C string, `problem` a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nm_open(settings: *const c_char, problem: *mut *mut c_char) -> *mut Machine {
    let mut machine = None;
    let value = outcome(|| {
        machine = Some(Engine::open(&unsafe { read(settings) }?)?);
        Ok(Value::Null)
    });
    match machine {
        Some(engine) => Box::into_raw(Box::new(Machine(engine))),
        None => {
            if !problem.is_null() {
                unsafe { *problem = into_c(&value) };
            }
            ptr::null_mut()
        }
    }
}

/// One operation by name.
///
/// # Safety
/// `machine` comes from `nm_open` and was not closed; the two others are C strings.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nm_call(machine: *const Machine, name: *const c_char, arguments: *const c_char) -> *mut c_char {
    let value = outcome(|| {
        if machine.is_null() || name.is_null() {
            return Err(Fault::new("argument", "null"));
        }
        let name = unsafe { CStr::from_ptr(name) }.to_str().map_err(|_| Fault::new("argument", "no UTF-8"))?;
        let arguments = unsafe { read(arguments) }?;
        unsafe { &*machine }.0.call(name, &arguments)
    });
    into_c(&value)
}

/// # Safety
/// `machine` is null or comes from `nm_open`; it is gone afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nm_close(machine: *mut Machine) {
    if !machine.is_null() {
        let machine = unsafe { Box::from_raw(machine) };
        let _ = catch_unwind(AssertUnwindSafe(move || drop(machine)));
    }
}

/// # Safety
/// `text` is null or a result of this library; it is gone afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nm_free(text: *mut c_char) {
    if !text.is_null() {
        drop(unsafe { CString::from_raw(text) });
    }
}
