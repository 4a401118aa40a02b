package io.doorbell.cli.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.util.Base64;

/** The parts of a line of a trace by their names; each has to be there and be what it should. */
final class TraceParts {
    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .reader();
    private static final int HEXADECIMAL = 16;

    private final int line;
    private final JsonNode parts;

    private TraceParts(int line, JsonNode parts) {
        this.line = line;
        this.parts = parts;
    }

    /**
     * @param line its number, counted from one
     * @throws TraceException if it is no JSON object
     */
    static TraceParts of(int line, String text) throws TraceException {
        try {
            JsonNode parts = JSON.readTree(text);
            if (parts.isObject()) {
                return new TraceParts(line, parts);
            }
        } catch (JsonProcessingException broken) {
            throw new TraceException(line, "This is no line of JSON: " + problem(broken) + ".");
        }
        throw new TraceException(line, "This is no JSON object.");
    }

    private static String problem(JsonProcessingException broken) {
        return broken.getOriginalMessage().lines().findFirst().orElse("broken");
    }

    /** Something is wrong with this line. */
    TraceException wrong(String what) {
        return new TraceException(line, what);
    }

    /** Whether there is such a part, of those that may be left out. */
    boolean has(String name) {
        return parts.has(name);
    }

    String text(String name) throws TraceException {
        JsonNode part = part(name);
        if (!part.isTextual()) {
            throw wrong("'" + name + "' is " + part + ", which is no text.");
        }
        return part.textValue();
    }

    /** A number that is written as one, 0 or more. */
    long number(String name) throws TraceException {
        JsonNode part = part(name);
        if (!part.isIntegralNumber() || !part.canConvertToLong() || part.longValue() < 0) {
            throw wrong("'" + name + "' is " + part + ", not a number from 0 on.");
        }
        return part.longValue();
    }

    /** As {@link #number}, of 31 bits. */
    int small(String name) throws TraceException {
        long number = number(name);
        if (number > Integer.MAX_VALUE) {
            throw wrong("'" + name + "' is " + number + ", which is too much.");
        }
        return (int) number;
    }

    /** A number of 64 bits in hexadecimal text. */
    long hex(String name) throws TraceException {
        String text = text(name);
        try {
            return Long.parseUnsignedLong(text, HEXADECIMAL);
        } catch (NumberFormatException wrong) {
            throw wrong("'" + name + "' is '" + text + "', not a hexadecimal number of 64 bits.");
        }
    }

    /** As {@link #hex}, of 32 bits. */
    int smallHex(String name) throws TraceException {
        long number = hex(name);
        if (number >>> Integer.SIZE != 0) {
            throw wrong("'" + name + "' is '" + text(name) + "', which has more than 32 bits.");
        }
        return (int) number;
    }

    boolean flag(String name) throws TraceException {
        JsonNode part = part(name);
        if (!part.isBoolean()) {
            throw wrong("'" + name + "' is " + part + ", neither true nor false.");
        }
        return part.booleanValue();
    }

    /** What was moved: {@code expectedBytes} bytes, left out if there are none. */
    byte[] data(long expectedBytes) throws TraceException {
        byte[] data = {};
        if (has("data")) {
            try {
                data = Base64.getDecoder().decode(text("data"));
            } catch (IllegalArgumentException broken) {
                throw wrong("'data' is no Base64: " + broken.getMessage() + ".");
            }
        }
        if (data.length != expectedBytes) {
            throw wrong(
                    "'data' has %,d bytes, but there should be %,d."
                            .formatted(data.length, expectedBytes));
        }
        return data;
    }

    private JsonNode part(String name) throws TraceException {
        @Nullable JsonNode part = parts.get(name);
        if (part == null) {
            throw wrong("There is no '" + name + "'.");
        }
        return part;
    }
}
