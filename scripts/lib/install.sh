# shellcheck shell=bash
# Finds out what is missing on this machine and installs it where that is allowed. Source start.sh first.
#
#   install_missing required   everything that building and running the quick start needs; ends the script if it cannot
#   install_missing optional   what some tests compare with; says what is missing and goes on
#   require_dotnet             the .NET 10 SDK

# One line per need: kind | proof that it is there | apt package | what for.
# A proof is `command:NAME` (on the PATH) or `file:PATH` (exists).
needs() {
  cat <<'TABLE'
required|command:qemu-system-arm|qemu-system-arm|runs the boards
required|command:arm-none-eabi-as|binutils-arm-none-eabi|links the boot stage and the applications
required|command:arm-none-eabi-gcc|gcc-arm-none-eabi|compiles the C sample
required|file:/usr/lib/arm-none-eabi/newlib/libc.a|libnewlib-arm-none-eabi|the C sample's library
optional|command:openssl|openssl|second opinion on keys and hashes
optional|command:socat|socat|serial ports without hardware
optional|command:srec_cat|srecord|second opinion on Intel HEX and S-record
optional|command:dfu-suffix|dfu-util|second opinion on DFU suffixes
optional|command:xz|xz-utils|the compressor to compare with
optional|command:riscv64-unknown-elf-gcc|gcc-riscv64-unknown-elf|links for RISC-V in the tests of stable layouts
optional|command:bsdiff|bsdiff|the delta maker to compare with
optional|file:/usr/share/firmware-microbit-micropython/firmware.hex|firmware-microbit-micropython|a real HEX payload
optional|file:/usr/share/ubertooth/firmware/bluetooth_rxtx.dfu|ubertooth-firmware|a real DFU payload
TABLE
}

is_present() {
  case $1 in
    command:*) has_command "${1#command:}" ;;
    file:*) [[ -e ${1#file:} ]] ;;
    *) fail "unknown proof '$1' in scripts/lib/install.sh" ;;
  esac
}

# Prints the apt packages of the given kind that are not there yet, one per line.
missing_packages() {
  local wanted=$1 kind proof package purpose
  while IFS='|' read -r kind proof package purpose; do
    if [[ $kind == "$wanted" ]] && ! is_present "$proof"; then
      printf '%s\n' "$package"
    fi
  done < <(needs)
}

# Runs a command as root: as is, through sudo without a password, or through sudo when a person is there to type it.
as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif has_command sudo && { sudo --non-interactive true 2>/dev/null || [[ -t 0 ]]; }; then
    sudo "$@"
  else
    return 1
  fi
}

apt_install() {
  local -a options=(--yes --no-install-recommends --quiet)
  # The first try uses the lists that are there; only when they are absent or stale are they fetched.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "$@" >/dev/null 2>&1 && return 0
  as_root apt-get update --quiet >/dev/null || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "$@" >/dev/null
}

install_missing() {
  local kind=$1
  local -a packages
  mapfile -t packages < <(missing_packages "$kind")
  (( ${#packages[@]} == 0 )) && return 0

  if has_command apt-get; then
    say "Installing ${packages[*]} ..."
    apt_install "${packages[@]}" || true
    mapfile -t packages < <(missing_packages "$kind")
    (( ${#packages[@]} == 0 )) && return 0
  fi

  if [[ $kind == optional ]]; then
    say "Not there, so some comparisons are skipped: ${packages[*]}"
    say "To have them: sudo apt-get install ${packages[*]}"
    return 0
  fi

  fail "these packages are needed and could not be installed from here: ${packages[*]}" \
    "Debian and Ubuntu: sudo apt-get update && sudo apt-get install ${packages[*]}" \
    "Elsewhere, install what has these names in your distribution, then run this again."
}

has_dotnet_10() {
  has_command dotnet || return 1
  local version
  while read -r version _; do
    (( ${version%%.*} >= 10 )) && return 0
  done < <(dotnet --list-sdks 2>/dev/null)
  return 1
}

# The SDK is in the archives of some distributions; elsewhere Microsoft's script puts it into ~/.dotnet.
require_dotnet() {
  if ! has_dotnet_10 && [[ -x ${DOTNET_ROOT:-$HOME/.dotnet}/dotnet ]]; then
    export PATH="${DOTNET_ROOT:-$HOME/.dotnet}:$PATH"
  fi
  has_dotnet_10 && return 0

  if has_command apt-cache && apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1; then
    say "Installing dotnet-sdk-10.0 ..."
    apt_install dotnet-sdk-10.0 || true
    has_dotnet_10 && return 0
  fi

  local found="no dotnet on the PATH"
  if has_command dotnet; then
    found="only $(dotnet --list-sdks 2>/dev/null | cut --delimiter=' ' --fields=1 | paste --serial --delimiters=' ')"
  fi
  fail "the .NET SDK 10 or newer is needed; found $found." \
    "Get it from https://dotnet.microsoft.com/download/dotnet/10.0 or, into ~/.dotnet, with" \
    "  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
}
