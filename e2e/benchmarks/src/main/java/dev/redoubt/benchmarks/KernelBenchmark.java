package dev.redoubt.benchmarks;

import dev.redoubt.policy.Keyring;
import dev.redoubt.vectors.ScaleAndPerturb;
import dev.redoubt.wire.seal.FieldSealer;
import dev.redoubt.wire.seal.SealPlace;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done to single values: a field that is encrypted, a vector that is protected. */
@State(Scope.Thread)
public class KernelBenchmark {
    static final int FIELD_BYTES = 1024;
    static final int DIMENSIONS = 1536;

    private static final int TAG_BITS = 128;
    private static final int NONCE = 12;

    private final byte[] key = new byte[32];
    private final byte[] plain = "x".repeat(FIELD_BYTES).getBytes(StandardCharsets.US_ASCII);
    private final byte[] record = "0001".getBytes(StandardCharsets.US_ASCII);
    private final byte[] field = "document".getBytes(StandardCharsets.US_ASCII);
    private final SealPlace place = new SealPlace("tenant", "collection", null);
    private final FieldSealer sealer = new FieldSealer(new Keyring(1, Map.of(1, key), new byte[32]));
    private final ScaleAndPerturb protection = new ScaleAndPerturb(key, 1);
    private final float[] vector = vector();
    private long count;

    private static float[] vector() {
        Random random = new Random(1);
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    /** The sealed value as it is stored, in base64url. */
    @Benchmark
    public byte[] seal() {
        return sealer.seal(place, record, field, plain);
    }

    /** No more than the cipher. */
    @Benchmark
    public byte[] bouncyCastle() throws InvalidCipherTextException {
        byte[] nonce = new byte[NONCE];
        count++;
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[i] = (byte) (count >>> i * Byte.SIZE);
        }
        GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(true, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, field));
        byte[] out = new byte[cipher.getOutputSize(plain.length)];
        int length = cipher.processBytes(plain, 0, plain.length, out, 0);
        cipher.doFinal(out, length);
        return out;
    }

    @Benchmark
    public float[] protect() {
        return protection.protect(vector);
    }
}
