package io.doorbell.simulation.shrink;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Records with one component changed, by its name, so that new components change nothing here. */
final class Components {
    private Components() {}

    /** The number that a component holds. */
    static long number(Record record, String name) {
        try {
            return ((Number) component(record, name).getAccessor().invoke(record)).longValue();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same but for one number. */
    @SuppressWarnings("unchecked") // the class of a record makes records of that class
    static <T extends Record> T with(T record, String name, long value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getAccessor().invoke(record);
                if (components[i].getName().equals(name)) {
                    values[i] = values[i] instanceof Integer ? (Object) (int) value : value;
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

    private static RecordComponent component(Record record, String name) {
        return Arrays.stream(record.getClass().getRecordComponents())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name));
    }
}
