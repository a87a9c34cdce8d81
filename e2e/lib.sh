# What the scripts of e2e share. Sourced, with `set -euo pipefail` on.
# Everything here talks to people on stderr, so that stdout stays for what a caller reads.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# help: prints the comment at the head of the calling script.
help() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; }

have() { command -v "$1" >/dev/null 2>&1; }

cache_dir() {
  local dir=${XDG_CACHE_HOME:-$HOME/.cache}/redoubt
  mkdir -p "$dir"
  printf '%s\n' "$dir"
}

# progress WHAT COMMAND...: runs the command quietly. One that takes longer than 2 s is announced, has a line
# with the elapsed time every 15 s and one at its end; of one that fails the last lines of output are shown.
# Not to be called from a condition: bash would go on after errors inside the command.
progress() {
  local what=$1 log status pulse began=$SECONDS
  shift
  log=$(mktemp)
  exec {pulse}> >(heartbeat "$what")
  set +e
  (
    exec {pulse}>&-
    set -e
    "$@"
  ) >"$log" 2>&1
  status=$?
  set -e
  exec {pulse}>&-
  if [ "$status" -ne 0 ]; then
    tail -n 25 "$log" >&2
    say "$what: failed after $((SECONDS - began)) s"
  elif [ $((SECONDS - began)) -ge 2 ]; then
    say "$what: done in $((SECONDS - began)) s"
  fi
  rm -f "$log"
  return "$status"
}

# Speaks until its standard input closes, which also happens when the script dies.
heartbeat() {
  local began=$SECONDS silence=2 ended
  while :; do
    ended=0
    read -r -t "$silence" || ended=$?
    [ "$ended" -gt 128 ] || return 0
    if [ "$silence" = 2 ]; then say "$1 ..."; else say "$1: $((SECONDS - began)) s so far"; fi
    silence=15
  done
}

# wait_until SECONDS WHAT COMMAND...: until the command succeeds.
wait_until() {
  local limit=$1 what=$2 began=$SECONDS spoken=2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if [ $((SECONDS - began)) -ge "$limit" ]; then
      say "$what: not after $limit s"
      return 1
    fi
    if [ $((SECONDS - began)) -ge "$spoken" ]; then
      say "$what: waiting, $((SECONDS - began)) s so far"
      spoken=$((spoken + 15))
    fi
    sleep 0.1
  done
}

# need_packages PURPOSE COMMAND:PACKAGE...: sees to it that each command (or file, where it begins with /) is there.
# Installs the missing Debian packages where it may, else ends with a sentence that names them.
need_packages() {
  local purpose=$1 wanted missing=()
  shift
  for wanted in "$@"; do
    case $wanted in
      /*) [ -e "${wanted%%:*}" ] || missing+=("${wanted#*:}") ;;
      *) have "${wanted%%:*}" || missing+=("${wanted#*:}") ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  have apt-get || die "$purpose needs what Debian calls ${missing[*]}: install that first."
  [ "$(id -u)" = 0 ] || die "$purpose needs ${missing[*]}: run 'sudo apt-get install ${missing[*]}' first."
  progress "Installing ${missing[*]} for $purpose" install_packages "${missing[@]}"
}

install_packages() {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# What the built-in cluster runs on.
builtin_packages() {
  need_packages "the built-in cluster" containerd:containerd runc:runc nft:nftables ip:iproute2 conntrack:conntrack \
    openssl:openssl socat:socat curl:curl python3:python3 flock:util-linux /usr/lib/cni/ptp:containernetworking-plugins
}

# The version of the JDK on the PATH.
java_release() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")/release"; }

# A JDK of version 21 or newer: the one on the PATH, or one below /usr/lib/jvm.
newer_java() {
  local release
  if [ "$(java_release)" -ge 21 ]; then command -v java && return; fi
  for release in /usr/lib/jvm/*/release; do
    if [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")" -ge 21 ]; then printf '%s\n' "${release%/release}/bin/java" && return; fi
  done
}

docker_answers() { have docker && docker info >/dev/null 2>&1; }

# cluster_flavour: user, kind or builtin, in this order of choice.
cluster_flavour() {
  if [ -n "${REDOUBT_CLUSTER:-}" ]; then
    printf '%s\n' "$REDOUBT_CLUSTER"
  elif [ -n "${REDOUBT_KUBECONFIG:-}" ]; then
    echo user
  elif have kind && docker_answers; then
    echo kind
  else
    echo builtin
  fi
}

# shellcheck disable=SC2034 # read by the scripts of the cluster
cluster_state=${REDOUBT_CLUSTER_STATE:-/var/lib/redoubt-cluster}
containerd_run=/run/redoubt-containerd

containers() { ctr --address "$containerd_run/containerd.sock" --namespace k8s.io "$@"; }
