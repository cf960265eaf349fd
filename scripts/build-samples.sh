#!/usr/bin/env bash
# Builds the sample applications of every board, in every release, as ELF files:
#
#   artifacts/samples/BOARD/hello-newlib-VERSION.elf    C with newlib
#   artifacts/samples/BOARD/hello-managed-VERSION.elf   C# on bare metal
#
#   scripts/build-samples.sh                   builds what is missing or older than its sources
#   scripts/build-samples.sh --output FOLDER   somewhere else
#   scripts/build-samples.sh --only newlib     only one of them: newlib or managed
#
# The same sources and compiler give the same bytes, in whatever folder the clone lies.

source "$(dirname -- "${BASH_SOURCE[0]}")/lib/start.sh"

# The order of object files in an image must not depend on the language of the machine.
export LC_ALL=C.UTF-8

# version | second number | what it does wrong (device-agent/Samples/HelloNewlib/release.h)
releases="
1.0.0|0|BEHAVIOUR_GOOD
1.1.0|1|BEHAVIOUR_GOOD
1.2.0-fault|2|BEHAVIOUR_FAULT
1.2.0-null-write|2|BEHAVIOUR_NULL_WRITE
1.2.0-stray-write|2|BEHAVIOUR_STRAY_WRITE
1.2.0-hang|2|BEHAVIOUR_HANG
1.2.0-never-confirm|2|BEHAVIOUR_NEVER_CONFIRM
"

output="$repository/artifacts/samples" only=""
while (( $# > 0 )); do
  case $1 in
    --output) output=$(realpath --canonicalize-missing -- "${2:?--output needs a folder}"); shift ;;
    --only) only=${2:?--only needs newlib or managed}; shift ;;
    *) fail "unknown option '$1'" "Use: scripts/build-samples.sh [--output FOLDER] [--only newlib|managed]" ;;
  esac
  shift
done

cpu_options() {
  case $1 in
    qemu-virt) printf '%s\n' -mcpu=cortex-a15 -mthumb -mfloat-abi=hard ;;
    emcraft-sf2) printf '%s\n' -mcpu=cortex-m3 -mthumb -mfloat-abi=soft ;;
    *) fail "no compiler options for the board '$1'" ;;
  esac
}

# True when the file is there and nothing that it is made from is newer.
is_current() {
  local target=$1
  [[ -e $target ]] || return 1
  [[ -z $(find "$repository/device-agent/Samples/HelloNewlib" "$repository/device-agent/Samples/include" \
    "$repository/scripts/build-samples.sh" -newer "$target" -print -quit) ]]
}

# Compiles inside the source folder, so that no path of this clone gets into the file.
build_newlib() {
  local board=$1 version=$2 minor=$3 behaviour=$4
  local target="$output/$board/hello-newlib-$version.elf"
  is_current "$target" && return 0
  local -a cpu
  mapfile -t cpu < <(cpu_options "$board")
  mkdir --parents -- "$output/$board"
  (
    cd -- "$repository/device-agent/Samples/HelloNewlib"
    arm-none-eabi-gcc "${cpu[@]}" -Os -std=c11 -ffunction-sections -fdata-sections \
      -Wall -Wextra -Werror -Wconversion -I../include \
      "-DHELLO_VERSION=\"$version\"" "-DHELLO_MINOR=$minor" "-DHELLO_BEHAVIOUR=$behaviour" \
      ./*.c -nostartfiles -T "$board.ld" -Wl,--gc-sections,--strip-debug,--build-id=none,-z,max-page-size=4096 \
      -lm -o "$target.new"
  )
  mv -- "$target.new" "$target"
  say "built ${target#"$repository/"}"
}

build_newlib_releases() {
  has_command arm-none-eabi-gcc || fail "arm-none-eabi-gcc is needed to build the C sample." \
    "Debian and Ubuntu: sudo apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi"
  local board version minor behaviour
  for board in qemu-virt emcraft-sf2; do
    while IFS='|' read -r version minor behaviour; do
      if [[ -n $version ]]; then
        build_newlib "$board" "$version" "$minor" "$behaviour"
      fi
    done <<<"$releases"
  done
}

# MSBuild knows what is older than its sources; only its start costs time.
build_managed_releases() {
  local project="$repository/device-agent/Samples/HelloManaged" board folder release target
  dotnet msbuild "$project/Releases.proj" -target:Restore -verbosity:quiet -nologo
  dotnet msbuild "$project/Releases.proj" -maxCpuCount -verbosity:quiet -nologo
  for board in QemuVirt:qemu-virt EmcraftSf2:emcraft-sf2; do
    folder=${board%:*} board=${board#*:}
    mkdir --parents -- "$output/$board"
    for release in 1.0.0 1.1.0 1.2.0-fault 1.2.0-hang 1.2.0-never-confirm; do
      target="$output/$board/hello-managed-$release.elf"
      cmp --silent -- "$project/$folder/bin/$release/HelloManaged.$folder.elf" "$target" && continue
      cp -- "$project/$folder/bin/$release/HelloManaged.$folder.elf" "$target"
      chmod -x -- "$target"
      say "built ${target#"$repository/"}"
    done
  done
}

[[ $only == managed ]] || build_newlib_releases
[[ $only == newlib ]] || build_managed_releases
