package io.doorbell.simulation.timeline;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes a list of trace events: times in microseconds, threads numbered as they come up. */
final class JsonEvents {
    private static final double NANOS_PER_MICRO = 1000;

    /** A thread with the number of its process would be shown as that process's main thread. */
    private static final int FIRST_THREAD = 10;

    private final StringBuilder text = new StringBuilder();
    private final Map<String, Integer> threads = new LinkedHashMap<>();

    void process(int process, String name) {
        line("M", process, 0, 0, "process_name");
        text.append(",\"args\":{\"name\":").append(Json.string(name)).append("}}");
    }

    /** The number of a thread; named when it is first asked for. */
    int thread(int process, String name) {
        Integer known = threads.get(process + name);
        if (known != null) {
            return known;
        }
        int number = FIRST_THREAD + threads.size();
        threads.put(process + name, number);
        line("M", process, number, 0, "thread_name");
        text.append(",\"args\":{\"name\":").append(Json.string(name)).append("}}");
        return number;
    }

    void slice(long nanos, int process, int thread, String name, long lengthNanos) {
        line("X", process, thread, nanos, name);
        text.append(",\"dur\":").append(micros(lengthNanos)).append('}');
    }

    void instant(long nanos, int process, int thread, String name) {
        line("i", process, thread, nanos, name);
        text.append(",\"s\":\"p\"}");
    }

    /** One point of a flow: s begins, t goes on, f ends it. */
    void flow(long nanos, char phase, int process, int thread, int number) {
        line(Character.toString(phase), process, thread, nanos, "command");
        text.append(",\"cat\":\"flow\",\"id\":").append(number).append(",\"bp\":\"e\"}");
    }

    /** One point of an asynchronous event of a process: b begins, n is on the way, e ends it. */
    void async(long nanos, char phase, int process, int thread, int number, String name) {
        line(Character.toString(phase), process, thread, nanos, name);
        text.append(",\"cat\":\"command\",\"id2\":{\"local\":").append(number).append("}}");
    }

    void counter(long nanos, int process, String name, long value) {
        line("C", process, 0, nanos, name);
        text.append(",\"args\":{\"commands\":").append(value).append("}}");
    }

    private void line(String phase, int process, int thread, long nanos, String name) {
        text.append(text.isEmpty() ? "\n" : ",\n");
        text.append("{\"ph\":\"").append(phase).append("\",\"pid\":").append(process);
        text.append(",\"tid\":").append(thread).append(",\"ts\":").append(micros(nanos));
        text.append(",\"name\":").append(Json.string(name));
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_MICRO);
    }

    String text() {
        return "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[" + text + "\n]}\n";
    }
}
