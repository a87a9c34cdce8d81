# The base of the images of Redoubt itself: a Java runtime and exactly what it loads. Sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # here: set by the caller

java_home() {
  local candidate
  for candidate in /usr/lib/jvm/temurin-25* "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")"; do
    if [ -x "$candidate/bin/jlink" ]; then printf '%s\n' "$candidate" && return; fi
  done
  die "no JDK with jlink is there: install a JDK, best of version 25, and set JAVA_HOME."
}

java_version() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$(java_home)/release"; }

# No shell, no package manager, nobody but nonroot.
java_base() {
  if [ -n "${REDOUBT_JAVA_BASE:-}" ]; then
    base_by_digest REDOUBT_JAVA_BASE
    return
  fi
  local jdk key digest layer
  jdk=$(java_home)
  key=$(cat "$jdk/release" "$here/parts/java-base.sh" <(getconf GNU_LIBC_VERSION) | key java-base)
  if ! digest=$(recall "$key"); then
    work=$(scratch)
    progress "Making a Java runtime of $jdk" make_runtime "$jdk" "$work"
    layer=$(oci layer "/=$work")
    rm -rf "$work"
    digest=$(oci image --config '{
      "User": "65532:65532", "WorkingDir": "/",
      "Env": ["PATH=/opt/java/bin", "JAVA_HOME=/opt/java", "LANG=C.UTF-8"]}' "$layer")
    remember "$key" "$digest"
  fi
  printf '%s\n' "$digest"
}

# link_runtime JDK FOLDER [MODULE...]
link_runtime() {
  local jdk=$1 folder=$2 modules=java.se,jdk.crypto.cryptoki,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
  shift 2
  modules+=$(printf ',%s' "$@")
  "$jdk/bin/jlink" --output "$folder" --strip-debug --no-header-files --no-man-pages --generate-cds-archive --add-modules "${modules%,}"
}

# make_runtime JDK ROOT
make_runtime() {
  local jdk=$1 root=$2 java=$2/opt/java library
  mkdir -p "$root/opt"
  link_runtime "$jdk" "$java"
  # archives for heaps of over 32 GB, and what needs a screen or a loudspeaker
  rm -f "$java"/lib/server/classes_nocoops*.jsa "$java"/lib/lib{awt_xawt,jawt,jsound,splashscreen}.so
  while read -r library; do
    install -D -m 755 "$library" "$root$library"
  done < <(needed_libraries "$java")
  if [ -d /usr/lib/locale/C.utf8 ]; then
    mkdir -p "$root/usr/lib/locale"
    cp -r /usr/lib/locale/C.utf8 "$root/usr/lib/locale/"
  fi
  # The authorities as Debian ships them, without those that this machine has added for itself.
  mkdir -p "$root/etc/ssl/certs"
  if [ -d /usr/share/ca-certificates/mozilla ]; then
    cat /usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
  fi
  nonroot_files "$root"
}

# The system's shared objects that the runtime loads, and libstdc++ and libz, which native libraries in jars expect.
needed_libraries() {
  local file
  {
    find "$1" -name '*.so' -o -path '*/bin/java' | while read -r file; do LD_LIBRARY_PATH="$1/lib:$1/lib/server" ldd "$file"; done |
      awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\/.*ld-linux/ { print $1 }'
    for file in libstdc++.so.6 libgcc_s.so.1 libz.so.1 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2; do
      /sbin/ldconfig -p | awk -v name="$file" '$1 == name && !found { print $NF; found = 1 }'
    done
  } | grep -v "^$1/" | sort -u
}
