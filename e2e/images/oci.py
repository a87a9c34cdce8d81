#!/usr/bin/env python3
"""OCI images without an image builder: a store of blobs, to which layers and images are added.

  oci.py layer DEST=SOURCE...             writes a layer and prints its digest. A folder SOURCE becomes DEST,
                                          a file SOURCE goes into the folder DEST.
  oci.py image [--base DIGEST] [--config JSON] LAYER...
                                          writes an image (of the base's layers and these) and prints its digest;
                                          JSON has the keys of the OCI image configuration's "config".
  oci.py layers DIGEST                    prints the digests of an image's layers, lowest first
  oci.py adopt ARCHIVE                    takes the image of a `docker save` archive over and prints its digest
  oci.py export [--have FILE] REFERENCE=DIGEST...
                                          writes an archive to stdout that containerd and Docker load, without the
                                          blobs whose digests are lines of FILE
  oci.py prune ROOT...                    removes what no ROOT (digest of a layer or an image) needs

Every command takes --store FOLDER before its other arguments. Layers are the same bytes for the same content: sorted,
no times, no owners, modes 0644 and 0755. They are streamed, never held in memory.
"""

import argparse
import contextlib
import hashlib
import io
import json
import os
import platform
import shutil
import stat
import sys
import tarfile
import tempfile
from pathlib import Path

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
CHUNK = 1 << 20


class Store:
    """A folder blobs/sha256, in which every file is named by the SHA-256 of its bytes."""

    def __init__(self, folder):
        self.blobs = Path(folder) / "blobs" / "sha256"
        self.blobs.mkdir(parents=True, exist_ok=True)

    def path(self, digest):
        return self.blobs / digest.removeprefix("sha256:")

    def descriptor(self, media_type, digest, **more):
        return {"mediaType": media_type, "digest": digest, "size": self.path(digest).stat().st_size, **more}

    def json(self, digest):
        return json.loads(self.path(digest).read_bytes())

    def add_json(self, value):
        with self.new_blob() as blob:
            blob.write(json.dumps(value, sort_keys=True, separators=(",", ":")).encode())
        return blob.digest

    @contextlib.contextmanager
    def new_blob(self):
        handle, name = tempfile.mkstemp(dir=self.blobs, prefix=".new-")
        try:
            with os.fdopen(handle, "wb", CHUNK) as file:
                blob = Blob(file)
                yield blob
            os.chmod(name, 0o644)
            os.replace(name, self.path(blob.digest))
        except BaseException:
            os.unlink(name)
            raise


class Blob:
    """A file that knows the digest of what was written to it."""

    def __init__(self, file):
        self.file = file
        self.hash = hashlib.sha256()

    def write(self, data):
        self.hash.update(data)
        return self.file.write(data)

    @property
    def digest(self):
        return "sha256:" + self.hash.hexdigest()


class LayerTar:
    """A tar of files at places of their own, with everything left out that differs from build to build."""

    def __init__(self, out):
        self.tar = tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT, bufsize=CHUNK)
        self.folders = set()

    def add(self, source, dest):
        if source.is_dir() and not source.is_symlink():
            self._folder(dest, source)
            for child in sorted(source.iterdir()):
                self.add(child, dest / child.name)
        else:
            self._folder(dest.parent)
            self._leaf(source, dest)

    def close(self):
        self.tar.close()

    def _folder(self, dest, source=None):
        if dest == Path("/") or dest in self.folders:
            return
        self._folder(dest.parent)
        self.folders.add(dest)
        entry = self._entry(dest, tarfile.DIRTYPE)
        entry.mode = 0o1777 if source and source.stat().st_mode & stat.S_ISVTX else 0o755
        self.tar.addfile(entry)

    def _leaf(self, source, dest):
        status = source.lstat()
        if stat.S_ISLNK(status.st_mode):
            entry = self._entry(dest, tarfile.SYMTYPE)
            entry.linkname = os.readlink(source)
            entry.mode = 0o777
            self.tar.addfile(entry)
        elif stat.S_ISREG(status.st_mode):
            entry = self._entry(dest, tarfile.REGTYPE)
            entry.mode = 0o755 if status.st_mode & stat.S_IXUSR else 0o644
            entry.size = status.st_size
            with open(source, "rb") as file:
                self.tar.addfile(entry, file)
        else:
            raise ValueError(f"{source} is neither a file nor a folder nor a link")

    @staticmethod
    def _entry(dest, kind):
        entry = tarfile.TarInfo(str(dest).lstrip("/"))
        entry.type = kind
        return entry


def layer(store, parts):
    with store.new_blob() as blob:
        tar = LayerTar(blob)
        for part in parts:
            dest, _, source = part.partition("=")
            dest, source = Path("/") / dest, Path(source)
            if not source.exists():
                raise FileNotFoundError(source)
            tar.add(source, dest if source.is_dir() else dest / source.name)
        tar.close()
    return blob.digest


def image(store, base, config, layers):
    below = store.json(base) if base else None
    below_config = store.json(below["config"]["digest"]) if below else {"config": {}, "rootfs": {"diff_ids": []}}
    settings = dict(below_config.get("config") or {})
    config = dict(config)
    names = {variable.partition("=")[0] for variable in config.get("Env", [])}
    kept = [variable for variable in settings.get("Env") or [] if variable.partition("=")[0] not in names]
    settings.update(config, Env=kept + config.get("Env", []))
    # a layer that is not compressed has the digest of its content
    whole = {
        "architecture": below_config.get("architecture", ARCHITECTURE),
        "os": "linux",
        "config": settings,
        "rootfs": {"type": "layers", "diff_ids": below_config["rootfs"]["diff_ids"] + layers},
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": store.descriptor(CONFIG, store.add_json(whole)),
        "layers": (below["layers"] if below else []) + [store.descriptor(LAYER, digest) for digest in layers],
    }
    return store.add_json(manifest)


def adopt(store, archive):
    """Layers are stored as they are: those of `docker save` are not compressed, whichever of its two forms it has."""
    with tarfile.open(archive) as tar:
        entry = json.load(tar.extractfile("manifest.json"))[0]
        with store.new_blob() as config:
            shutil.copyfileobj(tar.extractfile(entry["Config"]), config, CHUNK)
        digests = []
        for name in entry["Layers"]:
            with store.new_blob() as blob:
                shutil.copyfileobj(tar.extractfile(name), blob, CHUNK)
            digests.append(blob.digest)
    if store.json(config.digest)["rootfs"]["diff_ids"] != digests:
        raise ValueError(f"{archive} has compressed layers")
    return store.add_json(
        {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": store.descriptor(CONFIG, config.digest),
            "layers": [store.descriptor(LAYER, digest) for digest in digests],
        }
    )


def export(store, have, images, out):
    def small(name, data):
        entry = tarfile.TarInfo(name)
        entry.size = len(data)
        tar.addfile(entry, io.BytesIO(data))

    def blob(digest):
        if digest in written:
            return
        written.add(digest)
        entry = tarfile.TarInfo("blobs/sha256/" + digest.removeprefix("sha256:"))
        entry.size = store.path(digest).stat().st_size
        with open(store.path(digest), "rb") as file:
            tar.addfile(entry, file)

    written = set(have)
    index, docker = [], []
    with tarfile.open(fileobj=out, mode="w|", bufsize=CHUNK) as tar:
        small("oci-layout", b'{"imageLayoutVersion":"1.0.0"}')
        for reference, digest in images:
            manifest = store.json(digest)
            repository = reference.rpartition(":")[0]
            for name in (reference, f"{repository}@{digest}"):
                index.append(store.descriptor(MANIFEST, digest, annotations={"io.containerd.image.name": name}))
            docker.append(
                {
                    "Config": "blobs/sha256/" + manifest["config"]["digest"].removeprefix("sha256:"),
                    "RepoTags": [reference],
                    "Layers": ["blobs/sha256/" + part["digest"].removeprefix("sha256:") for part in manifest["layers"]],
                }
            )
            written -= {digest, manifest["config"]["digest"]}
            for part in manifest["layers"]:
                blob(part["digest"])
            blob(manifest["config"]["digest"])
            blob(digest)
        small("index.json", json.dumps({"schemaVersion": 2, "manifests": index}).encode())
        small("manifest.json", json.dumps(docker).encode())


def prune(store, roots):
    needed = set()
    for root in roots:
        needed.add(root)
        path = store.path(root)
        if path.exists() and path.stat().st_size < CHUNK and path.read_bytes()[:1] == b"{":
            manifest = store.json(root)
            needed.add(manifest["config"]["digest"])
            needed.update(part["digest"] for part in manifest["layers"])
    for path in store.blobs.iterdir():
        if "sha256:" + path.name not in needed:
            path.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in ("layer", "image", "layers", "adopt", "export", "prune"):
        command = commands.add_parser(name)
        command.add_argument("--store", type=Store, required=True)
        if name == "image":
            command.add_argument("--base")
            command.add_argument("--config", type=json.loads, default={})
        if name == "export":
            command.add_argument("--have", type=Path)
        command.add_argument("arguments", nargs="*")
    given = parser.parse_args()
    store, arguments = given.store, given.arguments
    if given.command == "layer":
        print(layer(store, arguments))
    elif given.command == "image":
        print(image(store, given.base, given.config, arguments))
    elif given.command == "layers":
        for part in store.json(*arguments)["layers"]:
            print(part["digest"])
    elif given.command == "adopt":
        print(adopt(store, *arguments))
    elif given.command == "export":
        have = given.have.read_text().split() if given.have else []
        export(store, have, [argument.split("=") for argument in arguments], sys.stdout.buffer)
    else:
        prune(store, arguments)


if __name__ == "__main__":
    main()
