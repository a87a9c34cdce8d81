package dev.redoubt.webhook;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.redoubt.injection.Injector;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class SelfTestTest {
    @Test
    void aReplicaOfThisBuildBecomesReady() {
        SelfTest test = new SelfTest(new KubernetesSerialization(), new Injector(Profiles.builtIn(), "guard:1"));

        assertThatCode(test::run).doesNotThrowAnyException();
    }
}
