"""make_minilm_gguf.py MODEL_DIR OUT.gguf - all-MiniLM-L6-v2 as a GGUF file of half-precision weights, 46 MB.

MODEL_DIR has the model's config.json, vocab.txt and model.safetensors.
"""

import json
import sys
from pathlib import Path

import gguf
import numpy as np

NAMES = {
    "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm",
}
BLOCK_NAMES = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
FULL_PRECISION = {"position_embd", "token_types"}
DTYPES = {"F32": np.float32, "F16": np.float16, "I64": np.int64}


def tensors(file):
    """The tensors of a safetensors file: 8 bytes of header length, the header as JSON, the data."""
    data = file.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    for name, entry in json.loads(data[8:start]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            array = np.frombuffer(data[start + begin : start + end], DTYPES[entry["dtype"]])
            yield name, array.reshape(entry["shape"])


def add_vocabulary(writer, words):
    """WordPiece marks what continues a word with ##; llama.cpp marks what begins one."""
    kind = gguf.TokenType
    tokens, kinds = [], []
    for word in words:
        if word.startswith("[") and word.endswith("]") and len(word) > 2:
            tokens.append(word)
            kinds.append(kind.UNKNOWN if word == "[UNK]" else kind.CONTROL)
        else:
            tokens.append(word[2:] if word.startswith("##") else "\u2581" + word)
            kinds.append(kind.NORMAL)
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([token.encode() for token in tokens])
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_pad_token_id(words.index("[PAD]"))
    writer.add_unk_token_id(words.index("[UNK]"))
    writer.add_bos_token_id(words.index("[CLS]"))
    writer.add_eos_token_id(words.index("[SEP]"))
    writer.add_sep_token_id(words.index("[SEP]"))
    writer.add_mask_token_id(words.index("[MASK]"))
    writer.add_uint32("tokenizer.ggml.cls_token_id", words.index("[CLS]"))


def main(model, out):
    model = Path(model)
    config = json.loads((model / "config.json").read_text())
    words = (model / "vocab.txt").read_text(encoding="utf-8").split("\n")[: config["vocab_size"]]
    writer = gguf.GGUFWriter(out, "bert")
    writer.add_name("all-MiniLM-L6-v2")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_vocab_size(config["vocab_size"])
    writer.add_token_type_count(config["type_vocab_size"])
    add_vocabulary(writer, words)
    names = dict(NAMES)
    for block in range(config["num_hidden_layers"]):
        names |= {f"encoder.layer.{block}.{theirs}": f"blk.{block}.{ours}" for theirs, ours in BLOCK_NAMES.items()}
    for name, values in tensors(model / "model.safetensors"):
        module, _, part = name.rpartition(".")
        if module not in names:
            continue  # the pooler and the position ids play no part in the sentence's vector
        halved = values.ndim == 2 and names[module] not in FULL_PRECISION
        writer.add_tensor(f"{names[module]}.{part}", values.astype(np.float16 if halved else np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
