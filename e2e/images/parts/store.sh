# What was built before: blobs by their digest, and for each state of inputs (a key) the digest of what was made of
# them. A digest that nobody asked for in 30 days is forgotten. Sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # here: set by the caller

store=$(cache_dir)/images
mkdir -p "$store/keys" "$store/blobs/sha256"

oci() {
  local command=$1
  shift
  python3 "$here/oci.py" "$command" --store "$store" "$@"
}

# key OF_WHAT: a key, from standard input
key() { printf '%s-%s\n' "$1" "$(sha256sum | cut -c1-24)"; }

# recall KEY: prints the digest, where it is known and its blob is there
recall() {
  local digest
  [ -f "$store/keys/$1" ] && read -r digest <"$store/keys/$1" && [ -f "$store/blobs/sha256/${digest#sha256:}" ] || return 1
  touch "$store/keys/$1"
  printf '%s\n' "$digest"
}

remember() {
  printf '%s\n' "$2" >"$store/keys/.new"
  mv "$store/keys/.new" "$store/keys/$1"
}

forget_old() {
  find "$store/keys" -type f -mtime +30 -delete
  # shellcheck disable=SC2046 # digests are words
  oci prune $(cat "$store"/keys/*)
}

scratch() { mktemp -d "$store/work.XXXXXX"; }

unpack_layer() { tar -x -C "$2" -f "$store/blobs/sha256/${1#sha256:}"; }

nonroot_files() {
  mkdir -p "$1/etc" "$1/tmp"
  chmod 1777 "$1/tmp"
  printf 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin\n' >"$1/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' >"$1/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$1/etc/nsswitch.conf"
}

# by_digest VARIABLE: the image it names, which must be named by digest, taken over with Docker
base_by_digest() {
  local name=$1 reference=${!1} key digest archive
  case $reference in
    *@sha256:*) ;;
    *) die "$name is $reference, and must name an image by digest: IMAGE@sha256:..." ;;
  esac
  key=$(printf '%s' "$reference" | key base)
  if ! digest=$(recall "$key"); then
    docker_answers || die "$name names $reference, and no Docker engine answers that could fetch it: start one, or unset $name."
    archive=$(mktemp "$store/work.XXXXXX")
    progress "Fetching $reference" docker pull -q "$reference"
    progress "Taking $reference over" docker save -o "$archive" "$reference"
    digest=$(oci adopt "$archive")
    rm -f "$archive"
    remember "$key" "$digest"
  fi
  printf '%s\n' "$digest"
}
