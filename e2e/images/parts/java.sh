# The images of Redoubt itself: a Java runtime, the libraries of others, our own classes, each in a layer. Sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # here, root, jars_from_build: set by the caller

# Every JVM: a small collector, bounded by the memory limit of its container, gone when that is spent. Since Java 24
# it warns of what netty and ONNX Runtime do, unless told that this is meant. JAVA_TOOL_OPTIONS stays free.
jvm='"java","-XX:+UseSerialGC","-XX:MaxRAMPercentage=60","-XX:+ExitOnOutOfMemoryError"'
jvm_since_24='"--enable-native-access=ALL-UNNAMED","--sun-misc-unsafe-memory-access=allow"'

modules_of() {
  case $1 in
    redoubt-guard) echo operator/sidecar ;;
    redoubt-probe) echo operator/probe ;;
    redoubt-operator) echo operator/controller operator/webhook ;;
  esac
}

java_home() {
  local candidate
  for candidate in /usr/lib/jvm/temurin-25* "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")"; do
    if [ -x "$candidate/bin/jlink" ]; then printf '%s\n' "$candidate" && return; fi
  done
  die "no JDK with jlink is there: install a JDK, best of version 25, and set JAVA_HOME."
}

java_version() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$(java_home)/release"; }

# The base: a runtime and exactly what it loads. No shell, no package manager, nobody but nonroot.
java_base() {
  if [ -n "${REDOUBT_JAVA_BASE:-}" ]; then
    base_by_digest REDOUBT_JAVA_BASE
    return
  fi
  local jdk key digest layer
  jdk=$(java_home)
  key=$(cat "$jdk/release" "$here/parts/java.sh" "$here/oci.py" <(getconf GNU_LIBC_VERSION) | key java-base)
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

# make_runtime JDK ROOT
make_runtime() {
  local jdk=$1 root=$2 java=$2/opt/java library
  mkdir -p "$root/opt"
  "$jdk/bin/jlink" --output "$java" --strip-debug --no-header-files --no-man-pages --generate-cds-archive \
    --add-modules java.se,jdk.crypto.cryptoki,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
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

# What the images are made of: the sources, or the jars where the caller has just built them.
java_inputs() {
  if [ "$jars_from_build" = yes ]; then
    (cd "$root" && find operator/*/target -maxdepth 5 -path '*/quarkus-app/*' -type f -o -path '*/target/lib/*' -o -path '*/target/redoubt-*.jar')
  else
    (cd "$root" && find pom.xml crds operator -name target -prune -o -type f -print)
  fi | LC_ALL=C sort | (cd "$root" && tr '\n' '\0' | xargs -0 sha256sum)
}

# compile_java MODULE...
compile_java() {
  local module
  for module in "$@"; do rm -rf "$root/$module/target/lib" "$root/$module/target/quarkus-app"; done
  (cd "$root" && mvn -q -B -ntp -pl "$(IFS=, && echo "$*")" -am package -DskipTests)
}

need_files() {
  local file
  for file in "$@"; do
    [ -e "$root/$file" ] || die "the Maven build has not made $file."
  done
}

# add_jar_layers DEST FOLDER JAR...: adds to layers one of FOLDER's jars of others, and one of our jars in it and JAR...
add_jar_layers() {
  local dest=$1 folder=$2 jar ours=() theirs=()
  shift 2
  for jar in "$root/$folder"/*.jar; do
    case ${jar##*/} in
      redoubt-* | dev.redoubt.*) ours+=("$dest=$jar") ;;
      *) theirs+=("$dest=$jar") ;;
    esac
  done
  for jar in "$@"; do ours+=("$dest=$root/$jar"); done
  if [ ${#theirs[@]} -gt 0 ]; then layers+=("$(oci layer "${theirs[@]}")"); fi
  if [ ${#ours[@]} -gt 0 ]; then layers+=("$(oci layer "${ours[@]}")"); fi
}

module_jar() { (cd "$root" && find "$1/target" -maxdepth 1 -name 'redoubt-*.jar' ! -name '*-sources.jar' ! -name '*-tests.jar' 2>/dev/null | head -n 1); }

# One module with its dependencies in /app/lib: MODULE MAIN_CLASS
make_module_image() {
  local module=$1 main=$2 jar layers=()
  need_files "$module/target/lib"
  jar=$(module_jar "$module")
  [ -n "$jar" ] || die "the Maven build has made no jar of $module."
  add_jar_layers /app/lib "$module/target/lib" "$jar"
  oci image --base "$base" --config "{\"Entrypoint\": [$jvm,\"-cp\",\"/app/lib/*\",\"$main\"], \"User\": \"65532:65532\", \"WorkingDir\": \"/\"}" "${layers[@]}"
}

# The controller, a Quarkus application, and beside it the webhook, which another command starts.
make_operator_image() {
  local app=operator/controller/target/quarkus-app webhook=operator/webhook jar layers=() part
  need_files "$app/quarkus-run.jar" "$webhook/target/lib"
  jar=$(module_jar "$webhook")
  [ -n "$jar" ] || die "the Maven build has made no jar of $webhook."
  add_jar_layers /app/webhook/lib "$webhook/target/lib" "$jar"
  for part in boot main; do add_jar_layers "/app/controller/lib/$part" "$app/lib/$part"; done
  layers+=("$(oci layer "/app/controller=$root/$app/quarkus-run.jar" "/app/controller/app=$root/$app/app" "/app/controller/quarkus=$root/$app/quarkus")")
  oci image --base "$base" --config "{\"Entrypoint\": [$jvm,\"-jar\",\"/app/controller/quarkus-run.jar\"], \"User\": \"65532:65532\", \"WorkingDir\": \"/\"}" "${layers[@]}"
}

# plan_java NAME...: has the jars made for those of the images that are not there yet
plan_java() {
  local name modules=()
  base=$(java_base)
  # of a base that somebody else made, the version is not known
  if [ -z "${REDOUBT_JAVA_BASE:-}" ] && [ "$(java_version)" -ge 24 ]; then jvm+=,$jvm_since_24; fi
  inputs=$(java_inputs | cat - "$here/parts/java.sh" <(printf '%s' "$base") | key java)
  for name in "$@"; do
    # shellcheck disable=SC2207 # names of modules are words
    recall "$name-$inputs" >/dev/null || modules+=($(modules_of "$name"))
  done
  [ ${#modules[@]} -gt 0 ] && [ "$jars_from_build" = no ] || return 0
  have mvn || die "Maven is not there: install it (Debian's package maven)."
  progress "Compiling the Java modules" compile_java "${modules[@]}"
}

# build_java NAME: sets $digest
build_java() {
  local name=$1
  if ! digest=$(recall "$name-$inputs"); then
    case $name in
      redoubt-guard) digest=$(make_module_image operator/sidecar dev.redoubt.sidecar.GuardMain) ;;
      redoubt-probe) digest=$(make_module_image operator/probe dev.redoubt.probe.ProbeMain) ;;
      redoubt-operator) digest=$(make_operator_image) ;;
    esac
    remember "$name-$inputs" "$digest"
    # shellcheck disable=SC2034 # read by the caller
    built=yes
  fi
}
