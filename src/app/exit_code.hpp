#pragma once
// Exit codes of the program (sysexits.h where it has one). Other programs and service managers rely on them.

namespace nurturer::app {

enum class ExitCode : int {
  done = 0,
  faults_found = 1,    // check or eval found some
  usage = 64,
  bad_input = 65,      // a line of input data was wrong
  unavailable = 69,    // a service could not be reached
  internal = 70,
  input_output = 74,
  try_later = 75,      // the store is locked by another process
  refused = 77,        // credentials
  configuration = 78,  // or content
};

}  // namespace nurturer::app
