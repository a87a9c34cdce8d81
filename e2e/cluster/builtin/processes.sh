# Long-running processes of one state folder $state. Sourced.
# A process is remembered by its id and its start time: an id that was given to somebody else is never touched.
# shellcheck shell=bash
# shellcheck disable=SC2154 # state: set by the caller

# Of a process that has ended but was not yet waited for, nothing is printed.
start_time() { [ -r "/proc/$1/stat" ] && sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }'; }

running() {
  local pid started
  [ -f "$state/run/$1" ] && read -r pid started <"$state/run/$1" && [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ]
}

# detached COMMAND...: becomes the command, in a session of its own and without the script's descriptors above 2: a lock
# or a pipe of the script must not live as long as the command does
detached() {
  local fd
  for fd in /proc/self/fd/*; do
    fd=${fd##*/}
    [ "$fd" -le 2 ] || eval "exec $fd>&-"
  done
  exec setsid "$@"
}

# start NAME COMMAND...: in a session of its own, so that it outlives the script; output in $state/log/NAME.log
start() {
  local name=$1 pid
  shift
  running "$name" && return
  mkdir -p "$state/run" "$state/log"
  (detached "$@") >>"$state/log/$name.log" 2>&1 </dev/null &
  pid=$!
  printf '%s %s\n' "$pid" "$(start_time "$pid")" >"$state/run/$name"
}

# stop NAME...: at once, for nothing that they would still write down is kept
stop() {
  local name pid
  for name in "$@"; do
    if running "$name"; then
      read -r pid _ <"$state/run/$name"
      kill -KILL "$pid" 2>/dev/null || true
    fi
  done
  for name in "$@"; do
    while running "$name"; do sleep 0.05; done
    rm -f "$state/run/$name"
  done
}

# The last words of a process, for an error message.
last_words() {
  say "the last lines of $state/log/$1.log:"
  tail -n 8 "$state/log/$1.log" >&2 || true
}
