#!/usr/bin/python3
"""llama.cpp's own HTTP server with its OpenAI-compatible API, from the xllamacpp wheel, by llama-server's flags."""

import argparse
import signal

import xllamacpp


def main():
    parser = argparse.ArgumentParser(prog="llama-server", description=__doc__)
    parser.add_argument("-m", "--model", required=True, help="a GGUF file")
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8080, help="port to listen on (default: %(default)s)")
    parser.add_argument("-c", "--ctx-size", type=int, default=4096, help="size of the context (default: %(default)s)")
    parser.add_argument("-np", "--parallel", type=int, default=1, help="requests at a time (default: %(default)s)")
    parser.add_argument("-t", "--threads", type=int, help="threads that compute (default: one for each core)")
    parser.add_argument("--embedding", "--embeddings", action="store_true", help="serve embeddings only, mean pooling")
    parser.add_argument("--reranking", "--rerank", action="store_true", help="rank documents only")
    parser.add_argument("--slots", action="store_true", help="show what is worked on, at /slots")
    parser.add_argument("--grammar", help="GBNF that every answer must match, so that a model says what a test expects")
    given = parser.parse_args()

    settings = xllamacpp.CommonParams()
    settings.model.path = given.model
    settings.hostnames = [given.host]
    settings.port = given.port
    settings.n_ctx = given.ctx_size
    settings.n_parallel = given.parallel
    settings.warmup = False
    if given.threads:
        settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = given.threads
    if given.embedding:
        settings.embedding = True
        settings.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    if given.reranking:
        settings.embedding = True
        settings.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_RANK
    settings.endpoint_slots = given.slots
    if given.grammar:
        user = xllamacpp.common_grammar_type.COMMON_GRAMMAR_TYPE_USER
        settings.sampling.grammar = xllamacpp.CommonGrammar(user, given.grammar)
    # As the first process of a container it would otherwise be deaf to SIGTERM; blocked before the server's threads
    # start, the signal waits for this one.
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    server = xllamacpp.Server(settings)
    print("listening on", server.listening_address, flush=True)
    signal.sigwait(ends)


if __name__ == "__main__":
    main()
