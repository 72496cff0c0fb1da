# shellcheck shell=bash
# The test servers and clients of Matrix: Synapse and matrix-nio from PyPI, in a virtual environment outside of the checkout, made once.
# Sourced. Sets `python`, or ends with 77 and says why.

matrix_packages=('matrix-synapse==1.163.2' 'matrix-nio[e2e]==0.26.0')

matrix_environment() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/nurturer
  local folder=$cache/matrix-env
  python=$folder/bin/python
  mkdir -p "$cache"
  exec {environment_lock}>"$cache/matrix-env.lock"
  flock "$environment_lock"  # several tests may want it at once
  if [[ $(cat "$folder/complete" 2>/dev/null) != "${matrix_packages[*]}" ]]; then
    command -v python3 >/dev/null || skip_all "python3 is not installed"
    rm -rf -- "$folder"
    python3 -m venv "$folder" >"$cache/matrix-env.log" 2>&1 || skip_all "no virtual environment can be made (apt-get install python3-venv); see $cache/matrix-env.log"
    "$python" -m pip install --quiet "${matrix_packages[@]}" >>"$cache/matrix-env.log" 2>&1 ||
      skip_all "Synapse and matrix-nio cannot be installed (no registry within reach?); see $cache/matrix-env.log"
    printf '%s' "${matrix_packages[*]}" >"$folder/complete"
  fi
  flock --unlock "$environment_lock"
}

skip_all() {
  printf 'SKIPPED: the tests against a real Matrix server did not run: %s\n' "$*" >&2
  exit 77
}
