# shellcheck shell=bash
# What every script here starts with. Source it: it sets strict mode, defines functions and the variable `repository`.
#
#   source "$(dirname -- "${BASH_SOURCE[0]}")/lib/start.sh"

set -o errexit -o nounset -o pipefail

# The folder that holds Firmware.sln, whatever the caller's working directory and the clone's name.
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

# The SDK prints a banner, phones home and keeps servers alive unless told otherwise; a script wants none of that.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export MSBUILDDISABLENODEREUSE=1

# Progress and problems go to stderr: stdout is for results.
say() { printf '%s\n' "$*" >&2; }

step() { printf '\n== %s\n' "$*" >&2; }

# Ends the script: what went wrong, then what to do, each on its own line.
fail() {
  printf 'error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do
    printf '       %s\n' "$line" >&2
  done
  exit 1
}

has_command() { command -v -- "$1" >/dev/null 2>&1; }
