package io.doorbell.simulation.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.simulation.fault.LiveFaults;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A medium on which nothing goes wrong is asked everything that its namespace asks. */
class FaultyStoreTest {
    private static final Map<Class<?>, Object> VALUES =
            Map.of(int.class, 7, long.class, 512L, boolean.class, true);

    private final List<String> asked = new ArrayList<>();
    private final BlockStore medium =
            (BlockStore)
                    Proxy.newProxyInstance(
                            BlockStore.class.getClassLoader(),
                            new Class<?>[] {BlockStore.class},
                            (_, method, _) -> {
                                asked.add(method.getName());
                                return VALUES.get(method.getReturnType());
                            });
    private final FaultyStore store =
            new FaultyStore(medium, new LiveFaults(1, System::nanoTime, _ -> {}), 1 << 20, 512);

    static Stream<Method> methods() {
        return Arrays.stream(BlockStore.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyQuestion_isPassedOn_withItsAnswer(Method method) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes()).map(VALUES::get).toArray();

        Object answer = method.invoke(store, arguments);

        assertThat(asked).containsExactly(method.getName());
        assertThat(answer).isEqualTo(VALUES.get(method.getReturnType()));
    }
}
