# The AOT cache of the guard (JEP 483 and 514): its classes loaded and linked, as they are after its first requests, so
# that a pod does not wait for that. Sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # here, store: set by the caller

# Of a base that somebody else made, neither the version nor a runtime to train is at hand.
has_aot() { [ -z "${REDOUBT_JAVA_BASE:-}" ] && [ "$(java_version)" -ge 25 ]; }

# class_path FOLDER: its jars by name, as the image has them in /app/lib
class_path() { (cd "$1" && printf '/app/lib/%s\n' *.jar) | LC_ALL=C sort | paste -sd :; }

# add_guard_cache JAR...: trains the image's own runtime with the image's jars and adds the cache to layers. The JVM
# takes a cache only with the jars that it was made with, by order, name, size and time; in the image all times are 0.
# Sets guard_class_path.
add_guard_cache() {
  local work jar
  work=$(scratch)
  mkdir -p "$work/app/lib"
  for jar in $(oci layers "$base"); do unpack_layer "$jar" "$work"; done
  cp "$@" "$work/app/lib/"
  touch -d @0 "$work"/app/lib/*
  guard_class_path=$(class_path "$work/app/lib")
  progress "Training the guard" python3 "$here/parts/train_guard.py" "$work/guard.aot" "$work/opt/java/bin/java" \
    "${jvm_options[@]}" -cp "${guard_class_path//\/app\/lib\//$work/app/lib/}"
  layers+=("$(oci layer "/app=$work/guard.aot")")
  rm -rf "$work"
}
