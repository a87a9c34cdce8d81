# The control plane of the built-in cluster. Sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # state, bin, node_address, dns_address: set by the caller

control_plane_certificates() {
  make_ca
  certificate apiserver /CN=kube-apiserver \
    "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:localhost,IP:127.0.0.1,IP:$node_address,IP:10.96.0.1"
  certificate kubelet-server /CN=node-1 "DNS:node-1,IP:$node_address"
  certificate admin /O=system:masters/CN=admin
  certificate controller-manager /CN=system:kube-controller-manager
  certificate scheduler /CN=system:kube-scheduler
  certificate proxy /CN=system:kube-proxy
  certificate kubelet /O=system:nodes/CN=system:node:node-1
  certificate apiserver-to-kubelet /O=system:masters/CN=apiserver-to-kubelet
  certificate front-proxy /CN=front-proxy
  local user
  for user in admin controller-manager scheduler proxy kubelet; do kubeconfig "$user" "$api"; done
}

# Secrets are encrypted at rest, as in a cluster that is run with care.
encryption_at_rest() {
  [ ! -f "$state/encryption.yaml" ] || return 0
  (
    umask 077
    cat >"$state/encryption.yaml" <<END
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
- resources: [secrets]
  providers:
  - aesgcm: {keys: [{name: k1, secret: "$(head -c 32 /dev/urandom | base64 -w0)"}]}
  - identity: {}
END
  )
}

start_control_plane() {
  local pki=$state/pki client_port peer_port
  control_plane_certificates
  encryption_at_rest
  read -r client_port peer_port <<<"$(free_ports 2)"
  start_etcd "$client_port" "$peer_port"
  start_apiserver "$client_port" "$node_address" 6443 \
    "--advertise-address=$node_address" --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    "--kubelet-client-certificate=$pki/apiserver-to-kubelet.crt" "--kubelet-client-key=$pki/apiserver-to-kubelet.key" \
    "--kubelet-certificate-authority=$pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
    "--requestheader-client-ca-file=$pki/ca.crt" --requestheader-allowed-names=front-proxy \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- \
    "--proxy-client-cert-file=$pki/front-proxy.crt" "--proxy-client-key-file=$pki/front-proxy.key" \
    "--encryption-provider-config=$state/encryption.yaml"
}

# start_controller NAME PROGRAM FLAG...: a program of the control plane with its own identity
start_controller() {
  local name=$1 program=$2 config=$state/$1.kubeconfig
  shift 2
  start "$name" "$bin/kube" "$program" "--kubeconfig=$config" "--authentication-kubeconfig=$config" \
    "--authorization-kubeconfig=$config" --leader-elect=false --kube-api-qps=200 --kube-api-burst=400 "$@"
}

start_controllers() {
  local pki=$state/pki
  start_controller controller-manager kube-controller-manager \
    "--service-account-private-key-file=$pki/sa.key" "--root-ca-file=$pki/ca.crt" --use-service-account-credentials=true \
    --allocate-node-cidrs=true "--cluster-cidr=$pod_network" "--service-cluster-ip-range=$service_network" \
    "--cluster-signing-cert-file=$pki/ca.crt" "--cluster-signing-key-file=$pki/ca.key" "--client-ca-file=$pki/ca.crt"
  start_controller scheduler kube-scheduler
}
