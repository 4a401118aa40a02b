package io.doorbell.reactor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * The reactors of one actor system: how to get them, where to place actors on them, what they did.
 *
 * <p>Reactor 0 also runs every actor that asks for no dispatcher, Pekko's own included.
 */
public final class Reactors {
    static final String REACTOR_KEY = "reactor";
    private static final int THROUGHPUT_MESSAGES = 64; // measured: more gains nothing
    private static final String BLOCKING = "doorbell.blocking";
    private static final String DEFAULT_DISPATCHER = "pekko.actor.default-dispatcher";
    private static final String BLOCKING_IO_DISPATCHER =
            "pekko.actor.default-blocking-io-dispatcher";

    private static final Config ON_POOL =
            ConfigFactory.parseMap(Map.of("type", ReactorDispatcher.OnPool.class.getName()));

    private final Reactor[] reactors;
    private final LongAdder messagesFromOutside = new LongAdder();
    private volatile @Nullable MessageFilter filter;

    Reactors(Settings settings, String system, UnaryOperator<Thread> prepare, LongSupplier clock) {
        reactors = new Reactor[settings.count()];
        for (int i = 0; i < reactors.length; i++) {
            String name = system + "-reactor-" + i;
            reactors[i] =
                    new Reactor(
                            settings,
                            clock,
                            reactor -> prepared(new ReactorThread(this, reactor, name), prepare));
        }
    }

    private static Thread prepared(Thread thread, UnaryOperator<Thread> prepare) {
        Thread prepared = prepare.apply(thread);
        prepared.setDaemon(true);
        return prepared;
    }

    /**
     * How many reactors, and how they share their time.
     *
     * @param count reactors, 1 to 1,024; one per core is best
     * @param quantum tasks that may run newest first before the oldest has its turn, 1 to
     *     1,048,576: more keeps caches warmer, less is fairer
     * @param spins looks into the inbox before parking, 0 to 1,048,576: trades idle CPU time for a
     *     faster wake-up from another core
     */
    public record Settings(int count, int quantum, int spins) {
        private static final String PATH = "doorbell.reactors";
        private static final int COUNT_MAX = 1024;
        private static final int QUANTUM_MAX = 1 << 20;
        private static final int SPINS_MAX = 1 << 20;

        /** Checks the ranges. */
        public Settings {
            check("count", count, 1, COUNT_MAX, "reactors, one per core is best");
            check("quantum", quantum, 1, QUANTUM_MAX, "tasks, 256 suits up to 10,000 queue pairs");
            check("spins", spins, 0, SPINS_MAX, "looks before parking, 0 saves power");
        }

        private static void check(String name, int value, int min, int max, String advice) {
            if (value < min || value > max) {
                throw new IllegalArgumentException(
                        "%s.%s = %d is outside %d to %d: %s"
                                .formatted(PATH, name, value, min, max, advice));
            }
        }

        /** The values of this module's {@code reference.conf}. */
        public static Settings defaults() {
            return from(ConfigFactory.defaultReference(Reactors.class.getClassLoader()));
        }

        /**
         * The values at {@code doorbell.reactors} of a loaded configuration.
         *
         * @throws ConfigException naming file, line and range if one is missing or impossible
         */
        public static Settings from(Config config) {
            Config section = config.getConfig(PATH);
            int count =
                    "auto".equals(section.getString("count"))
                            ? Math.min(Runtime.getRuntime().availableProcessors(), COUNT_MAX)
                            : section.getInt("count");
            try {
                return new Settings(count, section.getInt("quantum"), section.getInt("spins"));
            } catch (IllegalArgumentException outOfRange) {
                throw new ConfigException.BadValue(
                        section.origin(), PATH, String.valueOf(outOfRange.getMessage()));
            }
        }
    }

    /**
     * What an actor system needs to run on reactors; use it with the user's configuration as
     * fallback, or alone. Logging is left to the caller.
     */
    public static Config config(Settings settings) {
        Config config =
                ConfigFactory.parseMap(system(settings))
                        .withFallback(onReactor(0).atPath(DEFAULT_DISPATCHER))
                        .withFallback(ON_POOL.atPath(BLOCKING_IO_DISPATCHER))
                        .withFallback(ON_POOL.atPath(BLOCKING));
        for (int i = 1; i < settings.count(); i++) {
            config = config.withFallback(onReactor(i).atPath(dispatcherId(i)));
        }
        return config;
    }

    /**
     * What else a dispatcher of one's own needs, with an executor of its own, so that its messages
     * are counted and {@link #filter filtered} as all others.
     */
    public static Config counted(String dispatcherPath) {
        return ON_POOL.atPath(dispatcherPath);
    }

    private static Map<String, Object> system(Settings settings) {
        return Map.of(
                "pekko.scheduler.implementation",
                ReactorScheduler.class.getName(),
                "pekko.actor.internal-dispatcher",
                DEFAULT_DISPATCHER,
                dispatcherId(0),
                DEFAULT_DISPATCHER,
                Settings.PATH + ".count",
                settings.count(),
                Settings.PATH + ".quantum",
                settings.quantum(),
                Settings.PATH + ".spins",
                settings.spins());
    }

    private static Config onReactor(int index) {
        return ConfigFactory.parseMap(
                Map.of(
                        "type",
                        ReactorDispatcher.OnReactor.class.getName(),
                        REACTOR_KEY,
                        index,
                        "throughput",
                        THROUGHPUT_MESSAGES));
    }

    private static String dispatcherId(int reactor) {
        return "doorbell.reactor-" + reactor;
    }

    /** Places an actor on a reactor, 0 to {@code count - 1}; spawning fails if there is no such. */
    public static DispatcherSelector selector(int reactor) {
        return DispatcherSelector.fromConfig(dispatcherId(reactor));
    }

    /** Places an actor that blocks, on files for example, on a small thread pool. */
    public static DispatcherSelector blocking() {
        return DispatcherSelector.fromConfig(BLOCKING);
    }

    /**
     * The reactors of a system.
     *
     * @throws IllegalArgumentException if it was not made with {@link #config}
     */
    public static Reactors of(ActorSystem<?> system) {
        return ReactorScheduler.from(system.classicSystem().scheduler()).reactors();
    }

    /**
     * Messages sent to actors of this system since it began, whoever sent them and wherever they
     * run; Pekko's system messages not counted. Exact when the system is quiet.
     */
    public long messagesSent() {
        long sum = messagesFromOutside.sum();
        for (Reactor reactor : reactors) {
            sum += reactor.messagesSent().sum();
        }
        return sum;
    }

    /** Tasks (mostly: a mailbox with its messages) run by all reactors. Exact when quiet. */
    public long tasksRun() {
        long sum = 0;
        for (Reactor reactor : reactors) {
            sum += reactor.tasksRun();
        }
        return sum;
    }

    /**
     * Makes a reactor look at a source besides its actors, until the source or the reactor ends.
     *
     * @param reactor 0 to {@code count() - 1}; looks at no other source
     */
    public void attach(int reactor, EventSource source) {
        reactor(reactor).attach(source);
    }

    /**
     * From now on every message to an actor of this system passes this filter; null for none, which
     * costs a message one load.
     */
    public void filter(@Nullable MessageFilter next) {
        filter = next;
    }

    @Nullable MessageFilter filter() {
        return filter;
    }

    /** How many reactors there are. */
    public int count() {
        return reactors.length;
    }

    /**
     * The thread of a reactor, for measuring its CPU time. Not started before its first work.
     *
     * @param reactor 0 to {@code count() - 1}
     */
    public Thread thread(int reactor) {
        return reactor(reactor).thread();
    }

    Reactor reactor(int index) {
        if (index < 0 || index >= reactors.length) {
            throw new IllegalArgumentException(
                    "There is no reactor %d, only 0 to %d: raise %s.count or place it elsewhere"
                            .formatted(index, reactors.length - 1, Settings.PATH));
        }
        return reactors[index];
    }

    /** The reactor of this system that the calling thread runs, or null. */
    @Nullable Reactor current() {
        return Thread.currentThread() instanceof ReactorThread thread && thread.belongsTo(this)
                ? thread.reactor()
                : null;
    }

    void countMessage() {
        Reactor current = current();
        if (current != null) {
            current.messagesSent().add(1);
        } else {
            messagesFromOutside.increment();
        }
    }

    void close() {
        for (Reactor reactor : reactors) {
            reactor.close();
        }
    }
}
