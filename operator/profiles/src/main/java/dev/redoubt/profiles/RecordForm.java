package dev.redoubt.profiles;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Records as bytes: their components one behind the other, as the types say that they are declared with. Read by the very
 * code that wrote it, a hundred times faster than JSON is by a JVM that has just begun.
 */
final class RecordForm {
    private final Map<Class<?>, Shape> shapes = new HashMap<>();

    /** How a record is made. */
    private record Shape(Constructor<?> constructor, Type[] types) {
        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] raw =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Type[] types = Arrays.stream(components)
                    .map(RecordComponent::getGenericType)
                    .toArray(Type[]::new);
            try {
                return new Shape(type.getDeclaredConstructor(raw), types);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("every record has its canonical constructor", e);
            }
        }
    }

    /** @throws IllegalArgumentException where a value is of a type that has no form here */
    void write(Type type, Object value, DataOutput out) throws IOException {
        if (type == boolean.class) {
            out.writeBoolean((boolean) value);
            return;
        }
        if (type == int.class) {
            out.writeInt((int) value);
            return;
        }
        out.writeBoolean(value != null);
        if (value == null) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            writeSeveral(generic, value, out);
        } else if (value instanceof String text) {
            out.writeUTF(text);
        } else if (value instanceof Integer number) {
            out.writeInt(number);
        } else if (value instanceof Pattern pattern && pattern.flags() == 0) {
            out.writeUTF(pattern.pattern());
        } else if (value instanceof Enum<?> constant) {
            out.writeByte(constant.ordinal());
        } else if (value instanceof Record) {
            RecordComponent[] components = value.getClass().getRecordComponents();
            for (RecordComponent component : components) {
                write(component.getGenericType(), get(component, value), out);
            }
        } else {
            throw new IllegalArgumentException("no form for " + type);
        }
    }

    private static Object get(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }

    private void writeSeveral(ParameterizedType type, Object value, DataOutput out) throws IOException {
        Type[] of = type.getActualTypeArguments();
        if (value instanceof List<?> list) {
            out.writeShort(list.size());
            for (Object each : list) {
                write(of[0], each, out);
            }
        } else if (value instanceof Map<?, ?> map) {
            out.writeShort(map.size());
            for (Map.Entry<?, ?> each : map.entrySet()) {
                write(of[0], each.getKey(), out);
                write(of[1], each.getValue(), out);
            }
        } else if (value instanceof Optional<?> optional) {
            write(of[0], optional.orElse(null), out);
        } else {
            throw new IllegalArgumentException("no form for " + type);
        }
    }

    /** Reads what {@link #write} wrote for the same type; of anything else nothing is promised. */
    Object read(Type type, DataInput in) throws IOException {
        if (type == boolean.class) {
            return in.readBoolean();
        }
        if (type == int.class) {
            return in.readInt();
        }
        if (!in.readBoolean()) {
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            return readSeveral(generic, in);
        }
        if (type == String.class) {
            return in.readUTF();
        }
        if (type == Integer.class) {
            return in.readInt();
        }
        if (type == Pattern.class) {
            return Pattern.compile(in.readUTF());
        }
        Class<?> known = (Class<?>) type;
        return known.isEnum() ? known.getEnumConstants()[in.readUnsignedByte()] : readRecord(known, in);
    }

    private Object readSeveral(ParameterizedType type, DataInput in) throws IOException {
        Type[] of = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return Optional.ofNullable(read(of[0], in));
        }
        int size = in.readUnsignedShort();
        if (type.getRawType() == List.class) {
            List<Object> list = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                list.add(read(of[0], in));
            }
            return list;
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(read(of[0], in), read(of[1], in));
        }
        return map;
    }

    private Object readRecord(Class<?> type, DataInput in) throws IOException {
        Shape shape = shapes.computeIfAbsent(type, Shape::of);
        Object[] values = new Object[shape.types().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(shape.types()[i], in);
        }
        try {
            return shape.constructor().newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IOException("no " + type.getSimpleName() + " can be made of what was written", e);
        }
    }
}
