#!/bin/sh
# Prints what a host offers and whether the agent and its companions can run on it. Changes nothing.
# Exit code: 0, or 1 if something that is needed is missing. Usage: docker/check-host.sh [port...]
set -u

missing=0
show() { printf '%-12s %s\n' "$1" "$2"; }
fail() { printf '%-12s %s\n' "$1" "MISSING: $2"; missing=1; }
value() { awk -F': *' -v key="$1" '$1 ~ key { print $2; exit }' "$2" 2>/dev/null; }

show kernel "$(uname -sr) $(uname -m)"
# shellcheck disable=SC1091
show system "$(. /etc/os-release 2>/dev/null && echo "$PRETTY_NAME" || echo unknown)"
show cpu "$(getconf _NPROCESSORS_ONLN) x $(value 'model name' /proc/cpuinfo)"
show memory "$(awk '/^MemTotal/ { t = $2 } /^MemAvailable/ { a = $2 }
  END { printf "%.1f GiB, %.1f GiB available", t / 1048576, a / 1048576 }' /proc/meminfo)"
if [ -r /sys/fs/cgroup/memory.max ]; then
  limit=$(cat /sys/fs/cgroup/memory.max)
  [ "$limit" = max ] || show "" "limited to $((limit / 1048576)) MiB by the control group"
fi
show disk "$(df -Pk . | awk 'NR == 2 { printf "%.1f GiB free of %.1f on %s", $4 / 1048576, $2 / 1048576, $6 }')"
show addresses "$(hostname -I 2>/dev/null || ip -brief address 2>/dev/null | awk '{ print $3 }' | tr '\n' ' ')"
show "open files" "$(ulimit -n) (65536 is advised for servers, see README.md, Tuning)"

if java=$(command -v java); then
  version=$("$java" -version 2>&1 | sed -n 's/.*version "\(.*\)".*/\1/p')
  feature=${version#1.}
  if [ "${feature%%[.+-]*}" -ge 8 ] 2>/dev/null; then
    show java "$version ($java)"
  else
    fail java "Java 8 or newer; $java says '$version'"
  fi
else
  fail java "no 'java' on the PATH; needed where the application runs, not where only containers do"
fi
for tool in mvn docker kubectl helm; do
  show "$tool" "$(command -v "$tool" || echo 'not found; only needed to build, or for that way of deploying')"
done

# 4317, 4318: the collector; 9464: the agent's endpoint; 9090, 9093, 3000, 16686: monitoring.
for port in "${@:-4317 4318 9464 9090 9093 3000 16686}"; do
  for one in $port; do
    hex=$(printf ':%04X' "$one")
    if awk -v port="$hex" '$4 == "0A" && $2 ~ port "$" { found = 1 } END { exit !found }' /proc/net/tcp /proc/net/tcp6 2>/dev/null; then
      show "port $one" "in use"
    else
      show "port $one" "free"
    fi
  done
done
exit "$missing"
