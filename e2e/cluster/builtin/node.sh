# The one node of the built-in cluster: network, containerd, kubelet, kube-proxy, NetworkPolicies, DNS. Sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # state, bin, oci, node_address, dns_address, pod_network: set by the caller

# A bridge without members carries the node's and the DNS server's address.
node_network() {
  [ -e /sys/class/net/rd0 ] || ip link add rd0 type bridge
  ip address replace "$node_address/32" dev rd0
  ip address replace "$dns_address/32" dev rd0
  ip link set rd0 up
  sysctl -qw net.ipv4.ip_forward=1
}

# Pods are routed, each over its own veth pair (CNI ptp), so that one nftables hook sees all their traffic.
start_containerd() {
  mkdir -p "$state/cni/net.d" "$state/containerd"
  cat >"$state/cni/net.d/10-pods.conflist" <<END
{
  "cniVersion": "0.4.0",
  "name": "pods",
  "plugins": [
    {
      "type": "ptp",
      "ipMasq": false,
      "ipam": {
        "type": "host-local",
        "ranges": [[{"subnet": "10.244.0.0/24"}]],
        "routes": [{"dst": "0.0.0.0/0"}],
        "dataDir": "$state/cni/ipam"
      }
    },
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
END
  # restrict_oom_score_adj: where CAP_SYS_RESOURCE is missing, runc could start nothing.
  cat >"$state/containerd/config.toml" <<END
version = 2
root = "$state/containerd/root"
state = "$containerd_run"
[grpc]
  address = "$containerd_run/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$pause_image"
  enable_unprivileged_ports = true
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$state/cni/net.d"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
END
  start containerd containerd --config "$state/containerd/config.toml"
}

load_pause_image() {
  containers images ls -q | grep -qx "$pause_image" && return
  local store=$state/images image
  image=$(python3 "$oci" image --store "$store" --config '{"Entrypoint": ["/pause"]}' \
    "$(python3 "$oci" layer --store "$store" "/=$bin/pause")")
  python3 "$oci" export --store "$store" "$pause_image=$image" | containers images import - >/dev/null
}

start_kubelet() {
  # Pods look nothing up outside the cluster.
  printf 'nameserver 127.0.0.1\n' >"$state/resolv.conf"
  cat >"$state/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $state/pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $state/pki/kubelet-server.crt
tlsPrivateKeyFile: $state/pki/kubelet-server.key
address: $node_address
clusterDNS: [$dns_address]
clusterDomain: cluster.local
resolvConf: $state/resolv.conf
containerRuntimeEndpoint: unix://$containerd_run/containerd.sock
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
makeIPTablesUtilChains: false
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: 200Mi, nodefs.available: 1Gi, imagefs.available: 1Gi}
maxPods: 110
registerNode: true
syncFrequency: 10s
END
  start kubelet "$bin/kube" kubelet "--config=$state/kubelet.yaml" "--kubeconfig=$state/kubelet.kubeconfig" \
    --hostname-override=node-1 "--node-ip=$node_address" "--root-dir=$state/kubelet"
}

start_pod_network() {
  start proxy "$bin/kube" kube-proxy "--kubeconfig=$state/proxy.kubeconfig" --proxy-mode=nftables \
    "--cluster-cidr=$pod_network" --hostname-override=node-1 \
    --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0 --conntrack-tcp-timeout-close-wait=0
  start netpol "$bin/kube" netpol "$state/admin.kubeconfig"
  cat >"$state/Corefile" <<END
.:53 {
  bind $dns_address
  errors
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $state/admin.kubeconfig
    pods insecure
  }
  cache 10
}
END
  start coredns "$bin/kube" coredns -conf "$state/Corefile"
}

end_tree() {
  local child
  # shellcheck disable=SC2013 # the ids stand on one line
  for child in $(cat "/proc/$1/task/"*/children 2>/dev/null); do end_tree "$child"; done
  kill -KILL "$1" 2>/dev/null || true
}

# Every container, also those that outlived a killed containerd: each of our shims with all below it.
end_containers() {
  local process command
  stop containerd
  for process in /proc/[0-9]*; do
    command=$( (tr '\0' ' ' <"$process/cmdline") 2>/dev/null) || continue
    case $command in
      *containerd-shim*" -address $containerd_run/"*) end_tree "${process#/proc/}" ;;
    esac
  done
}

forget_node() {
  local mount
  awk -v a="$state/" -v b="$containerd_run/" 'index($2, a) == 1 || index($2, b) == 1 { print $2 }' /proc/mounts | sort -r |
    while read -r mount; do umount -l "$mount" 2>/dev/null || true; done
  nft delete table ip netpol 2>/dev/null || true
  nft delete table ip kube-proxy 2>/dev/null || true
  nft delete table ip6 kube-proxy 2>/dev/null || true
  [ ! -e /sys/class/net/rd0 ] || ip link delete rd0
  find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} + 2>/dev/null || true
  rm -rf "$containerd_run"
}
