# Bringing images into the cluster, where it has not got them. Sourced.
# Each is loaded by two names, NAME:dev and NAME@sha256:DIGEST; pods name the second.
# shellcheck shell=bash
# shellcheck disable=SC2154 # repository, store: set by the caller

# node_containers NODE ARGUMENT...: ctr on the node; the node `here` is this machine
node_containers() {
  local node=$1
  shift
  case $node in
    here) containers "$@" ;;
    *) docker exec -i "$node" ctr --namespace k8s.io "$@" ;;
  esac
}

# load_on NODE NAME=DIGEST...
load_on() {
  local node=$1 image there missing=() have_blobs
  shift
  there=$(node_containers "$node" images ls -q)
  for image in "$@"; do
    grep -qxF "$repository/${image/=/@}" <<<"$there" || missing+=("$repository/${image/=/:dev=}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  have_blobs=$(mktemp)
  node_containers "$node" content ls -q >"$have_blobs"
  progress "Loading ${#missing[@]} images into the cluster" stream_to "$node" "$have_blobs" "${missing[@]}"
  rm -f "$have_blobs"
}

stream_to() {
  local node=$1 have_blobs=$2
  shift 2
  oci export --have "$have_blobs" "$@" | node_containers "$node" images import -
}

load_builtin() {
  [ "$(id -u)" = 0 ] || die "the built-in cluster runs as root: run this with sudo."
  [ -S "$containerd_run/containerd.sock" ] || die "the built-in cluster does not run: start it with e2e/cluster/up first."
  load_on here "$@"
}

load_kind() {
  local node nodes
  nodes=$(kind get nodes --name redoubt 2>/dev/null)
  [ -n "$nodes" ] || die "the kind cluster redoubt does not run: start it with e2e/cluster/up first."
  for node in $nodes; do load_on "$node" "$@"; done
}

# push NAME DIGEST: pushes with Docker; sets $reference to what the registry calls it
push() {
  local name=$1 digest=$2 target=$REDOUBT_IMAGE_REGISTRY/$1:dev known
  known=$store/keys/pushed-$(printf '%s %s' "$target" "$digest" | sha256sum | cut -c1-24)
  if [ ! -f "$known" ]; then
    progress "Loading $name into Docker" load_into_docker "$repository/$name:dev=$digest"
    docker tag "$repository/$name:dev" "$target"
    progress "Pushing $target" docker push -q "$target"
    docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$target" | grep -m1 "^$REDOUBT_IMAGE_REGISTRY/$name@" >"$known.new"
    mv "$known.new" "$known"
  fi
  # shellcheck disable=SC2034 # read by the caller
  reference=$(cat "$known")
}

load_into_docker() { oci export "$1" | docker load; }

need_registry() {
  [ -n "${REDOUBT_IMAGE_REGISTRY:-}" ] ||
    die "images reach your cluster through a registry: set REDOUBT_IMAGE_REGISTRY to one that it pulls from and that 'docker push' may write to."
  docker_answers || die "pushing images to $REDOUBT_IMAGE_REGISTRY needs a Docker engine, and none answers."
}
