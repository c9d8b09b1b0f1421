package dev.lenet.app.storage;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Refuses JSON in which a component of a record is missing, which Gson would read as 0 or null. What may be missing is a boxed number
 * or {@link Missable}.
 */
final class RequiredComponents implements TypeAdapterFactory {

    /** A component that need not be there; it is null then. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Missable {}

    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        if (!type.getRawType().isRecord()) {
            return null;
        }
        RecordComponent[] components = type.getRawType().getRecordComponents();
        TypeAdapter<T> record = gson.getDelegateAdapter(this, type);
        TypeAdapter<JsonElement> any = gson.getAdapter(JsonElement.class);
        return new TypeAdapter<>() {
            @Override
            public void write(JsonWriter out, T value) throws IOException {
                record.write(out, value);
            }

            @Override
            public T read(JsonReader in) throws IOException {
                JsonElement read = any.read(in);
                if (!read.isJsonObject()) {
                    throw new JsonParseException("no object");
                }
                for (RecordComponent component : components) {
                    String name = RunJson.name(component);
                    boolean missing = !read.getAsJsonObject().has(name)
                            || read.getAsJsonObject().get(name).isJsonNull();
                    if (missing && !mayBeNull(component)) {
                        throw new JsonParseException("no \"" + name + "\"");
                    }
                }
                T value = record.fromJsonTree(read);
                for (RecordComponent component : components) {
                    // Gson makes null of the name of an enum's constant that there is none of.
                    if (isNull(component, value) && !mayBeNull(component)) {
                        String name = RunJson.name(component);
                        throw new JsonParseException(
                                "\"" + name + "\": " + read.getAsJsonObject().get(name));
                    }
                }
                return value;
            }
        };
    }

    private static boolean mayBeNull(RecordComponent component) {
        return component.isAnnotationPresent(Missable.class) || Number.class.isAssignableFrom(component.getType());
    }

    private static boolean isNull(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value) == null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the components of a record have public accessors", e);
        }
    }
}
