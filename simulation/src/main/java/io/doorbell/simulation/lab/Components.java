package io.doorbell.simulation.lab;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Records with one component changed, by its name, so that new components change nothing here. */
public final class Components {
    private Components() {}

    /** The number that a component holds. */
    public static long number(Record record, String name) {
        try {
            return ((Number) component(record, name).getAccessor().invoke(record)).longValue();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The same but for one component.
     *
     * @throws IllegalArgumentException if the record refuses it, or there is none of that name
     */
    @SuppressWarnings("unchecked") // the class of a record makes records of that class
    public static <T extends Record> T with(T record, String name, Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        try {
            component(record, name);
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getAccessor().invoke(record);
                if (components[i].getName().equals(name)) {
                    values[i] = fitting(values[i], value);
                }
            }
            Class<?>[] types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            return (T) record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(name + " cannot be " + value, refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object fitting(Object former, Object value) {
        return switch (value) {
            case Number number when former instanceof Integer -> number.intValue();
            case Number number when former instanceof Long -> number.longValue();
            default -> value;
        };
    }

    private static RecordComponent component(Record record, String name) {
        return Arrays.stream(record.getClass().getRecordComponents())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + name));
    }
}
