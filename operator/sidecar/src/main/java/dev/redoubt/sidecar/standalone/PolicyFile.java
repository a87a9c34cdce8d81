package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.spec.Place;
import dev.redoubt.policy.spec.RedactionPolicyFile;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.redact.PolicyCheck;
import java.io.IOException;
import java.nio.file.Path;

/** The files that trying a policy needs. */
public final class PolicyFile {
    private PolicyFile() {}

    /**
     * The RedactionPolicies of a file.
     *
     * @throws SpecException where there is none, or one that no guard can follow
     */
    public static Redaction read(Path file) throws SpecException {
        return PolicyCheck.check(RedactionPolicyFile.parse(file.toString(), bytes(file)));
    }

    /**
     * The key ring of a file.
     *
     * @param file {@code null} for keys of this run
     * @throws SpecException where it cannot be read
     */
    public static Keyring keyring(Path file) throws SpecException {
        if (file == null) {
            return KeyringFile.random();
        }
        try {
            return Keyring.parse(bytes(file));
        } catch (IOException | RuntimeException e) {
            throw new SpecException(new Place(file.toString(), 1, 1), "the key ring cannot be read");
        }
    }

    private static byte[] bytes(Path file) throws SpecException {
        return new SourceFiles(Path.of("")).read(file, new Place(file.toString(), 1, 1));
    }
}
