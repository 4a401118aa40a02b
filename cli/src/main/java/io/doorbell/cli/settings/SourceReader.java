package io.doorbell.cli.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parses the layers and lays them over each other. */
final class SourceReader {
    static final String ROOT = "doorbell";
    private static final Pattern OF_A_DEVICE =
            Pattern.compile("(" + ROOT + "\\.)?(controller|namespace)\\.");
    private static final Pattern KEY = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");

    private final SettingsSources sources;
    private final Origins origins;
    private final Problems problems;

    SourceReader(SettingsSources sources, Origins origins, Problems problems) {
        this.sources = sources;
        this.origins = origins;
        this.problems = problems;
    }

    /** All layers as one; what could not be read is missing from it and among the problems. */
    Config read() {
        Config merged = ConfigFactory.empty();
        if (Files.exists(sources.applicationConf())) {
            merged = readFile(sources.applicationConf());
        }
        for (String each : sources.usual()) {
            merged = parse(each, SettingsSources.USUAL).withFallback(merged);
        }
        Optional<Path> scenario = sources.scenarioFile();
        if (scenario.isPresent()) {
            merged = readScenario(scenario.get()).withFallback(merged);
        }
        for (String override : sources.overrides()) {
            merged = readOverride(override).withFallback(merged);
        }
        for (String each : sources.device()) {
            merged = parse(each, SettingsSources.DEVICE).withFallback(merged);
        }
        return resolve(merged);
    }

    private Config readScenario(Path file) {
        if (Files.isRegularFile(file)) {
            return readFile(file);
        }
        String fault = Files.exists(file) ? "is no file" : "does not exist";
        problems.add(
                origins.inFile(file, 0),
                "The scenario " + fault + ".",
                similarFile(file)
                        .map(name -> "Did you mean '" + name + "'?")
                        .orElse("Without a scenario, application.conf alone says what to run."));
        return ConfigFactory.empty();
    }

    private Optional<String> similarFile(Path file) {
        try (Stream<Path> neighbours = Files.list(origins.inFile(file, 0).folder())) {
            List<String> names = neighbours.map(path -> path.getFileName() + "").sorted().toList();
            return Nearest.to(file.getFileName() + "", names);
        } catch (IOException noSuchFolder) {
            return Optional.empty();
        }
    }

    private Config readFile(Path file) {
        try {
            return ConfigFactory.parseFile(
                    file.toFile(),
                    ConfigParseOptions.defaults()
                            .setAllowMissing(false)
                            .setSyntax(ConfigSyntax.CONF));
        } catch (ConfigException fault) {
            return refuse(fault, origins.inFile(file, 0));
        }
    }

    private Config readOverride(String override) {
        int equals = override.indexOf('=');
        String key = equals < 0 ? override : override.substring(0, equals).strip();
        if (equals < 0 || !KEY.matcher(key).matches()) {
            problems.add(
                    origins.commandLine(),
                    "'" + override + "' is not of the form key=value.",
                    "Write, for example, --set driver.queue-depth=128.");
            return ConfigFactory.empty();
        }
        if (!sources.device().isEmpty() && OF_A_DEVICE.matcher(key).lookingAt()) {
            problems.add(
                    origins.commandLine(),
                    "'" + key + "' is for a device that is made for the run; this one is there.",
                    "Leave it out; 'serve' has settings for its own device.");
            return ConfigFactory.empty();
        }
        try {
            return parse(override, SettingsSources.COMMAND_LINE);
        } catch (ConfigException fault) {
            problems.add(
                    origins.commandLine(),
                    "The value of '" + override + "' is not HOCON: " + explanation(fault),
                    "Put a value with special characters in double quotes.");
            return ConfigFactory.empty();
        }
    }

    private static Config parse(String override, String origin) {
        int equals = override.indexOf('=');
        String key = override.substring(0, equals).strip();
        String path = key.startsWith(ROOT + ".") ? key : ROOT + "." + key;
        return ConfigFactory.parseString(
                path + " = " + override.substring(equals + 1),
                ConfigParseOptions.defaults().setOriginDescription(origin));
    }

    private Config resolve(Config merged) {
        try {
            return merged.resolve();
        } catch (ConfigException fault) {
            return refuse(fault, origins.byDefault());
        }
    }

    private Config refuse(ConfigException fault, Place otherwise) {
        @Nullable ConfigOrigin origin = fault.origin();
        problems.add(
                origin == null ? otherwise : origins.place(origin),
                "This is not HOCON as it should be: " + explanation(fault),
                fault instanceof ConfigException.UnresolvedSubstitution
                        ? "Define it, or write ${?...} for what may be missing."
                        : "Look at the brackets and quotes of this line and those above it.");
        return ConfigFactory.empty();
    }

    /** The parser's words without the place, which we show ourselves. */
    private static String explanation(ConfigException fault) {
        String message = String.valueOf(fault.getMessage());
        @Nullable ConfigOrigin origin = fault.origin();
        String place = origin == null ? "" : origin.description() + ": ";
        String words = message.startsWith(place) ? message.substring(place.length()) : message;
        // What follows is the parser's guess about other kinds of files.
        String fact = words.replaceFirst(" \\(if .*", "");
        return fact.endsWith(".") ? fact : fact + ".";
    }
}
