package io.doorbell.controller.admin;

import static io.doorbell.controller.TestHost.assertSuccess;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.IoCommand;
import io.doorbell.controller.TestHost;
import io.doorbell.controller.TestQueue;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.namespace.MemoryStore;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.FeatureId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Feature 06h at the store: what no host can see but by a power loss (Base §5.27.1.4). */
class WriteCacheTest {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final TestHost host =
            TestHost.machine().store(recorded(new MemoryStore(16 << 20))).start();

    private BlockStore recorded(BlockStore store) {
        return (BlockStore)
                Proxy.newProxyInstance(
                        BlockStore.class.getClassLoader(),
                        new Class<?>[] {BlockStore.class},
                        (_, method, arguments) -> {
                            switch (method.getName()) {
                                case "write", "zero" ->
                                        calls.add(
                                                method.getName()
                                                        + " durable="
                                                        + arguments[arguments.length - 1]);
                                case "flush" -> calls.add("flush");
                                default -> {}
                            }
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
    }

    @BeforeEach
    void enable() {
        host.enable();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void writeCacheOff_flushesThenMakesEveryWriteDurable() {
        TestQueue queue = host.createQueuePair(1, 16);
        long page = host.memory().pages(1);
        assertSuccess(host.run(queue, IoCommand.write(0, 1, page, 0)));
        setWriteCache(0);
        assertSuccess(host.run(queue, IoCommand.write(0, 1, page, 0)));
        assertSuccess(host.run(queue, IoCommand.writeZeroes(0, 1, false)));
        setWriteCache(1);
        assertSuccess(host.run(queue, IoCommand.write(0, 1, page, 0)));
        assertThat(calls)
                .containsExactly(
                        "write durable=false",
                        "flush",
                        "write durable=true",
                        "zero durable=true",
                        "write durable=false");
    }

    @Test
    void writeCacheThatWasSavedAsOff_isOffAfterAReset() {
        host.admin(
                AdminOpcode.SET_FEATURES,
                entry -> {
                    SetFeatures.featureId(entry, FeatureId.VOLATILE_WRITE_CACHE);
                    SetFeatures.save(entry, true);
                });
        host.disable();
        host.enableAgain();
        calls.clear();
        TestQueue queue = host.createQueuePair(1, 16);
        assertSuccess(host.run(queue, IoCommand.write(0, 1, host.memory().pages(1), 0)));
        assertThat(calls).containsExactly("write durable=true");
    }

    private void setWriteCache(int value) {
        assertSuccess(
                host.admin(
                        AdminOpcode.SET_FEATURES,
                        entry ->
                                SetFeatures.value(
                                        SetFeatures.featureId(
                                                entry, FeatureId.VOLATILE_WRITE_CACHE),
                                        value)));
    }
}
