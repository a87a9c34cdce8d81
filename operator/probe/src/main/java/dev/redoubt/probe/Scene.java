package dev.redoubt.probe;

import java.util.function.Consumer;

/**
 * What a probe works with.
 *
 * @param spec the run
 * @param writer the store, as the identity that owns the synthetic records
 * @param attacker the store, as the client under test
 * @param model the model as the client under test; {@code null} where the test names none
 * @param embedder the embedding model that victims and attacker use
 * @param corpus synthetic texts
 * @param witness who answered
 * @param own names of what the run writes
 * @param progress told what is going on
 */
record Scene(
        RunSpec spec,
        ChromaStore writer,
        ChromaStore attacker,
        ChatModel model,
        Embedder embedder,
        Corpus corpus,
        GuardWitness witness,
        OwnCollections own,
        Consumer<String> progress) {}
