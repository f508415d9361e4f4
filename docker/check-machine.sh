#!/bin/sh
# Says what this machine is, and which limits and kernel settings are below those that docker/README.md advises for busy machines.
# Reads only; needs no root and changes nothing. Works on the Debian and RHEL families.
set -u

line() { printf '%-12s %s\n' "$1" "$2"; }
value() { cat "/proc/sys/$(printf '%s' "$1" | tr . /)" 2>/dev/null | tr '\t' ' '; }

# setting NAME ADVICE: compares the last number of a kernel setting with the last one of the advice; swappiness and dirty ratios want less.
setting() {
  now=$(value "$1")
  more=${now##* } less=${2##* }
  case $1 in vm.*) more=${2##* } less=${now##* } ;; esac
  if [ -z "$now" ]; then
    state='not there'
  elif [ "$now" = "$2" ] || [ "$more" -ge "$less" ] 2>/dev/null; then
    state=ok
  else
    state="advised: $2"
  fi
  printf '  %-34s %-24s %s\n' "$1" "${now:--}" "$state"
}

line kernel "$(uname -srm)"
# shellcheck disable=SC1091 # of the machine
line system "$( (. /etc/os-release && printf '%s' "$PRETTY_NAME") 2>/dev/null || echo unknown)"
line memory "$(awk '/^MemTotal/ { t = $2 } /^MemAvailable/ { a = $2 } END { printf "%.1f GiB, %.1f GiB available", t / 1048576, a / 1048576 }' /proc/meminfo)"
line cpu "$(getconf _NPROCESSORS_ONLN) x $(awk -F ': ' '/^model name/ { print $2; found = 1; exit } END { if (!found) print "unknown model" }' /proc/cpuinfo)"
df -Ph / /var/lib /tmp 2>/dev/null | awk 'NR > 1 && !seen[$1]++ { printf "%-12s %s of %s free on %s\n", "disk", $4, $2, $6 }'
if command -v ip >/dev/null 2>&1; then
  ip -o addr show scope global | awk '{ printf "%-12s %s %s\n", "address", $2, $4 }'
else
  for address in $(hostname -I 2>/dev/null); do line address "$address"; done
fi
line java "$(java -version 2>&1 | sed -n 's/.*version "\(.*\)".*/\1/p' | head -n 1 | grep . || echo none)"
# shellcheck disable=SC3045 # every sh of Linux has it
files=$(ulimit -n)
line files "$files open at once$([ "$files" = unlimited ] || [ "$files" -ge 65536 ] || printf ', advised: 65536')"

echo 'kernel settings'
setting net.core.rmem_max 134217728
setting net.core.wmem_max 134217728
setting net.ipv4.tcp_rmem '4096 87380 134217728'
setting net.ipv4.tcp_wmem '4096 65536 134217728'
setting net.core.netdev_max_backlog 5000
setting net.ipv4.tcp_congestion_control bbr
setting fs.file-max 2097152
setting vm.swappiness 10
setting vm.dirty_ratio 10
setting vm.dirty_background_ratio 5
