# Certificates and kubeconfigs of one state folder $state. Sourced.
# Elliptic curves, because their keys are made in no time; RSA for the administrator, because Java clients read such
# keys without another library.
# shellcheck shell=bash
# shellcheck disable=SC2154 # state: set by the caller

make_ca() {
  [ ! -f "$state/pki/ca.crt" ] || return 0
  mkdir -p "$state/pki"
  openssl ecparam -genkey -name prime256v1 -noout -out "$state/pki/ca.key"
  openssl req -x509 -new -key "$state/pki/ca.key" -subj /CN=redoubt-cluster -days 3650 -out "$state/pki/ca.crt"
  # the key that signs ServiceAccount tokens
  openssl ecparam -genkey -name prime256v1 -noout -out "$state/pki/sa.key"
  openssl ec -in "$state/pki/sa.key" -pubout -out "$state/pki/sa.pub" 2>/dev/null
}

# certificate NAME SUBJECT [SUBJECT_ALTERNATIVE_NAMES]
certificate() {
  local file=$state/pki/$1 subject=$2 names=${3:-}
  [ ! -f "$file.crt" ] || return 0
  case $1 in
    admin) openssl genrsa -traditional -out "$file.key" 2048 2>/dev/null ;;
    *) openssl ecparam -genkey -name prime256v1 -noout -out "$file.key" ;;
  esac
  openssl req -new -key "$file.key" -subj "$subject" -out "$file.csr"
  openssl x509 -req -in "$file.csr" -CA "$state/pki/ca.crt" -CAkey "$state/pki/ca.key" -CAcreateserial -days 3650 \
    -out "$file.crt" -extfile <(
      printf 'keyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\n'
      [ -z "$names" ] || printf 'subjectAltName=%s\n' "$names"
    ) 2>/dev/null
  rm -f "$file.csr"
}

# kubeconfig NAME SERVER: writes $state/NAME.kubeconfig, complete in itself
kubeconfig() {
  local file=$state/$1.kubeconfig
  (
    umask 077
    cat >"$file.new" <<END
apiVersion: v1
kind: Config
clusters:
- name: redoubt
  cluster:
    server: $2
    certificate-authority-data: $(base64 -w0 "$state/pki/ca.crt")
users:
- name: $1
  user:
    client-certificate-data: $(base64 -w0 "$state/pki/$1.crt")
    client-key-data: $(base64 -w0 "$state/pki/$1.key")
contexts:
- name: redoubt
  context: {cluster: redoubt, user: $1}
current-context: redoubt
END
  )
  mv "$file.new" "$file"
}
