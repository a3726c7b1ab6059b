#!/usr/bin/env bash
# The one door to everything: see ./build.sh --help.
# Each command installs what it misses, pinned, into target/ and node_modules/; a second run finds it there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly GECKODRIVER=0.37.1
readonly CARGO_DENY=0.20.2
readonly NODE_MAJOR=20 # The oldest that web-ext runs on.
readonly WASM=wasm32-unknown-unknown
readonly DEBIAN_BROWSERS=(chromium chromium-driver firefox-esr)
readonly DEBIAN_TRACER=strace # Watches whether a change is on the disk before it is acknowledged.
readonly DEBIAN_FONTS=(fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji)

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
readonly TOOLS="$CARGO_TARGET_DIR/tools"
readonly LOGS="$CARGO_TARGET_DIR/test-logs"
export PATH="$TOOLS/bin:$PATH"

usage() {
  cat <<'END'
Usage: ./build.sh [COMMAND]

  build      (the default) make dist/chrome/ (unpacked), dist/wagelight-chrome.zip,
             dist/wagelight-firefox.zip and dist/source.zip; print sizes against their budgets
  demo       build, then show the extension at work in a real browser on a stand-in market
             (without a display: headless, with screenshots and a table of what it drew)
  test       every test there is, fastest first: what .ci/run runs
  check      the part of test that needs no browser; run it before you commit
  bench      build, then measure paint times, sizes, memory and a history of 1,000,000 tasks in
             both browsers [--quick: 20,000] [--records N] [history: only that] [chromium|firefox]
  reproduce  build source.zip again in another folder with another CARGO_HOME, compare all of dist/
  watch      build again whenever a source changes
  --help     this text

What a command misses it installs: npm packages into node_modules/, tools into target/tools/,
the wasm target by rustup; the browsers by apt-get, if this is Debian and you are root.
END
}

# --- What must be there -------------------------------------------------------------------------

say() { printf '\n== %s\n' "$*"; }
die() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }
is_root_on_debian() { [[ $EUID -eq 0 ]] && has apt-get && has dpkg-query; }
is_installed() { [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]; }

apt_install() {
  local missing=() package
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "Installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

need_rust() {
  if ! has cc && is_root_on_debian; then apt_install gcc libc6-dev; fi
  has cc || die "no C linker (cc): install gcc"
  has cargo || die "no cargo: install Rust from https://rustup.rs; the version is in rust-toolchain.toml"
  cargo --version >/dev/null 2>&1 || rustup toolchain install # Reads rust-toolchain.toml.
  [[ -d "$(rustc --print target-libdir --target "$WASM")" ]] || rustup target add "$WASM"
}

need_lints() {
  need_rust
  has cargo-fmt && cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
  cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
}

need_npm() {
  has node && has npm || die "no node or npm: install Node.js $NODE_MAJOR or newer"
  local major
  major="$(node --print 'process.versions.node.split(".")[0]')"
  [[ "$major" -ge $NODE_MAJOR ]] || die "Node.js $major is too old: install $NODE_MAJOR or newer"
  # A stamp of the lock file, written last: an install that was cut off is done again.
  local stamp=node_modules/.wagelight-lock
  if ! cmp -s package-lock.json "$stamp"; then
    say "Installing the npm packages of package-lock.json"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || die "npm could not install its packages"
    cp package-lock.json "$stamp"
  fi
}

need_cargo_tool() { # name, version
  [[ "$("$1" --version 2>/dev/null | head -n 1)" == "$1 $2"* ]] && return
  say "Installing $1 $2 (some minutes, once)"
  cargo install "$1" --version "$2" --locked --root "$TOOLS" --target-dir "$TOOLS/build" --quiet
  rm -rf "$TOOLS/build" # Only the program is wanted; what it was built from is larger than all else.
}

need_browsers() {
  if is_root_on_debian; then
    apt_install "${DEBIAN_BROWSERS[@]}" "${DEBIAN_FONTS[@]}" "$DEBIAN_TRACER"
  fi
  has chromium || die "no Chromium: install it (Debian: ${DEBIAN_BROWSERS[0]})"
  has chromedriver || die "no chromedriver of Chromium's version: install it (Debian: ${DEBIAN_BROWSERS[1]})"
  has firefox || has firefox-esr || die "no Firefox: install it (Debian: ${DEBIAN_BROWSERS[2]})"
  need_cargo_tool geckodriver "$GECKODRIVER"
}

# --- The parts ----------------------------------------------------------------------------------

pack() { cargo run --locked --quiet --package wagelight-pack --profile packer -- "$@"; }

build() {
  need_rust
  need_npm
  pack
}

formatted() { cargo fmt --all --check; }
clippy_native() { cargo clippy --locked --workspace --all-targets -- -D warnings; }
clippy_wasm() { # feature
  cargo clippy --locked --package wagelight --lib --target "$WASM" --features "$1" -- -D warnings
}
types() { node_modules/.bin/tsc --noEmit --project .; }
dependencies() {
  need_cargo_tool cargo-deny "$CARGO_DENY"
  cargo deny --workspace --all-features check licenses bans sources
}
native() { cargo test --locked --workspace --exclude wagelight-e2e --exclude wagelight-pack; }
packing() { cargo test --locked --package wagelight-pack --profile packer; }
end_to_end() { cargo test --locked --package wagelight-e2e; }

# Mozilla's own check. One warning is expected, since one manifest serves both browsers.
store_lint() { node tools/pack/store-lint.mjs dist/chrome; }

# --- The commands -------------------------------------------------------------------------------

step() { # title, command...
  local title="$1" began=$SECONDS status
  local log="$LOGS/${title//[^a-z0-9]/-}.log"
  shift
  say "$title"
  # Not `if ! step`: there bash would go on after a failed line inside the function.
  set +e
  (
    set -e
    "$@"
  ) 2>&1 | tee "$log"
  status="${PIPESTATUS[0]}"
  set -e
  if [[ "$status" -ne 0 ]]; then
    printf '\nFAILED: %s (after %d s)\n' "$title" $((SECONDS - began)) >&2
    exit 1
  fi
  printf '   %s: %d s\n' "$title" $((SECONDS - began))
}

check() {
  rm -rf "$LOGS" && mkdir -p "$LOGS"
  need_lints
  need_npm
  step "formatting" formatted
  step "clippy, content" clippy_wasm content
  step "clippy, background" clippy_wasm background
  step "clippy, native" clippy_native
  step "native tests" native
  step "packing tests" packing
  step "build" pack
  step "types of the scripts" types
  step "store lint" store_lint
  step "dependencies" dependencies
}

test_all() {
  check
  need_browsers
  has strace || die "no strace, with which the tests watch what reaches the disk: install it (Debian: $DEBIAN_TRACER)"
  step "build with faults" pack --fault
  step "end to end" end_to_end
  step "reproduce" pack reproduce
  results
}

# The test runners' own lines once more, where a reader looks first: at the end.
results() {
  say "Results"
  grep -hE '^(test result:|     Running |   Doc-tests )' "$LOGS"/*.log
  printf 'all steps passed in %d s\n' "$SECONDS"
}

demo() {
  build
  need_browsers
  cargo run --locked --quiet --package wagelight-e2e --bin demo -- "$@"
}

bench() {
  build
  need_browsers
  cargo run --locked --quiet --package wagelight-e2e --bin bench -- "$@"
}

watch() {
  local built
  built="$(mktemp)"
  trap 'rm -f "$built"' EXIT
  while true; do
    touch "$built"
    ./build.sh build || true # The message stands on the screen; the next change tries again.
    until sources_newer_than "$built"; do sleep 1; done
  done
}

sources_newer_than() {
  [[ -n "$(find src extension manifest.json Cargo.toml Cargo.lock tools/pack -newer "$1" -print -quit)" ]]
}

main() {
  local command="${1:-build}"
  shift || true
  case "$command" in
    build | check | watch) "$command" ;;
    demo | bench) "$command" "$@" ;;
    test) test_all ;;
    reproduce)
      build
      pack reproduce
      ;;
    -h | --help | help) usage ;;
    *)
      usage >&2
      die "unknown command: $command"
      ;;
  esac
}

main "$@"
