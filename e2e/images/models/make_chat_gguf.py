"""make_chat_gguf.py OUT.gguf - a tiny chat model: Llama architecture, seeded random weights, readable words.

Two layers of width 64 and a vocabulary of its own, .7 MB. Column 0 of the residual stream is kept constant (every
embedding writes it, no layer does), so that column 0 of the output matrix works as a bias per token: bytes and
control tokens are pushed down, and what comes out is made of whole words.
"""

import sys

import gguf
import numpy as np

SEED = 7
WIDTH, LAYERS, HEADS, FEED_FORWARD, CONTEXT = 64, 2, 4, 128, 4096
END_OF_TEXT_BIAS = -1.0
SPACE = "\u2581"
WORDS = """the a of to and in is it for on with as that this from customer order ticket account invoice payment refund
delivery address parcel number card charge billing support team please check confirm reset password login device update
restart because likely cause wait day hour open close answer question request problem solved shipped return replace item
price service can will has been was not ok""".split()
CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?-_/'\"(){}[]<>=+*#@&%|\\\n"


def vocabulary():
    """Tokens with their kinds. A piece can only be merged where every shorter piece is a token, so all prefixes are."""
    kind = gguf.TokenType
    tokens = {"<unk>": kind.UNKNOWN, "<s>": kind.CONTROL, "</s>": kind.CONTROL}
    tokens |= {f"<|{role}|>": kind.USER_DEFINED for role in ("user", "assistant", "system")}
    tokens |= {f"<0x{byte:02X}>": kind.BYTE for byte in range(256)}
    pieces = [SPACE + word[:length] for word in WORDS for length in range(1, len(word) + 1)]
    for piece in [*pieces, SPACE, *CHARACTERS]:
        tokens.setdefault(piece, kind.NORMAL)
    return tokens


def main(out):
    random = np.random.default_rng(SEED)

    def weights(*shape, scale):
        return (random.standard_normal(shape) * scale).astype(np.float32)

    tokens = vocabulary()
    whole = {SPACE + word for word in WORDS} | {".", ","}
    embedding = weights(len(tokens), WIDTH, scale=1.0)
    embedding[:, 0] = 4.0
    output = weights(len(tokens), WIDTH, scale=0.35)
    for index, (token, kind) in enumerate(tokens.items()):
        output[index, 0] = -20.0 if kind != gguf.TokenType.NORMAL else 0.0 if token in whole else -4.0
    output[2, 0] = END_OF_TEXT_BIAS

    writer = gguf.GGUFWriter(out, "llama")
    writer.add_name("tiny-random-llama")
    writer.add_description("seeded random weights, for tests")
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([token.encode() for token in tokens])
    # longer pieces first
    writer.add_token_scores(
        [-1000.0 + 20.0 * len(t) if kind == gguf.TokenType.NORMAL else 0.0 for t, kind in tokens.items()]
    )
    writer.add_token_types([int(kind) for kind in tokens.values()])
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_chat_template(
        "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}\n{% endfor %}"
        "{% if add_generation_prompt %}<|assistant|>{% endif %}"
    )
    writer.add_tensor("token_embd.weight", embedding)
    for block in range(LAYERS):
        prefix = f"blk.{block}."
        writer.add_tensor(prefix + "attn_norm.weight", np.ones(WIDTH, np.float32))
        for name in ("q", "k", "v"):
            writer.add_tensor(prefix + f"attn_{name}.weight", weights(WIDTH, WIDTH, scale=WIDTH**-0.5))
        attention = weights(WIDTH, WIDTH, scale=WIDTH**-0.5)
        attention[0] = 0
        writer.add_tensor(prefix + "attn_output.weight", attention)
        writer.add_tensor(prefix + "ffn_norm.weight", np.ones(WIDTH, np.float32))
        writer.add_tensor(prefix + "ffn_gate.weight", weights(FEED_FORWARD, WIDTH, scale=WIDTH**-0.5))
        writer.add_tensor(prefix + "ffn_up.weight", weights(FEED_FORWARD, WIDTH, scale=WIDTH**-0.5))
        down = weights(WIDTH, FEED_FORWARD, scale=FEED_FORWARD**-0.5)
        down[0] = 0
        writer.add_tensor(prefix + "ffn_down.weight", down)
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    writer.add_tensor("output.weight", output)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
