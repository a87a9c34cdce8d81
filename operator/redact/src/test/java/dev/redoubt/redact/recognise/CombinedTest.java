package dev.redoubt.redact.recognise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.CustomEntity;
import dev.redoubt.policy.CustomEntity.LetterCase;
import dev.redoubt.policy.Entity;
import dev.redoubt.redact.automaton.StoredAutomaton;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombinedTest {
    @Test
    void theTableOfTheBuildIsThatOfTheRecognisers() throws IOException {
        assertThat(bytes(Combined.load())).isEqualTo(bytes(StoredAutomaton.of(Combined.build(Catalogue.all()))));
    }

    @Test
    void whatIsLeftOfTheTableForAFewEntitiesIsNoLargerThanWhatWouldBeBuiltForThem() {
        List<Recogniser> few = Catalogue.of(List.of(Entity.CREDIT_CARD, Entity.US_SSN, Entity.JWT), List.of());
        assertThat(Combined.of(few).states()).isEqualTo(Combined.build(few).states());
    }

    @Test
    void theDocumentedNumberOfStatesIsThatOfTheTable() throws IOException {
        int hundreds = (Combined.load().states() + 99) / 100;
        Path page = Path.of(System.getProperty("redoubt.root"), "docs", "redaction.md");
        assertThat(Files.readString(page)).contains("(which needs " + hundreds * 100 + ")");
    }

    private static byte[] bytes(StoredAutomaton automaton) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        automaton.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void whatAPolicyDefinesIsFoundBesideTheBuiltIn() {
        CustomEntity badge = new CustomEntity(
                "BADGE", "E-\\d{6}", List.of(), LetterCase.Exact, null, List.of(), new BigDecimal("0.5"));
        List<Recogniser> both =
                Catalogue.of(List.of(Entity.CREDIT_CARD, Entity.custom("BADGE")), CustomRecognisers.of(List.of(badge)));
        assertThat(Combined.of(both).states()).isEqualTo(Combined.build(both).states());
    }
}
