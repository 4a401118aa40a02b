package io.doorbell.controller.queue;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A model checker for code of a few loads and stores: runs programs on a machine of one processor
 * each, in every order there is.
 *
 * <p>A store waits in the buffer of its processor, where only its own loads see it, until the
 * explorer chooses to let it out; a fence and an exchange need an empty buffer. With {@link
 * StoreOrder#TOTAL} buffers empty in order: that is x86-TSO. With {@link StoreOrder#PER_ADDRESS}
 * stores to different words overtake each other, as on weaker machines.
 *
 * <p>There are no threads. What a program does next depends only on what it has read so far, so the
 * explorer runs it from its start, feeds it the same results again and stops it at the first step
 * that is new. Its past is therefore all there is to know about a program, and two orders that lead
 * to the same memory, buffers and pasts have the same future, which is explored once.
 */
final class InterleavingExplorer {
    /** In which order the stores of one processor reach memory. */
    enum StoreOrder {
        TOTAL,
        PER_ADDRESS
    }

    /** One step of a program, as others can tell it from another. */
    private sealed interface Step {}

    private record Load(int address) implements Step {}

    private record Store(int address, int value) implements Step {}

    private record Exchange(int address, int value) implements Step {}

    private record CompareExchange(int address, int expected, int value) implements Step {}

    private record Await(int address) implements Step {}

    private record Fence() implements Step {}

    private record Send() implements Step {}

    private record Receive() implements Step {}

    /** What the world looks like between two steps. */
    record State(
            List<Integer> memory,
            List<List<Store>> buffers,
            List<List<Integer>> pasts,
            int messages) {}

    /** How much there was to try. */
    record Explored(int states, BigInteger interleavings) {}

    /** Some order of steps led where it must not. */
    static final class Violation extends RuntimeException {
        Violation(String what, Deque<String> steps) {
            super(what + "\n  " + String.join("\n  ", steps));
        }
    }

    private static final class Suspended extends RuntimeException {
        Suspended() {
            super(null, null, false, false);
        }
    }

    private final Suspended suspended = new Suspended();
    private final StoreOrder storeOrder;
    private final List<Integer> initialMemory;
    private final List<Runnable> programs = new ArrayList<>();
    private final Map<State, BigInteger> interleavingsFrom = new HashMap<>();
    private final Deque<String> trace = new ArrayDeque<>();
    private Consumer<State> endCheck = _ -> {};

    // The program that is being run again.
    private int running;
    private List<Integer> past = List.of();
    private int position;
    private @Nullable Step next;

    InterleavingExplorer(StoreOrder storeOrder, Integer... initialMemory) {
        this.storeOrder = storeOrder;
        this.initialMemory = List.of(initialMemory);
    }

    /** Adds a program; it must forget everything when it starts. */
    InterleavingExplorer program(Runnable program) {
        programs.add(program);
        return this;
    }

    /**
     * What must hold when nothing can move any more. Every program has been run again to where it
     * ended or waits, so its fields can be looked at.
     */
    InterleavingExplorer atEnd(Consumer<State> check) {
        endCheck = check;
        return this;
    }

    // What a program may do.

    int load(int address) {
        return perform(new Load(address));
    }

    void store(int address, int value) {
        perform(new Store(address, value));
    }

    int exchange(int address, int value) {
        return perform(new Exchange(address, value));
    }

    boolean compareExchange(int address, int expected, int value) {
        return perform(new CompareExchange(address, expected, value)) == expected;
    }

    /** Waits until the word is not zero. */
    int await(int address) {
        return perform(new Await(address));
    }

    void fence() {
        perform(new Fence());
    }

    void send() {
        perform(new Send());
    }

    void receive() {
        perform(new Receive());
    }

    /** The index of the program that is running, in order of adding. */
    int running() {
        return running;
    }

    private int perform(Step step) {
        if (position < past.size()) {
            return past.get(position++);
        }
        next = step;
        throw suspended;
    }

    /** Tries everything. */
    Explored explore() {
        List<List<Store>> buffers = new ArrayList<>();
        List<List<Integer>> pasts = new ArrayList<>();
        programs.forEach(
                _ -> {
                    buffers.add(List.of());
                    pasts.add(List.of());
                });
        BigInteger count =
                explore(new State(initialMemory, List.copyOf(buffers), List.copyOf(pasts), 0));
        return new Explored(interleavingsFrom.size(), count);
    }

    private BigInteger explore(State state) {
        BigInteger known = interleavingsFrom.get(state);
        if (known != null) {
            return known;
        }
        BigInteger count = BigInteger.ZERO;
        boolean stuck = true;
        for (int program = 0; program < programs.size(); program++) {
            for (Store store : storesThatMayLeave(state.buffers().get(program))) {
                stuck = false;
                count =
                        count.add(
                                follow(program, "lets out " + store, flush(state, program, store)));
            }
            Step step = nextStep(state, program);
            if (step != null && isEnabled(state, program, step)) {
                stuck = false;
                count = count.add(follow(program, step.toString(), take(state, program, step)));
            }
        }
        if (stuck) {
            checkEnd(state);
            count = BigInteger.ONE;
        }
        interleavingsFrom.put(state, count);
        return count;
    }

    private BigInteger follow(int program, String step, State state) {
        trace.addLast("program " + program + ": " + step);
        BigInteger count = explore(state);
        trace.removeLast();
        return count;
    }

    private void checkEnd(State state) {
        for (int program = 0; program < programs.size(); program++) {
            nextStep(state, program);
        }
        try {
            endCheck.accept(state);
        } catch (AssertionError failed) {
            trace.addLast("the end: " + state);
            throw new Violation(String.valueOf(failed.getMessage()), trace);
        }
    }

    private @Nullable Step nextStep(State state, int program) {
        running = program;
        past = state.pasts().get(program);
        position = 0;
        next = null;
        try {
            programs.get(program).run();
        } catch (Suspended _) {
            return next;
        }
        return null;
    }

    private List<Store> storesThatMayLeave(List<Store> buffer) {
        return switch (storeOrder) {
            case TOTAL -> buffer.stream().limit(1).toList();
            case PER_ADDRESS ->
                    List.copyOf(
                            buffer.stream()
                                    .collect(
                                            Collectors.toMap(
                                                    Store::address, s -> s, (first, _) -> first))
                                    .values());
        };
    }

    private static boolean isEnabled(State state, int program, Step step) {
        boolean drained = state.buffers().get(program).isEmpty();
        return switch (step) {
            case Load _, Store _ -> true;
            case Fence _, Exchange _, CompareExchange _, Send _ -> drained;
            case Await(int address) -> drained && state.memory().get(address) != 0;
            case Receive _ -> drained && state.messages() > 0;
        };
    }

    private static State take(State state, int program, Step step) {
        return switch (step) {
            case Load(int address) -> answered(state, program, visible(state, program, address));
            case Store store ->
                    answered(
                            withBuffer(state, program, plus(state.buffers().get(program), store)),
                            program,
                            0);
            case Exchange(int address, int value) ->
                    answered(
                            withMemory(state, address, value),
                            program,
                            state.memory().get(address));
            case CompareExchange(int address, int expected, int value) -> {
                int old = state.memory().get(address);
                yield answered(
                        old == expected ? withMemory(state, address, value) : state, program, old);
            }
            case Await(int address) -> answered(state, program, state.memory().get(address));
            case Fence _ -> answered(state, program, 0);
            case Send _ -> answered(withMessages(state, state.messages() + 1), program, 0);
            case Receive _ -> answered(withMessages(state, state.messages() - 1), program, 0);
        };
    }

    private static State flush(State state, int program, Store store) {
        List<Store> rest = new ArrayList<>(state.buffers().get(program));
        rest.remove(store); // the first of its kind, hence the oldest
        return withMemory(
                withBuffer(state, program, List.copyOf(rest)), store.address(), store.value());
    }

    private static int visible(State state, int program, int address) {
        int value = state.memory().get(address);
        for (Store store : state.buffers().get(program)) {
            if (store.address() == address) {
                value = store.value();
            }
        }
        return value;
    }

    private static State answered(State state, int program, int result) {
        List<Integer> longer = plus(state.pasts().get(program), result);
        return new State(
                state.memory(),
                state.buffers(),
                with(state.pasts(), program, longer),
                state.messages());
    }

    private static State withMemory(State state, int address, int value) {
        return new State(
                with(state.memory(), address, value),
                state.buffers(),
                state.pasts(),
                state.messages());
    }

    private static State withBuffer(State state, int program, List<Store> buffer) {
        return new State(
                state.memory(),
                with(state.buffers(), program, buffer),
                state.pasts(),
                state.messages());
    }

    private static State withMessages(State state, int messages) {
        return new State(state.memory(), state.buffers(), state.pasts(), messages);
    }

    private static <T> List<T> plus(List<T> list, T added) {
        List<T> longer = new ArrayList<>(list);
        longer.add(added);
        return List.copyOf(longer);
    }

    private static <T> List<T> with(List<T> list, int index, T value) {
        List<T> changed = new ArrayList<>(list);
        changed.set(index, value);
        return List.copyOf(changed);
    }
}
