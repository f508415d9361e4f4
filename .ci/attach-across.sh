#!/usr/bin/env bash
# The command attach across the borders that need root to set up: other users, and other namespaces as containers have them.
# Needs the built agent, a JDK (of $JAVA if that is set), root. What the machine has not got is left out, with a line that says so.
set -euo pipefail
# Others have to read what is made here.
umask 022
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d /tmp/attach-XXXXXX)
chmod 755 "$work"
running=()
# shellcheck disable=SC2329 # The trap calls it.
finish() {
  for pid in "${running[@]}"; do
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap finish EXIT

jar=$work/otlp-agent.jar
cp agent/target/otlp-agent.jar "$jar"
chmod 644 "$jar"
java=$(readlink -f "${JAVA:-$(command -v java)}")
# The JVMs inherit the folder, and who may not enter it cannot look for files in it.
cd "$work"
cat >"$work/Waits.java" <<'JAVA'
public class Waits {
  public static void main(String[] args) throws Exception {
    System.out.println("ready");
    Thread.sleep(600_000);
  }
}
JAVA
"${java%java}javac" -d "$work" "$work/Waits.java"

status=0
verdict() { # what, whether
  printf '%-7s attach: %s\n' "$2" "$1"
  [ "$2" = ok ] || {
    status=1
    cat "$work/answer"
  }
}

start() { # command
  : >"$work/out"
  "$@" >"$work/out" 2>&1 &
  running+=($!)
  for _ in $(seq 1200); do
    grep -q ready "$work/out" && return
    sleep 0.1
  done
  cat "$work/out"
  exit 1
}

expect() { # what, exit code, text, command
  local what=$1 code=$2 text=$3 actual=0
  shift 3
  timeout 120 "$@" >"$work/answer" 2>&1 || actual=$?
  if [ "$actual" = "$code" ] && grep -qF -- "$text" "$work/answer"; then verdict "$what" ok; else verdict "$what" FAILED; fi
}

nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
attach=("$java" -jar "$jar" attach)

left_out() { # what, why
  printf 'left out attach: %s: %s\n' "$1" "$2"
}

if "${nobody[@]}" "$java" -version >/dev/null 2>"$work/answer"; then
  start "$java" -cp "$work" Waits
  expect "a user to another user's JVM is told whose it is" 1 'belongs to root: run the command as that user' "${nobody[@]}" "${attach[@]}" "${running[-1]}" server.port=0

  start "${nobody[@]}" "$java" -cp "$work" Waits
  chmod 600 "$jar"
  expect "a jar that the JVM's user cannot read" 1 'cannot open the jar: it has to be readable by the user' "${attach[@]}" "${running[-1]}" server.port=0
  chmod 644 "$jar"
  expect "root to another user's JVM" 0 "is in JVM ${running[-1]}" "${attach[@]}" "${running[-1]}" server.port=0
else
  left_out "other users" "the user 65534 cannot run this JDK here: $(tail -n 1 "$work/answer")"
fi

if [ -r "/proc/$$/task/$$/children" ]; then
  # A container: process numbers, files and network of its own. Its /tmp hides the jar.
  start unshare --pid --mount --net --fork --mount-proc --kill-child sh -c \
    "ip link set lo up; mount -t tmpfs none /run; cp $work/Waits.class /run; mount -t tmpfs none /tmp; exec $java -cp /run Waits"
  outer=${running[-1]}
  for _ in $(seq 100); do
    inner=$(cut -d' ' -f1 "/proc/$outer/task/$outer/children")
    [ -n "$inner" ] && break
    sleep 0.1
  done
  expect "into a container without the jar" 1 'copy the jar there under that path' "${attach[@]}" "$inner"
  mkdir -p "/proc/$inner/root$work"
  cp "$jar" "/proc/$inner/root$jar"
  expect "into a container with the jar" 0 "is in JVM $inner" "${attach[@]}" "$inner"
  expect "the doctor outside of it says where to run" 1 'run doctor there' "$java" -jar "$jar" doctor "$inner"
  expect "the doctor inside of it" 1 'nothing accepts connections at localhost:4317' nsenter -t "$inner" -p -m -n "$java" -jar "$jar" doctor 1
else
  left_out "containers" "the kernel does not tell the children of a process"
fi
exit "$status"
