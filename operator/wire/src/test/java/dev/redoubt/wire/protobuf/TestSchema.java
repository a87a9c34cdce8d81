package dev.redoubt.wire.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Schema;
import dev.redoubt.profiles.SchemaField;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.protobuf.ProtobufWalk.Default;
import dev.redoubt.wire.protobuf.ProtobufWalk.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A schema with every kind of field, as protobuf-java knows it and as the walk does, and messages of it. */
final class TestSchema {
    static final String MAIL = "ann@example.com";
    static final String INSTEAD = "<EMAIL_ADDRESS>, which is longer than what it stands for";

    static final Descriptor POINT = descriptor();

    private static final MessageShape SHAPE = MessageShape.resolve(new Schema(Map.of(
                    "Point",
                    Map.ofEntries(
                            field(1, "text string"),
                            field(2, "raw bytes"),
                            field(3, "count int64"),
                            field(4, "score double"),
                            field(5, "vector repeated float"),
                            field(6, "loose repeated float"),
                            field(7, "payload map Point"),
                            field(8, "below Point"),
                            field(9, "secret repeated string"),
                            field(10, "fixed float"),
                            field(11, "numbers repeated int64"),
                            field(12, "texts repeated string"),
                            field(13, "doubles repeated double")))))
            .get("Point");

    private static final PathNode RULES =
            PathNode.compile(List.of(rule(0, "raw", Reach.Copied), rule(1, "secret", Reach.Whole)), List.of());

    private TestSchema() {}

    private static Map.Entry<Integer, SchemaField> field(int number, String field) {
        return Map.entry(number, SchemaField.valueOf(field));
    }

    private static PathNode.Entry rule(int index, String path, Reach reach) {
        return new PathNode.Entry(PathPattern.parse(path), new Rule(index, reach, Naming.None, 0, FieldSet.NONE));
    }

    /** Looks for every text and key, and for what is taken out. */
    static Plan plan(boolean dropsUnknown, int depth) {
        return new Plan(RULES, SHAPE, Others.Redact, dropsUnknown, true, FieldNaming.NONE, 0, List.of(), depth);
    }

    /** What an editor does: replaces a text wherever it stands, takes secrets out. */
    static byte[] edited(byte[] message, Plan plan) throws ProtobufFault {
        Draft draft = plan.read(message, new Hits());
        for (int i = 0; i < draft.hits().size(); i++) {
            String text = new String(draft.text(i), StandardCharsets.UTF_8);
            if (draft.hits().rule(i) != null) {
                draft.clear(i);
            } else if (text.contains(MAIL)) {
                draft.putText(i, text.replace(MAIL, INSTEAD).getBytes(StandardCharsets.UTF_8));
            }
        }
        return draft.finish();
    }

    /** Looks for counts of points in the point, and tells of those that are absent. */
    static Plan defaults() {
        PathNode rules = PathNode.compile(
                List.of(rule(0, "below.count", Reach.Scalar), rule(1, "payload.*.count", Reach.Scalar)), List.of());
        long count = NameHash.of("count");
        return new Plan(
                rules,
                SHAPE,
                Others.Pass,
                false,
                false,
                FieldNaming.NONE,
                0,
                List.of(new Default(0, count), new Default(1, count)),
                16);
    }

    /** The message with a count in each of those, by protobuf-java's tree. */
    static DynamicMessage counted(DynamicMessage message, long count) {
        DynamicMessage.Builder counted = message.toBuilder();
        FieldDescriptor below = POINT.findFieldByName("below");
        FieldDescriptor payload = POINT.findFieldByName("payload");
        if (message.hasField(below)) {
            counted.setField(below, withCount((DynamicMessage) message.getField(below), count));
        }
        for (int i = 0; i < message.getRepeatedFieldCount(payload); i++) {
            DynamicMessage entry = (DynamicMessage) message.getRepeatedField(payload, i);
            FieldDescriptor value = entry.getDescriptorForType().findFieldByNumber(2);
            DynamicMessage point = withCount((DynamicMessage) entry.getField(value), count);
            counted.setRepeatedField(
                    payload, i, entry.toBuilder().setField(value, point).build());
        }
        return counted.build();
    }

    private static DynamicMessage withCount(DynamicMessage point, long count) {
        FieldDescriptor field = POINT.findFieldByName("count");
        return point.hasField(field)
                ? point
                : point.toBuilder().setField(field, count).build();
    }

    private static FieldDescriptorProto field(int number, String name, Type type, Label label, String of) {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setNumber(number)
                .setName(name)
                .setType(type)
                .setLabel(label);
        if (of != null) {
            field.setTypeName(of);
        }
        return field.build();
    }

    private static Descriptor descriptor() {
        DescriptorProto.Builder point = DescriptorProto.newBuilder()
                .setName("Point")
                .addField(field(1, "text", Type.TYPE_STRING, Label.LABEL_OPTIONAL, null))
                .addField(field(2, "raw", Type.TYPE_BYTES, Label.LABEL_OPTIONAL, null))
                .addField(field(3, "count", Type.TYPE_INT64, Label.LABEL_OPTIONAL, null))
                .addField(field(4, "score", Type.TYPE_DOUBLE, Label.LABEL_OPTIONAL, null))
                .addField(field(5, "vector", Type.TYPE_FLOAT, Label.LABEL_REPEATED, null))
                .addField(field(6, "loose", Type.TYPE_FLOAT, Label.LABEL_REPEATED, null).toBuilder()
                        .setOptions(FieldOptions.newBuilder().setPacked(false))
                        .build())
                .addField(field(7, "payload", Type.TYPE_MESSAGE, Label.LABEL_REPEATED, ".Point.PayloadEntry"))
                .addField(field(8, "below", Type.TYPE_MESSAGE, Label.LABEL_OPTIONAL, ".Point"))
                .addField(field(9, "secret", Type.TYPE_STRING, Label.LABEL_REPEATED, null))
                .addField(field(10, "fixed", Type.TYPE_FLOAT, Label.LABEL_OPTIONAL, null))
                .addField(field(11, "numbers", Type.TYPE_INT64, Label.LABEL_REPEATED, null))
                .addField(field(12, "texts", Type.TYPE_STRING, Label.LABEL_REPEATED, null))
                .addField(field(13, "doubles", Type.TYPE_DOUBLE, Label.LABEL_REPEATED, null))
                .addNestedType(DescriptorProto.newBuilder()
                        .setName("PayloadEntry")
                        .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                        .addField(field(1, "key", Type.TYPE_STRING, Label.LABEL_OPTIONAL, null))
                        .addField(field(2, "value", Type.TYPE_MESSAGE, Label.LABEL_OPTIONAL, ".Point")));
        try {
            return FileDescriptor.buildFrom(
                            FileDescriptorProto.newBuilder()
                                    .setName("point.proto")
                                    .setSyntax("proto3")
                                    .addMessageType(point)
                                    .build(),
                            new FileDescriptor[0])
                    .findMessageTypeByName("Point");
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    /** The same by protobuf-java's tree. */
    static DynamicMessage edited(DynamicMessage message) {
        return edited(message, true);
    }

    private static DynamicMessage edited(DynamicMessage message, boolean root) {
        DynamicMessage.Builder edited = DynamicMessage.newBuilder(message.getDescriptorForType());
        message.getAllFields().forEach((field, value) -> {
            boolean dropped = field.getName().equals(root ? "secret" : "raw");
            if (dropped) {
                return;
            }
            if (field.isRepeated()) {
                ((List<?>) value).forEach(item -> edited.addRepeatedField(field, edited(field, item)));
            } else {
                edited.setField(field, edited(field, value));
            }
        });
        return edited.build();
    }

    private static Object edited(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case STRING -> ((String) value).replace(MAIL, INSTEAD);
            case MESSAGE -> edited((DynamicMessage) value, false);
            default -> value;
        };
    }

    /** A message, some fields of it unknown to the walk where asked for. */
    static DynamicMessage message(Random random, int depth, boolean unknown) {
        return message(POINT, random, depth, unknown);
    }

    private static DynamicMessage message(Descriptor type, Random random, int depth, boolean unknown) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            boolean deeper = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (random.nextInt(3) == 0 || deeper && depth == 0) {
                continue;
            }
            if (field.isMapField()) {
                Set<Object> keys = new HashSet<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    DynamicMessage entry = entry(field.getMessageType(), random, depth, unknown);
                    if (keys.add(entry.getField(field.getMessageType().findFieldByNumber(1)))) {
                        message.addRepeatedField(field, entry);
                    }
                }
            } else if (field.isRepeated()) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    message.addRepeatedField(field, value(field, random, depth, unknown));
                }
            } else {
                message.setField(field, value(field, random, depth, unknown));
            }
        }
        if (unknown && random.nextInt(2) == 0) {
            message.setUnknownFields(UnknownFieldSet.newBuilder()
                    .addField(
                            random.nextInt(2) == 0 ? 100 : 3_000_000,
                            UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(ByteString.copyFromUtf8(MAIL))
                                    .addVarint(-1)
                                    .addFixed32(1)
                                    .addFixed64(2)
                                    .build())
                    .build());
        }
        return message.build();
    }

    private static DynamicMessage entry(Descriptor type, Random random, int depth, boolean unknown) {
        DynamicMessage.Builder entry = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            entry.setField(field, value(field, random, depth, unknown));
        }
        return entry.build();
    }

    private static Object value(FieldDescriptor field, Random random, int depth, boolean unknown) {
        return switch (field.getJavaType()) {
            case INT -> random.nextInt();
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> text(random);
            case BYTE_STRING -> ByteString.copyFromUtf8(text(random));
            case ENUM -> throw new AssertionError("there is none");
            case MESSAGE -> message(field.getMessageType(), random, depth - 1, unknown);
        };
    }

    private static String text(Random random) {
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(List.of(MAIL, "é", "😀", "a".repeat(60), "to ", "").get(random.nextInt(6)));
        }
        return String.join("", parts);
    }
}
