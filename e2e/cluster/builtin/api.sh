# etcd and kube-apiserver of one state folder $state, run with the program folder $bin. Sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # state, bin: set by the caller

service_network=10.96.0.0/16

# free_ports COUNT: that many ports of the loopback address that nobody listens on, outside the range from which
# the kernel takes ports for connections.
free_ports() {
  local port found=()
  while [ ${#found[@]} -lt "$1" ]; do
    port=$((RANDOM % 12000 + 20000))
    case " ${found[*]} " in *" $port "*) continue ;; esac
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then found+=("$port"); fi
  done
  printf '%s\n' "${found[*]}"
}

# start_etcd CLIENT_PORT PEER_PORT. State is for tests: nothing is synced to disk.
start_etcd() {
  local client=http://127.0.0.1:$1 peer=http://127.0.0.1:$2
  start etcd "$bin/kube" etcd --data-dir "$state/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls "$client" --advertise-client-urls "$client" \
    --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "default=$peer"
}

# start_apiserver ETCD_PORT ADDRESS PORT FLAG...
start_apiserver() {
  local etcd_port=$1 address=$2 port=$3 pki=$state/pki
  shift 3
  start apiserver "$bin/kube" kube-apiserver \
    "--etcd-servers=http://127.0.0.1:$etcd_port" \
    "--bind-address=$address" "--secure-port=$port" \
    "--service-cluster-ip-range=$service_network" \
    --service-account-issuer=https://kubernetes.default.svc \
    "--service-account-key-file=$pki/sa.pub" "--service-account-signing-key-file=$pki/sa.key" \
    "--client-ca-file=$pki/ca.crt" \
    "--tls-cert-file=$pki/apiserver.crt" "--tls-private-key-file=$pki/apiserver.key" \
    --allow-privileged=true --profiling=false "$@"
}

# The API answers, and the objects that it makes for itself are there.
api_ready() {
  curl -sf --max-time 2 --cacert "$state/pki/ca.crt" "$1/readyz" &&
    "$bin/kubectl" --kubeconfig "$state/admin.kubeconfig" get namespace default
}
