package dev.redoubt.wire.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;
import dev.redoubt.wire.protobuf.MessageShape.Spec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A schema with every kind of field, as protobuf-java knows it and as the walk does, and messages of it. */
final class TestSchema {
    static final String MAIL = "ann@example.com";
    static final String INSTEAD = "<EMAIL_ADDRESS>, which is longer than what it stands for";

    static final Descriptor POINT = descriptor();

    static final MessageShape SHAPE = MessageShape.resolve(Map.of(
                    "Point",
                    Map.ofEntries(
                            Map.entry(1, new Spec(FieldKind.Text, null, 7)),
                            Map.entry(2, Spec.of(FieldKind.Bytes)),
                            Map.entry(3, Spec.of(FieldKind.Varint)),
                            Map.entry(4, Spec.of(FieldKind.Fixed64)),
                            Map.entry(5, Spec.of(FieldKind.Fixed32s)),
                            Map.entry(6, Spec.of(FieldKind.Fixed32s)),
                            Map.entry(7, Spec.message("Entry")),
                            Map.entry(8, Spec.message("Point")),
                            Map.entry(9, Spec.of(FieldKind.Dropped)),
                            Map.entry(10, Spec.of(FieldKind.Fixed32)),
                            Map.entry(11, Spec.of(FieldKind.Varints)),
                            Map.entry(12, new Spec(FieldKind.Text, null, 7)),
                            Map.entry(13, Spec.of(FieldKind.Fixed64s)),
                            Map.entry(15, Spec.of(FieldKind.Refused))),
                    "Entry",
                    Map.of(1, new Spec(FieldKind.Text, null, 7), 2, Spec.message("Point"))))
            .get("Point");

    private TestSchema() {}

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
        DescriptorProto point = DescriptorProto.newBuilder()
                .setName("Point")
                .addField(field(1, "text", Type.TYPE_STRING, Label.LABEL_OPTIONAL, null))
                .addField(field(2, "raw", Type.TYPE_BYTES, Label.LABEL_OPTIONAL, null))
                .addField(field(3, "count", Type.TYPE_INT64, Label.LABEL_OPTIONAL, null))
                .addField(field(4, "score", Type.TYPE_DOUBLE, Label.LABEL_OPTIONAL, null))
                .addField(field(5, "vector", Type.TYPE_FLOAT, Label.LABEL_REPEATED, null))
                .addField(field(6, "loose", Type.TYPE_FLOAT, Label.LABEL_REPEATED, null).toBuilder()
                        .setOptions(FieldOptions.newBuilder().setPacked(false))
                        .build())
                .addField(field(7, "payload", Type.TYPE_MESSAGE, Label.LABEL_REPEATED, ".Entry"))
                .addField(field(8, "below", Type.TYPE_MESSAGE, Label.LABEL_OPTIONAL, ".Point"))
                .addField(field(9, "secret", Type.TYPE_STRING, Label.LABEL_REPEATED, null))
                .addField(field(10, "fixed", Type.TYPE_FIXED32, Label.LABEL_OPTIONAL, null))
                .addField(field(11, "numbers", Type.TYPE_SINT64, Label.LABEL_REPEATED, null))
                .addField(field(12, "texts", Type.TYPE_STRING, Label.LABEL_REPEATED, null))
                .addField(field(13, "doubles", Type.TYPE_DOUBLE, Label.LABEL_REPEATED, null))
                .build();
        DescriptorProto entry = DescriptorProto.newBuilder()
                .setName("Entry")
                .addField(field(1, "key", Type.TYPE_STRING, Label.LABEL_OPTIONAL, null))
                .addField(field(2, "value", Type.TYPE_MESSAGE, Label.LABEL_OPTIONAL, ".Point"))
                .build();
        try {
            return FileDescriptor.buildFrom(
                            FileDescriptorProto.newBuilder()
                                    .setName("point.proto")
                                    .setSyntax("proto3")
                                    .addMessageType(point)
                                    .addMessageType(entry)
                                    .build(),
                            new FileDescriptor[0])
                    .findMessageTypeByName("Point");
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    /** What the walk's editor does to a text: {@code null} where there is nothing to do. */
    static byte[] edited(int rule, byte[] in, int from, int to) {
        String text = new String(in, from, to - from, StandardCharsets.UTF_8);
        return rule == 7 && text.contains(MAIL) ? text.replace(MAIL, INSTEAD).getBytes(StandardCharsets.UTF_8) : null;
    }

    /** The same by protobuf-java's tree. */
    static DynamicMessage edited(DynamicMessage message) {
        DynamicMessage.Builder edited = DynamicMessage.newBuilder(message.getDescriptorForType());
        message.getAllFields().forEach((field, value) -> {
            if (field.getName().equals("secret")) {
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
            case MESSAGE -> edited((DynamicMessage) value);
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
            if (field.isRepeated()) {
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
