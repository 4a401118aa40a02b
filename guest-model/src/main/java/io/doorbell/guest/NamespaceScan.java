package io.doorbell.guest;

import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.Status;
import io.doorbell.spec.Version;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.spec.identify.IndependentIdentifyNamespace;
import io.doorbell.spec.identify.LbaFormat;
import io.doorbell.spec.identify.NamespaceList;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Finds the namespaces of a controller as Linux does, looks at every one, and takes the first that
 * can be used. A namespace whose Identify fails is passed over.
 */
final class NamespaceScan {
    private static final int NOT_READY = 0; // NSTAT.NRDY

    private final AdminCommands commands;
    private final ControllerSetup.Features features;
    private final int namespaceIdMax;
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
    private @Nullable NamespaceInfo found;
    private int seenCount;
    private String lastProblem = "";
    private Consumer<NamespaceInfo> ready = _ -> {};
    private Consumer<String> failed = _ -> {};

    /**
     * @param namespaceIdMax NN, unsigned
     */
    NamespaceScan(AdminCommands commands, ControllerSetup.Features features, int namespaceIdMax) {
        this.commands = commands;
        this.features = features;
        this.namespaceIdMax = namespaceIdMax;
    }

    void start(Consumer<NamespaceInfo> whenReady, Consumer<String> whenFailed) {
        ready = whenReady;
        failed = whenFailed;
        if (features.version() >= Version.V1_1) {
            list(0);
        } else {
            tryEach(1);
        }
    }

    /** The active namespaces above an id, a page of them at a time. */
    private void list(int after) {
        commands.identify(
                Identify.ACTIVE_NAMESPACE_LIST,
                after,
                outcome -> {
                    if (!outcome.isSuccess()) {
                        tryEach(1);
                        return;
                    }
                    NamespaceList ids = new NamespaceList().wrap(commands.page(), 0);
                    int count = ids.count();
                    for (int i = 0; i < count; i++) {
                        waiting.add(ids.namespaceId(i));
                    }
                    int last = count == 0 ? after : ids.namespaceId(count - 1);
                    boolean more =
                            count == NamespaceList.NSID_COUNT
                                    && Integer.compareUnsigned(last, after) > 0;
                    lookAtWaiting(() -> endOfPage(more, last));
                });
    }

    private void endOfPage(boolean more, int last) {
        if (more) {
            list(last);
        } else {
            finish();
        }
    }

    /** Without a list, every id there may be. */
    private void tryEach(int id) {
        if (id == 0 || Integer.compareUnsigned(id, namespaceIdMax) > 0) {
            finish();
        } else {
            lookAt(id, () -> tryEach(id + 1));
        }
    }

    private void lookAtWaiting(Runnable next) {
        Integer id = waiting.pollFirst();
        if (id == null) {
            next.run();
        } else {
            lookAt(id, () -> lookAtWaiting(next));
        }
    }

    private void lookAt(int id, Runnable next) {
        seenCount++;
        if (features.version() >= Version.V1_3
                || DriverStart.hasCommandSets(features.capabilities())) {
            step(Identify.NAMESPACE_DESCRIPTORS, id, next, () -> lookWhetherReady(id, next));
        } else {
            lookWhetherReady(id, next);
        }
    }

    private void lookWhetherReady(int id, Runnable next) {
        if (ControllerCapabilities.readyIndependentOfMediaSupported(features.capabilities())) {
            step(
                    Identify.INDEPENDENT_NAMESPACE,
                    id,
                    next,
                    () -> {
                        int status =
                                new IndependentIdentifyNamespace()
                                        .wrap(commands.page(), 0)
                                        .status();
                        if ((status & 1) == NOT_READY) {
                            skip(id, "it is not ready", next);
                        } else {
                            readFormat(id, next);
                        }
                    });
        } else {
            step(
                    Identify.NAMESPACE,
                    id,
                    next,
                    () -> {
                        if (namespace().capacityBlocks() == 0) {
                            skip(id, "it is not active", next);
                        } else {
                            readFormat(id, next);
                        }
                    });
        }
    }

    private void readFormat(int id, Runnable next) {
        step(
                Identify.NAMESPACE,
                id,
                next,
                () -> {
                    IdentifyNamespace namespace = namespace();
                    int format = namespace.lbaFormat(namespace.formatIndex());
                    int blockSizeLog2 = LbaFormat.dataSizeLog2(format);
                    if (blockSizeLog2 < 9 || blockSizeLog2 > 12) {
                        skip(id, "its blocks have 2^" + blockSizeLog2 + " bytes", next);
                        return;
                    }
                    if (found == null) {
                        found = new NamespaceInfo(id, namespace.sizeBlocks(), blockSizeLog2);
                    }
                    next.run();
                });
    }

    private IdentifyNamespace namespace() {
        return new IdentifyNamespace().wrap(commands.page(), 0);
    }

    private void step(int structure, int id, Runnable whenFailed, Runnable whenDone) {
        commands.identify(
                structure,
                id,
                outcome -> {
                    if (outcome.isSuccess()) {
                        whenDone.run();
                    } else {
                        skip(
                                id,
                                AdminCommands.identifyName(structure)
                                        + " failed: "
                                        + Status.describe(outcome.status()),
                                whenFailed);
                    }
                });
    }

    private void skip(int id, String problem, Runnable next) {
        lastProblem = "namespace %s: %s".formatted(Integer.toUnsignedString(id), problem);
        next.run();
    }

    private void finish() {
        if (found != null) {
            ready.accept(found);
        } else if (seenCount == 0) {
            failed.accept("the controller has no namespace");
        } else {
            failed.accept(
                    "none of %,d namespaces can be used; %s".formatted(seenCount, lastProblem));
        }
    }
}
