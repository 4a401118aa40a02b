package io.doorbell.testkit.life;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.queue.BatchPool;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.simulation.world.World;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * All that an object can reach, one line for each value, found by reflection: two objects in the
 * same state have the same lines. Fields that are named in {@code ignored} are left out.
 */
final class StateText {
    private static final List<Class<?>> SURROUNDINGS =
            List.of(
                    ActorContext.class,
                    Logger.class,
                    DispatcherSelector.class,
                    GuestMemory.class,
                    InterruptRoutes.class,
                    BlockStore.class,
                    World.class, // the clock
                    ShardCounters.class, // since power on, for reports
                    BatchPool.class); // empty batches, kept for use

    private final List<String> ignored; // Type.field
    private final List<String> lines = new ArrayList<>();
    private final IdentityHashMap<Object, String> seen = new IdentityHashMap<>();

    StateText(List<String> ignored) {
        this.ignored = ignored;
    }

    /** The lines of what was added, in order. */
    List<String> lines() {
        return lines;
    }

    StateText add(String name, Object value) {
        walk(name, value);
        return this;
    }

    private void walk(String path, Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof Class<?>) {
            lines.add(path + " = " + value);
        } else if (value instanceof ActorRef<?> ref) {
            lines.add(path + " -> " + withoutIncarnation(ref.path().toStringWithoutAddress()));
        } else if (SURROUNDINGS.stream().anyMatch(type -> type.isInstance(value))) {
            lines.add(path + " : " + value.getClass().getSimpleName());
        } else if (seen.putIfAbsent(value, path) != null) {
            lines.add(path + " is " + seen.get(value));
        } else if (value instanceof MemoryWindow window) {
            lines.add(path + " : window of " + window.sizeBytes());
        } else if (value instanceof MemorySegment segment) {
            byte[] content = segment.toArray(ValueLayout.JAVA_BYTE);
            lines.add(path + " : %d bytes, %x".formatted(content.length, Arrays.hashCode(content)));
        } else if (value.getClass().isArray()) {
            walkArray(path, value);
        } else if (value instanceof AtomicReferenceArray<?> array) {
            for (int i = 0; i < array.length(); i++) {
                walk(path + "[" + i + "]", array.get(i));
            }
        } else if (value instanceof Collection<?> collection) {
            lines.add(path + " has " + collection.size());
            int index = 0;
            for (Object element : collection) {
                walk(path + "[" + index++ + "]", element);
            }
        } else if (value instanceof Map<?, ?> map) {
            lines.add(path + " has " + map.size());
            map.forEach((key, element) -> walk(path + "[" + key + "]", element));
        } else if (isForeign(value.getClass())) {
            lines.add(path + " : " + value);
        } else {
            walkFields(path, value);
        }
    }

    private static boolean isForeign(Class<?> type) {
        return !type.getName().startsWith("io.doorbell.")
                && !type.getName().startsWith("org.apache.pekko.");
    }

    private void walkArray(String path, Object array) {
        int length = Array.getLength(array);
        if (array.getClass().getComponentType().isPrimitive()) {
            StringBuilder text = new StringBuilder(path + " =");
            for (int i = 0; i < length; i++) {
                text.append(' ').append(Array.get(array, i));
            }
            lines.add(text.toString());
        } else {
            for (int i = 0; i < length; i++) {
                walk(path + "[" + i + "]", Array.get(array, i));
            }
        }
    }

    private void walkFields(String path, Object value) {
        lines.add(path + " : " + typeName(value.getClass()));
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            if (isForeign(type)) {
                return;
            }
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !ignored.contains(type.getSimpleName() + "." + field.getName())) {
                    walk(path + "." + field.getName(), get(field, value));
                }
            }
        }
    }

    private static Object get(Field field, Object value) {
        try {
            field.setAccessible(true);
            return field.get(value);
        } catch (IllegalAccessException refused) {
            throw new IllegalStateException(field + " cannot be read", refused);
        }
    }

    /** Lambdas have a number in their name that says nothing. */
    private static String typeName(Class<?> type) {
        return type.getSimpleName().replaceAll("\\$\\$Lambda.*", "lambda");
    }

    private static String withoutIncarnation(String path) {
        return path.replaceAll("epoch-\\d+", "epoch").replaceAll("device-\\d+", "device");
    }

    /** The lines of one state that the other lacks, with a sign; empty if they are the same. */
    static List<String> difference(List<String> actual, List<String> expected) {
        List<String> difference = new ArrayList<>();
        Set<String> wanted = new LinkedHashSet<>(expected);
        Set<String> found = new LinkedHashSet<>(actual);
        expected.stream()
                .filter(line -> !found.contains(line))
                .forEach(line -> difference.add("- " + line));
        actual.stream()
                .filter(line -> !wanted.contains(line))
                .forEach(line -> difference.add("+ " + line));
        return difference;
    }
}
