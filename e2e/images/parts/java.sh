# The images of Redoubt itself: a Java runtime, the libraries of others, our own classes, each in a layer. Sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # here, root, jars_from_build: set by the caller

# Every JVM: a small collector, bounded by the memory limit of its container, gone when that is spent. Since Java 24
# it warns of what netty and ONNX Runtime do, unless told that this is meant. JAVA_TOOL_OPTIONS stays free.
jvm_options=(-XX:+UseSerialGC -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError)
jvm_options_since_24=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

# entrypoint WORD...: a command of java with our options and these, as JSON
entrypoint() {
  local words
  words=$(printf '"%s",' java "${jvm_options[@]}" "$@")
  printf '[%s]\n' "${words%,}"
}

modules_of() {
  case $1 in
    redoubt-guard) echo operator/sidecar ;;
    redoubt-probe) echo operator/probe ;;
    redoubt-operator) echo operator/controller operator/webhook ;;
  esac
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
  for module in "$@"; do rm -rf "$root/$module/target/lib" "$root/$module/target/quarkus-app" "$root/$module"/target/redoubt-*.jar; done
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

# The newest, where a jar of an older name is still there.
module_jar() {
  (cd "$root" && find "$1/target" -maxdepth 1 -name 'redoubt-*.jar' ! -name '*-sources.jar' ! -name '*-tests.jar' -printf '%T@ %p\n' 2>/dev/null |
    sort -rn | head -n 1 | cut -d ' ' -f 2-)
}

# One module with its dependencies in /app/lib: MODULE MAIN_CLASS
make_module_image() {
  local module=$1 main=$2 jar layers=()
  need_files "$module/target/lib"
  jar=$(module_jar "$module")
  [ -n "$jar" ] || die "the Maven build has made no jar of $module."
  add_jar_layers /app/lib "$module/target/lib" "$jar"
  java_image "$(entrypoint -cp '/app/lib/*' "$main")"
}

# java_image ENTRYPOINT: of the layers
java_image() {
  oci image --base "$base" --config "{\"Entrypoint\": $1, \"User\": \"65532:65532\", \"WorkingDir\": \"/\"}" "${layers[@]}"
}

# The guard, started with its cache where there can be one.
make_guard_image() {
  local module=operator/sidecar main=dev.redoubt.sidecar.cli.GuardMain jar layers=() guard_options jvm_options=("${jvm_options[@]}")
  if ! has_aot; then
    make_module_image "$module" "$main"
    return
  fi
  need_files "$module/target/lib"
  jar=$(module_jar "$module")
  [ -n "$jar" ] || die "the Maven build has made no jar of $module."
  add_jar_layers /app/lib "$module/target/lib" "$jar"
  mapfile -t guard_options < <(grep -v -e '^#' -e '^$' "$here/parts/guard.options")
  jvm_options+=("${guard_options[@]}")
  add_guard_cache "$root/$module"/target/lib/*.jar "$root/$jar"
  java_image "$(entrypoint -XX:AOTCache=/app/guard.aot -cp "$guard_class_path" "$main")"
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
  java_image "$(entrypoint -jar /app/controller/quarkus-run.jar)"
}

# plan_java NAME...: has the jars made for those of the images that are not there yet
plan_java() {
  local name modules=()
  base=$(java_base)
  # of a base that somebody else made, the version is not known
  if [ -z "${REDOUBT_JAVA_BASE:-}" ] && [ "$(java_version)" -ge 24 ]; then jvm_options+=("${jvm_options_since_24[@]}"); fi
  inputs=$(java_inputs | cat - "$here"/parts/{java.sh,aot.sh,train_guard.py,guard.options} <(printf '%s' "$base") | key java)
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
      redoubt-guard) digest=$(make_guard_image) ;;
      redoubt-probe) digest=$(make_module_image operator/probe dev.redoubt.probe.ProbeMain) ;;
      redoubt-operator) digest=$(make_operator_image) ;;
    esac
    remember "$name-$inputs" "$digest"
    # shellcheck disable=SC2034 # read by the caller
    built=yes
  fi
}
