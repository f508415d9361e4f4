#!/usr/bin/env bash
# Java run times of the versions that the tests want, from Debian's unstable suite: install-jdks.sh FOLDER [VERSION...]
# Each becomes FOLDER/jdk-VERSION, a JAVA_HOME that runs as it is; one that is there and runs is kept. Nothing is installed on the
# system: the packages want a newer glibc than it may have, so that is unpacked into each, and patchelf points the programs there.
# A version that README.md does not name and the suite has dropped is left out with a line; so is one that the machine has anyway.
# Needs apt-get on Debian, dpkg-deb and Debian's keyring. Elsewhere JAVA_HOME_<VERSION>_X64 names the JDKs.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(mkdir -p "$1" && cd "$1" && pwd)
shift
promised=$(sed -n 's/.*CI runs it on \([0-9, and]*\)\..*/\1/p' "$root/README.md" | tr -cs '0-9' ' ')
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

say() { printf 'install-jdks: %s\n' "$*"; }
die() { say "$*" >&2; exit 1; }
[ -n "$promised" ] || die 'README.md does not say which versions CI runs'
is_promised() { case " $promised " in *" $1 "*) ;; *) return 1 ;; esac }
on_machine() { grep -qs "^JAVA_VERSION=\"\(1\.\)\{0,1\}$1[\".+_-]" /usr/lib/jvm/*/release || [ -n "$(variable "$1")" ]; }
variable() { env | sed -n "s/^\(JAVA_HOME_$1_X64\|JAVA$1_HOME\)=//p"; }
runs() { "$folder/jdk-$1/bin/java" -version >/dev/null 2>&1; }

wanted=()
# Those beyond README's that are of interest: the one before the newest, and early access.
# shellcheck disable=SC2048 # versions are words
for version in ${*:-$promised 26 28}; do
  if on_machine "$version"; then
    say "jdk-$version: the machine has one"
  elif runs "$version"; then
    say "jdk-$version: kept"
  else
    wanted+=("$version")
  fi
done
[ ${#wanted[@]} -gt 0 ] || exit 0
command -v apt-get >/dev/null && [ -r "$keyring" ] || die "no Debian: set JAVA_HOME_<VERSION>_X64 for ${wanted[*]}"

# Beside the result, so that the last step is a rename.
work=$(mktemp -d "$folder/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{etc,lists/partial,cache/archives/partial}
# The mirror that this machine uses.
# shellcheck disable=SC2016 # $(SITE) is apt's
site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)
printf 'deb [signed-by=%s] %s sid main\n' "$keyring" "$site" >"$work/etc/sources.list"
suite() {
  "$1" -qq -o "Dir::Etc::sourcelist=$work/etc/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$work/lists" \
    -o "Dir::Cache=$work/cache" -o "APT::Sandbox::User=$(id -un)" -o Acquire::Retries=3 "${@:2}"
}
unpack() { # folder, package...
  mkdir "$work/debs"
  (cd "$work/debs" && suite apt-get download "${@:2}") || die "cannot download ${*:2}"
  for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$1"; done
  rm -r "$work/debs"
}
suite apt-get update || die "cannot read the lists of packages"

unpack "$work/base" libc6 libgcc-s1 libstdc++6 zlib1g libnspr4 libnss3 patchelf
mkdir "$work/runtime"
for libraries in "$work"/base/usr/lib/*-linux-gnu "$work"/base/lib/*-linux-gnu; do
  [ ! -d "$libraries" ] || cp -a "$libraries"/. "$work/runtime"
done
rm -rf "$work/runtime/gconv"
loader=$(find "$work/runtime" -maxdepth 1 -name 'ld-linux*.so.*' -printf '%f\n' | head -n 1)
patchelf() { "$work/runtime/$loader" --library-path "$work/runtime" "$work/base/usr/bin/patchelf" "$@"; }

# The links into /etc are replaced by the files that the package has there.
without_links() { # root, folder
  find "$2" -type l | while read -r link; do
    target=$(readlink "$link")
    case $target in /etc/*) [ ! -e "$1$target" ] || { rm "$link" && cp -a "$1$target" "$link"; } ;; esac
  done
}

# Programs and libraries find their C library in the run time's own folder.
point_at() { # folder, runtime
  find "$1" -path "$1/runtime" -prune -o -type f \( -name '*.so' -o -perm -u+x \) -print | while read -r file; do
    [ "$(head -c 4 "$file" | tr -d '\0')" = $'\x7fELF' ] || continue
    if patchelf --print-interpreter "$file" >/dev/null 2>&1; then patchelf --set-interpreter "$2/$loader" "$file"; fi
    old=$(patchelf --print-rpath "$file")
    patchelf --force-rpath --set-rpath "${old:+$old:}$2" "$file"
  done
}

for version in "${wanted[@]}"; do
  package=openjdk-$version-jre-headless
  if ! suite apt-cache show "$package" >/dev/null 2>&1; then
    if is_promised "$version"; then die "jdk-$version: the suite has no $package, and README.md names Java $version"; fi
    say "jdk-$version: left out, the suite has no $package"
    continue
  fi
  unpack "$work/$version" "$package"
  home=$(find "$work/$version/usr/lib/jvm" -maxdepth 1 -type d -name "java-$version-openjdk-*" | head -n 1)
  without_links "$work/$version" "$home"
  cp -a "$work/runtime" "$home/runtime"
  point_at "$home" "$folder/jdk-$version/runtime"
  rm -rf "${folder:?}/jdk-$version"
  mv "$home" "$folder/jdk-$version"
  if runs "$version"; then
    say "jdk-$version: $("$folder/jdk-$version/bin/java" -version 2>&1 | head -n 1)"
  elif is_promised "$version"; then
    die "jdk-$version: it does not start"
  else
    say "jdk-$version: left out, it does not start"
    rm -rf "${folder:?}/jdk-$version"
  fi
done
