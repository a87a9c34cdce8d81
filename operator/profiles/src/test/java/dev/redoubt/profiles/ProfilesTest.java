package dev.redoubt.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProfilesTest {
    private final Profiles profiles = Profiles.builtIn();

    @Test
    void everyProfileOfTheBuildIsReadAndFoundByItsName() {
        assertThat(profiles.all())
                .extracting(Profile::name)
                .containsExactly(
                        "Chroma",
                        "Elasticsearch",
                        "Milvus",
                        "Ollama",
                        "OpenAI",
                        "OpenSearch",
                        "PgVector",
                        "Qdrant",
                        "TGI",
                        "Weaviate");
        assertThat(profiles.find("Chroma")).isPresent();
        assertThat(profiles.find("Nothing")).isEmpty();
    }

    @Test
    void whatTheBuildMadeOfAProfileIsWhatPeopleWrote() {
        assertThat(profiles.all().stream().map(ProfilesTest::told))
                .containsExactlyInAnyOrderElementsOf(CompiledProfiles.sources().stream()
                        .map(ProfilesTest::told)
                        .toList());
    }

    /** All that is in a profile. Patterns are equal to nothing but themselves, and maps are in no order. */
    private static String told(Profile profile) {
        return Stream.of(Profile.class.getRecordComponents())
                .map(component -> {
                    try {
                        Object value = component.getAccessor().invoke(profile);
                        return component.getName() + "="
                                + (value instanceof Map<?, ?> map ? new TreeMap<>(map) : value);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.joining("\n"));
    }

    @Test
    void whatSpeaksNothingButHttpIsKnownWithoutReadingIt() {
        assertThat(profiles.speaking(Profile.Protocol.Http))
                .containsExactlyElementsOf(profiles.all().stream()
                        .filter(profile -> !profile.speaks(Profile.Protocol.Postgres))
                        .map(Profile::name)
                        .toList());
    }

    @Test
    void theNameOfAPortSaysWhatIsSpokenThere() {
        assertThat(profiles.protocol("postgres")).isEqualTo(Profile.Protocol.Postgres);
        assertThat(profiles.protocol("http")).isEqualTo(Profile.Protocol.Http);
        assertThat(profiles.protocol("another")).isEqualTo(Profile.Protocol.Http);
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
    void aStoreNamesTheVectorsOfEveryReadOrRefusesWhatItDoesNotName() {
        for (Profile profile : profiles.all()) {
            for (Route route : profile.routes()) {
                // what others than readers may ask too is about collections
                if (route.operations().equals(List.of(Operation.Query))
                        && route.request().encoding() != MessageSpec.Encoding.None
                        && route.response().others() != MessageSpec.Others.Refuse) {
                    assertThat(route.response().values())
                            .as(profile.name() + " " + route.name())
                            .anyMatch(value -> value.role() == Role.Vector || value.role() == Role.Document);
                }
            }
        }
    }

    @Test
    void everyAnswerOfMilvusHasItsStatusWhereProblemsArePut() {
        Profile milvus = profiles.find("Milvus").orElseThrow();
        for (Route route : milvus.routes()) {
            String type = route.response().type();
            if (type != null && !type.equals("Status")) {
                SchemaField first = milvus.schema().types().get(type).get(1);
                assertThat(first).as(route.name()).isEqualTo(SchemaField.valueOf("status Status"));
            }
        }
    }

    @Test
    void everyFilterThatARequestMayHaveIsConfinedToTheTenant() {
        for (Profile profile : profiles.all()) {
            for (Route route : profile.routes()) {
                if (route.tenant() != null) {
                    Set<String> merged = new HashSet<>();
                    for (TenantRule.Filter filter : route.tenant().filters()) {
                        filter.at().forEach(at -> merged.add(join(at, filter.member())));
                    }
                    assertThat(merged).as(profile.name() + " " + route.name()).containsAll(filters(route));
                }
            }
        }
    }

    /** Filters by the names that the engines here have for them. */
    private static Set<String> filters(Route route) {
        Set<String> filters = new HashSet<>();
        for (ValueSpec value : route.request().values()) {
            if (value.path().matches("(.*[.])?(filter|update_filter|where)[.][*][*]")) {
                filters.add(value.path().substring(0, value.path().length() - ".**".length()));
            }
        }
        return filters;
    }

    private static String join(String object, String member) {
        return object.isEmpty() ? member : object + "." + member;
    }

    @Test
    void anAnswerWithRecordsIsCheckedForTheTenant() {
        for (Profile profile : profiles.all()) {
            for (Route route : profile.routes()) {
                // the answer to a write names what the client named
                boolean shows = route.request().stage() != Stage.Ingest
                        && route.response().values().stream().anyMatch(value -> value.role() == Role.RecordId)
                        && route.response().values().stream().anyMatch(value -> value.field() != null);
                if (route.tenant() != null && shows) {
                    TenantRule.Check check = route.tenant().check();
                    assertThat(check).as(profile.name() + " " + route.name()).isNotNull();
                    assertThat(check.required() || !route.tenant().filters().isEmpty())
                            .as(profile.name() + " " + route.name())
                            .isTrue();
                }
            }
        }
    }
}
