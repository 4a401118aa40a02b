package io.doorbell.simulation.timeline;

import java.lang.reflect.RecordComponent;
import java.util.List;

/** Events as JSON, one object a line: step, ns, who, event, and what the event knows. */
public final class JsonLines {
    private JsonLines() {}

    /** All of them, each line with its end. */
    public static String of(List<TimelineEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> line(text, event));
        return text.toString();
    }

    private static void line(StringBuilder text, TimelineEvent event) {
        Happening what = event.what();
        text.append("{\"step\":").append(event.step()).append(",\"ns\":").append(event.nanos());
        text.append(",\"who\":").append(Json.string(what.who().word()));
        text.append(",\"event\":").append(Json.string(what.getClass().getSimpleName()));
        for (RecordComponent component : what.getClass().getRecordComponents()) {
            text.append(',').append(Json.string(component.getName())).append(':');
            text.append(Json.value(valueOf(component, what)));
        }
        text.append("}\n");
    }

    private static Object valueOf(RecordComponent component, Happening what) {
        try {
            return component.getAccessor().invoke(what);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
