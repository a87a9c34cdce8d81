"""schema.py MODULE... : TYPE... : messages as a schema of operator/profiles has them, from an official client's own descriptors.

Prints YAML of the types named, by their short or full names, and of all that they lead to. With --check FILE it compares
FILE instead: every field there must have the number, label and type that the client gives it; a field that is seen through
(-) may have any name, a map may stand for repeated entries of a key (1) and a value (2), packed numbers of a fixed size for
bytes that are written like them, and a message for bytes that are one. In a variant of a type (Type member=value) bytes may be
a text too, of any name. A type may be named by as much of the end of its full name as tells it apart. Ends with 1 on a
difference.
"""

import importlib
import sys

# this folder has files named like the clients, so it is searched last
sys.path.append(sys.path.pop(0))

import yaml
from google.protobuf.descriptor import FieldDescriptor as F

SCALARS = {
    F.TYPE_STRING: "string", F.TYPE_BYTES: "bytes", F.TYPE_BOOL: "bool", F.TYPE_INT32: "int32", F.TYPE_INT64: "int64",
    F.TYPE_UINT32: "uint32", F.TYPE_UINT64: "uint64", F.TYPE_ENUM: "int32", F.TYPE_FLOAT: "float", F.TYPE_DOUBLE: "double",
}  # fmt: skip


PACKED = {"double", "float", "sfixed64"}


def tails(full_name):
    """Every name that a type goes by, from its own to the full one."""
    parts = full_name.split(".")
    return [".".join(parts[i:]) for i in range(len(parts))][::-1]


def is_kind(word, field):
    """Whether the last word of a field's text names the type of the client's field."""
    return word in tails(field.message_type.full_name) if field.message_type else word == kind(field)


def kind(field):
    return field.message_type.name if field.message_type else SCALARS.get(field.type, f"unsupported-{field.type}")


def is_repeated(field):
    return getattr(field, "is_repeated", None) or (not hasattr(field, "is_repeated") and field.label == F.LABEL_REPEATED)


def entry_value(field):
    """The value of a map, or of a message that is written as an entry of one is."""
    message = field.message_type
    if not is_repeated(field) or not message or set(message.fields_by_number) != {1, 2}:
        return None
    return message.fields_by_number[2] if message.fields_by_number[1].type == F.TYPE_STRING else None


def written(field):
    if field.message_type and field.message_type.GetOptions().map_entry:
        return f"{field.name} map {kind(entry_value(field))}"
    return f"{field.name} {'repeated ' if is_repeated(field) else ''}{kind(field)}"


def messages(modules):
    """All messages by full name, and by short name where nothing on the outside has it."""
    outer = [m for name in modules for m in importlib.import_module(name).DESCRIPTOR.message_types_by_name.values()]
    found = {}
    while outer:
        inner = []
        for message in outer:
            if message.full_name not in found:
                for name in tails(message.full_name):
                    found.setdefault(name, message)
                inner += list(message.nested_types) + [f.message_type for f in message.fields if f.message_type]
        outer = [message for message in inner if not message.GetOptions().map_entry] + [
            f.message_type for message in inner if message.GetOptions().map_entry for f in message.fields if f.message_type
        ]
    return found


def closure(found, names):
    types, pending = {}, [found[name] for name in names]
    while pending:
        message = pending.pop(0)
        if message.name in types:
            continue
        types[message.name] = message
        for field in message.fields:
            value = entry_value(field) if field.message_type and field.message_type.GetOptions().map_entry else field
            if value.message_type:
                pending.append(value.message_type)
    return types


def check(found, path):
    wrong = []
    for name, fields in yaml.safe_load(open(path)).items():
        variant = " " in name
        message = found.get(name.split(" ")[0])
        if message is None:
            wrong.append(f"{name}: the client has no such message")
            continue
        for number, text in fields.items():
            field = message.fields_by_number.get(number)
            words = text.split(" ")
            if field is None:
                wrong.append(f"{name}.{number}: the client has no such field")
                continue
            if words[1] == "map":
                value = entry_value(field)
                right = value is not None and is_kind(words[2], value)
            elif field.type == F.TYPE_BYTES and words[1] == "repeated" and not is_repeated(field):
                right = words[2] in PACKED
            else:
                as_bytes = field.type == F.TYPE_BYTES and (words[-1] in found or variant and words[-1] == "string")
                right = (words[1] == "repeated") == is_repeated(field) and (is_kind(words[-1], field) or as_bytes)
            if not right or words[0] not in ("-", field.name) and not variant:
                wrong.append(f"{name}.{number}: {text!r} is {written(field)!r}")
    return wrong


def main():
    arguments = sys.argv[1:]
    if "--check" in arguments:
        at = arguments.index("--check")
        wrong = check(messages(arguments[:at]), arguments[at + 1])
        print("\n".join(wrong))
        sys.exit(bool(wrong))
    split = arguments.index(":")
    for name, message in closure(messages(arguments[:split]), arguments[split + 1 :]).items():
        print(f"{name}:")
        for field in sorted(message.fields, key=lambda f: f.number):
            print(f"  {field.number}: {written(field)}")


main()
