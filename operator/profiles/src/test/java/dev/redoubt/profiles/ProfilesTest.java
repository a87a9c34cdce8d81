package dev.redoubt.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProfilesTest {
    private final Profiles profiles = Profiles.builtIn();

    @Test
    void everyProfileOfTheBuildIsReadAndFoundByItsName() {
        assertThat(profiles.all())
                .extracting(Profile::name)
                .containsExactly("Chroma", "Milvus", "Ollama", "OpenAI", "TGI", "Weaviate");
        assertThat(profiles.find("Chroma")).isPresent();
        assertThat(profiles.find("Nothing")).isEmpty();
    }

    @Test
    void noTwoRoutesOfAProfileAnswerTheSameRequest() {
        for (Profile profile : profiles.all()) {
            Set<String> shapes = new HashSet<>();
            for (Route route : profile.routes()) {
                String shape = route.method() + " " + route.path().replaceAll("\\{[^}]*}", "{}");
                assertThat(shapes.add(shape)).as(profile.name() + " " + shape).isTrue();
            }
        }
    }

    @Test
    void requestsThatCarryTextNameEveryFieldTheyMayHave() {
        for (Profile profile : profiles.all()) {
            for (Route route : profile.routes()) {
                if (route.request().encoding() != MessageSpec.Encoding.None) {
                    assertThat(route.request().others())
                            .as(profile.name() + " " + route.name())
                            .isEqualTo(MessageSpec.Others.Refuse);
                    assertThat(route.request().stage()).as(route.name()).isNotNull();
                }
            }
        }
    }

    @Test
    void aStoreNeverPassesVectorsOrScoresOfAReadUnnamed() {
        for (Profile profile : profiles.all()) {
            for (Route route : profile.routes()) {
                // what others than readers may ask too is about collections
                if (route.operations().equals(List.of(Operation.Query))
                        && route.request().encoding() != MessageSpec.Encoding.None
                        && route.response().others() != MessageSpec.Others.Refuse) {
                    assertThat(route.response().values())
                            .as(profile.name() + " " + route.name())
                            .anyMatch(value -> value.role() == Role.Vector);
                }
            }
        }
    }
}
