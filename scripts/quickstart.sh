#!/usr/bin/env bash
# From an empty board to a rolled-back update on an emulated ARM processor, in a few minutes.
#
#   scripts/quickstart.sh                all of it; leaves its files in quickstart-out/
#   scripts/quickstart.sh --out FOLDER   leaves them there instead
#   scripts/quickstart.sh --no-install   touch no package of this machine

source "$(dirname -- "${BASH_SOURCE[0]}")/lib/start.sh"
source "$repository/scripts/lib/install.sh"

usage() { sed --quiet '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

out=$repository/quickstart-out install=true
while (( $# > 0 )); do
  case $1 in
    --out) out=$(realpath -m -- "${2:?--out needs a folder}"); shift ;;
    --no-install) install=false ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; fail "unknown option '$1'" ;;
  esac
  shift
done

cd -- "$repository"
started=$SECONDS board_process="" port=""
chapter() { printf '\n== %s\n' "$1"; }
tell() { printf '   %s\n' "$1"; }
fw() { "$repository/scripts/fw" "$@"; }

# Only a folder that an earlier run made is emptied.
if [[ -e $out && ! -e $out/.quickstart ]] && [[ -n $(ls -A -- "$out" 2>/dev/null) ]]; then
  fail "$out exists and was not made by this script" "Give another folder with --out."
fi
rm -rf -- "$out"
mkdir -p -- "$out"
touch -- "$out/.quickstart"

# power_on BOARD: starts the emulated board on its flash files and sets $port.
power_on() {
  local board=$1 link=$2 log=$out/$1.log
  : >"$log"
  # The script itself rather than the function: the process number has to be that of the board, not of a subshell.
  local -a program=()
  [[ $board == sim-* ]] || program=(--boot-stage "$out/boot-stage-$board.bin")
  "$repository/scripts/fw" sim run --board "$board" "${program[@]}" --key "$out/release.pem.pub" \
    --state "$out/$board" --link "$link" >"$log" 2>&1 &
  board_process=$!
  for _ in $(seq 200); do
    port=$(sed --quiet 's/^.* on //p' "$log")
    [[ -n $port ]] && return 0
    kill -0 "$board_process" 2>/dev/null || fail "the board $board did not start: $(cat "$log")"
    sleep 0.1
  done
  fail "the board $board did not offer its serial port: $(cat "$log")"
}

# Cuts the power: the emulator is stopped and killed, the flash files stay as they are.
power_off() {
  [[ -n $board_process ]] || return 0
  kill -TERM "$board_process" 2>/dev/null || true
  wait "$board_process" 2>/dev/null || true
  board_process=""
}
trap power_off EXIT

# flash IMAGE [OPTION ...]: sends it and waits for the outcome; shows where it ran and what it cost.
flash() {
  local log=$out/flash.log status=0
  fw device flash "$@" --port "$port" >"$log" 2>&1 || status=$?
  sed --quiet 's/^board: \(hello-newlib pc: .*\)$/   \1/p' "$log" | tail -n 1
  grep --extended-regexp '(confirmed|unchanged) in slot|bytes sent|blocks:' "$log" | sed 's/^ */   /' || true
  return "$status"
}

# must_revert IMAGE WORDS: the image has to fail its trial, for the reason that is in the words.
must_revert() {
  if flash "$1"; then
    fail "the bad image $1 was confirmed"
  fi
  fw device info --port "$port" | grep --extended-regexp 'state|last failed' | sed 's/^ */   /'
  fw device info --port "$port" | grep --quiet --extended-regexp "last failed.*($2)" \
    || fail "expected a reason like: $2"
}

# cut_while_sending IMAGE PERCENT: sends it, and cuts the power when so much of it has arrived.
cut_while_sending() {
  local image=$1 percent=$2 log=$out/cut.log sender arrived="" now=0
  "$repository/scripts/fw" device flash "$image" --port "$port" --output json >/dev/null 2>"$log" &
  sender=$!
  while kill -0 "$sender" 2>/dev/null; do
    arrived=$(sed --quiet 's/^{"progress":"sending",\(.*\)}$/\1/p' "$log" | tail -n 1)
    now=$(sed --quiet 's/^"percent":\([0-9]*\),.*/\1/p' <<<"$arrived")
    (( ${now:-0} >= percent )) && break
    sleep 0.02
  done
  # Held, so that nothing more arrives while the emulator is being stopped: a fast link would be through by then.
  kill -STOP "$sender" 2>/dev/null || true
  power_off
  kill -KILL "$sender" 2>/dev/null || true
  wait "$sender" 2>/dev/null || true
  arrived=$(sed --quiet 's/^{"progress":"sending",.*"done":\([0-9]*\),"total":\([0-9]*\),.*/\1 \2/p' "$log" | tail -n 1)
  (( ${arrived% *} < ${arrived#* } )) || fail "the update was through before the power was cut: see $log"
  tell "power is cut after ${arrived% *} of ${arrived#* } bytes"
}

# build BOARD VERSION [OPTION ...]: one signed image of the C sample.
build() {
  local board=$1 release=$2 image=$out/$1-$2.fwi
  shift 2
  fw image build "artifacts/samples/$board/hello-newlib-$release.elf" --board "$board" --key "$out/release.pem" \
    --version-number "${release%%-*}" --name hello-newlib --probation-seconds 2 --out "$image" --quiet "$@" \
    | sed --quiet '2s/^ */   '"$release"': /p'
}

# link_release VERSION [PREVIOUS]: compiles the sources in $out/sources and links them twice, as any makefile would
# (normal.elf), and in the places of the release before (stable.elf). See docs/layout.md.
link_release() {
  local release=$1 previous=${2:-} build=$out/layout/$1
  local -a cpu=(-mcpu=cortex-a15 -mthumb -mfloat-abi=hard)
  mkdir -p -- "$build"
  cp -- "$repository"/device-agent/Samples/HelloNewlib/qemu-virt.ld "$build/normal.ld"
  (
    cd -- "$build"
    arm-none-eabi-gcc "${cpu[@]}" -c -Os -std=c11 -ffunction-sections -fdata-sections -I "$out/sources" \
      "-DHELLO_VERSION=\"$release\"" -DHELLO_MINOR=1 -DHELLO_BEHAVIOUR=BEHAVIOUR_GOOD "$out"/sources/*.c
    link_as normal
    fw layout plan --board qemu-virt --elf normal.elf --map normal.map --script normal.ld --out stable.ld \
      --record layout.json ${previous:+--previous "$out/layout/$previous/layout.json"} --quiet >plan.txt
    link_as stable
  ) || fail "release $release did not link"
  for layout in normal stable; do
    fw image build "$build/$layout.elf" --board qemu-virt --key "$out/release.pem" --version-number "$release" \
      --name hello-newlib --probation-seconds 2 --out "$build/$layout.fwi" --quiet >/dev/null
  done
}

# link_as NAME: links the objects of this folder with NAME.ld.
link_as() {
  arm-none-eabi-gcc "${cpu[@]}" ./*.o -nostartfiles -T "$1.ld" -lm -o "$1.elf" \
    "-Wl,--gc-sections,--strip-debug,--build-id=none,-z,max-page-size=4096,-Map=$1.map"
}

# generations: what the board holds, and which of it runs.
generations() {
  fw device info --port "$port" \
    | grep --extended-regexp '^ *(state |slot |generation |[AB](\.[0-9]+)? )' | sed 's/^/   /'
}

chapter "Getting ready"
if $install; then install_missing required; fi
require_dotnet
fw --version >/dev/null
for board in QemuVirt EmcraftSf2; do
  dotnet build "device-agent/BareMetal/$board" --nologo --verbosity quiet >"$out/build.log" 2>&1 \
    || { cat "$out/build.log" >&2; fail "the boot stage for $board did not build"; }
done
cp device-agent/BareMetal/QemuVirt/bin/BootStage.QemuVirt.bin "$out/boot-stage-qemu-virt.bin"
cp device-agent/BareMetal/EmcraftSf2/bin/BootStage.EmcraftSf2.bin "$out/boot-stage-emcraft-sf2.bin"
scripts/build-samples.sh >"$out/build.log" 2>&1 || { cat "$out/build.log" >&2; fail "the samples did not build"; }
for board in qemu-virt emcraft-sf2; do
  tell "boot stage in C# for $board: $(stat --format=%s "$out/boot-stage-$board.bin") bytes"
done
fw key new "$out/release.pem" --quiet | sed --quiet 's/^key id */   signing key /p'

chapter "One application, signed images"
for release in 1.0.0 1.1.0 1.2.0-fault 1.2.0-hang 1.2.0-never-confirm; do build qemu-virt "$release"; done
fw image diff "$out/qemu-virt-1.0.0.fwi" "$out/qemu-virt-1.1.0.fwi" --out "$out/qemu-virt-1.0.0-to-1.1.0.fwi" --quiet \
  | sed "s|$out/||; s/^ */   /"
fw image map "$out/qemu-virt-1.1.0.fwi" --svg "$out/slot.svg" --quiet | sed --quiet '4p'

chapter "qemu-virt (Cortex-A15, two NOR banks): an empty board gets its first image over the serial port"
power_on qemu-virt pty
tell "the board is on $port"
flash "$out/qemu-virt-1.0.0.fwi"

chapter "An update by delta: slot B, the same virtual address, another place in flash"
flash "$out/qemu-virt-1.0.0-to-1.1.0.fwi" --strategy sync

for bad in "fault:it faulted" "hang:the watchdog" "never-confirm:without a confirmation"; do
  chapter "A bad update (${bad%%:*}) rolls itself back"
  must_revert "$out/qemu-virt-1.2.0-${bad%%:*}.fwi" "${bad#*:}"
done
power_off

chapter "emcraft-sf2 (Cortex-M3, SPI NOR): images are loaded to RAM, power fails in the middle of an update"
# Blocks with much room for growth: more of them, so that the resumed update has some to skip.
for release in 1.0.0 1.1.0; do build emcraft-sf2 "$release" --block-bytes 0x10000 --buffer-bytes 0xC000; done
power_on emcraft-sf2 "unix:$out/emcraft-sf2/uart.sock"
flash "$out/emcraft-sf2-1.0.0.fwi"
cut_while_sending "$out/emcraft-sf2-1.1.0.fwi" 50
tell "the board starts again, and runs what it ran before:"
power_on emcraft-sf2 "unix:$out/emcraft-sf2/uart.sock"
fw device info --port "$port" | grep 'state' | sed 's/^ */   /'
tell "the same command again finishes it, and skips what had arrived:"
flash "$out/emcraft-sf2-1.1.0.fwi"
fw device log --port "$port" --count 4 | sed '/^ *$/d; s/^ */   /'
tell "back to 1.0.0 by block sync: only the blocks that differ are sent, and those as differences:"
flash "$out/emcraft-sf2-1.0.0.fwi" --base "$out/emcraft-sf2-1.1.0.fwi" --strategy sync
power_off

printf '\n-- Second story: a layout that stays, updates that erase nothing, and the way back\n'

chapter "A release with a one-line fix, linked in the places of the release before"
mkdir -p -- "$out/sources"
cp -- device-agent/Samples/HelloNewlib/*.[ch] device-agent/Samples/include/*.h "$out/sources"
link_release 2.0.0
sed --in-place '/^static double percentile(/ { n; s/$/\n    if (count == 1) { return sorted[0]; }/ }' \
  "$out/sources/statistics.c"
grep --quiet 'count == 1) { return' "$out/sources/statistics.c" || fail "the one-line fix did not find its place"
link_release 2.0.1 2.0.0
sed 's/^ */   /' "$out/layout/2.0.1/plan.txt"
for layout in normal stable; do
  fw image diff "$out/layout/2.0.0/$layout.fwi" "$out/layout/2.0.1/$layout.fwi" \
    --out "$out/layout/$layout-2.0.0-to-2.0.1.fwi" --quiet | sed --quiet "1s|^.*layout/\($layout\).*: |   \1 link: |p"
done

chapter "What each way to update would cost"
power_on qemu-virt pty
flash "$out/layout/2.0.0/stable.fwi"
fw plan "$out/layout/2.0.1/stable.fwi" --device "$port" --base "$out/layout/2.0.0/stable.fwi" --quiet | sed 's/^/   /'

chapter "The best one: an overlay beside the running image, in the same slot; nothing is erased"
flash "$out/layout/2.0.1/stable.fwi" --base "$out/layout/2.0.0/stable.fwi"
generations

chapter "Undone by one record in the boot journal"
fw device revert --port "$port" --quiet | sed 's/^ */   /'
generations

chapter "The same by block sync: into the other slot, only what differs is sent"
flash "$out/layout/2.0.1/stable.fwi" --base "$out/layout/2.0.0/stable.fwi" --strategy sync
generations

power_off
chapter "The simulator (sim-nor, 4 KiB sectors, addresses translated in software): 11 blocks instead of one"
for layout in normal stable; do
  for release in 2.0.0 2.0.1; do
    raw=$out/layout/$release/$layout.bin
    fw image extract "$out/layout/$release/$layout.fwi" --out "$raw" --quiet >/dev/null
    fw image build "$raw" --board sim-nor --base 0 --payload-kind nativeRam --entry 0 --key "$out/release.pem" \
      --version-number "$release" --name hello-newlib --probation-seconds 2 \
      --out "$out/sim-nor-$layout-$release.fwi" --quiet >/dev/null
  done
done
power_on sim-nor pty
for layout in normal stable; do
  fw image diff "$out/sim-nor-$layout-2.0.0.fwi" "$out/sim-nor-$layout-2.0.1.fwi" \
    --out "$out/sim-nor-$layout.fwi" --quiet | sed --quiet "2s/^ */   $layout link: /p"
done
flash "$out/sim-nor-stable-2.0.0.fwi"
fw plan "$out/sim-nor-stable-2.0.1.fwi" --device "$port" --base "$out/sim-nor-stable-2.0.0.fwi" --quiet \
  | grep --extended-regexp 'strategy|overlay |sync |full ' | sed 's/^ */   /'
flash "$out/sim-nor-stable-2.0.1.fwi" --base "$out/sim-nor-stable-2.0.0.fwi"
fw device revert --port "$port" --quiet | sed 's/^ */   /'
fw device info --port "$port" | grep 'state' | sed 's/^ */   /'
power_off

power_on qemu-virt pty
chapter "One and the same release from the other slot: after a detour, 2.0.0 runs where it did not run before"
flash "$out/qemu-virt-1.1.0.fwi" >/dev/null
flash "$out/layout/2.0.0/stable.fwi"
power_off

printf '\nDone in %d seconds. Look at %s: images, slot.svg, flash files.\n' \
  "$((SECONDS - started))" "${out#"$repository"/}"
