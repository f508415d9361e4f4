#!/usr/bin/env bash
# Installs the programs that the tests use and Maven Central does not have into target/tools (or $OTLP_AGENT_TOOLS).
# A tool that is there in its pinned version is kept. To add one: write install_NAME, then name it in `tools` below.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=${OTLP_AGENT_TOOLS:-$root/target/tools}
tools=(otelcol)

die() { printf 'install-tools: %s\n' "$*" >&2; exit 1; }
need() { command -v "$1" >/dev/null 2>&1 || die "$2 needs '$1' on the PATH"; }
done_with() { printf '%s %s %s\n' "$1" "$2" "$dir/$1"; }

# run NAME COMMAND...: silent, unless the command fails; then its last lines and one line that says so.
run() {
  local name=$1 log=$work/$1.log
  shift
  "$@" >"$log" 2>&1 </dev/null || { tail -n 20 "$log" >&2; die "$name: '$1' failed"; }
}

# The OpenTelemetry Collector, compiled by its official builder from the modules named in otelcol-builder.yaml.
install_otelcol() {
  local manifest=$root/.ci/otelcol-builder.yaml version
  version=$(awk '$1 == "version:" { print $2; exit }' "$manifest")
  [ -n "$version" ] || die "otelcol: no dist.version in $manifest"
  # The stamp holds the manifest, so that a change of its modules builds anew even under the same version.
  if [ -x "$dir/otelcol" ] && cmp -s "$manifest" "$dir/otelcol.manifest"; then
    done_with otelcol "$version"
    return
  fi
  need go otelcol
  # Two compilers at a time: each takes up to half a gigabyte.
  export GOFLAGS="${GOFLAGS:-} -p=2" CGO_ENABLED=0
  GOBIN=$work run otelcol go install "go.opentelemetry.io/collector/cmd/builder@v$version"
  # The builder writes the sources only: its 'go mod tidy' also wants the modules that the components' tests name.
  mkdir "$work/otelcol-src"
  cd "$work/otelcol-src"
  sed "s|^dist:|&\n  output_path: $PWD|" "$manifest" >"$work/otelcol.yaml"
  run otelcol "$work/builder" --config "$work/otelcol.yaml" --skip-get-modules --skip-compilation
  run otelcol go mod init otlpagent.io/otelcol
  run otelcol go get "go.opentelemetry.io/collector/otelcol@v$version" \
    $(awk '$2 == "gomod:" || $2 == "require:" { print $3 "@" $4 }' "$manifest")
  run otelcol go build -mod=mod -trimpath -ldflags='-s -w' -o "$work/otelcol" .
  cd "$root"
  "$work/otelcol" --version 2>&1 | grep -qF "$version" || die "otelcol: built, but it does not say version $version"
  mv -f "$work/otelcol" "$dir/otelcol"
  cp "$manifest" "$dir/otelcol.manifest"
  done_with otelcol "$version"
}

mkdir -p "$dir" 2>/dev/null || die "cannot write to $dir"
dir=$(cd "$dir" && pwd)
# Beside the result, not in /tmp: so that the last step is a rename, and two runs do not meet.
work=$(mktemp -d "$dir/.work.XXXXXX") || die "cannot write to $dir"
trap 'rm -rf "$work"' EXIT
for tool in "${@:-${tools[@]}}"; do
  declare -F "install_$tool" >/dev/null || die "no tool '$tool'; there are: ${tools[*]}"
  "install_$tool"
done
