package io.doorbell.cli.settings;

import com.typesafe.config.ConfigOrigin;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Objects;

/** Turns the parser's idea of where a value stood into a {@link Place}. */
final class Origins {
    private final SettingsSources sources;

    Origins(SettingsSources sources) {
        this.sources = sources;
    }

    Place place(ConfigOrigin origin) {
        @Nullable String filename = origin.filename();
        if (filename != null) {
            return inFile(Path.of(filename), Math.max(0, origin.lineNumber()));
        }
        if (origin.description().startsWith(SettingsSources.COMMAND_LINE)) {
            return commandLine();
        }
        if (origin.description().startsWith(SettingsSources.DEVICE)) {
            return new Place(Layer.DEVICE, SettingsSources.DEVICE, 0, sources.workingDirectory());
        }
        // An environment variable that some file refers to.
        return new Place(Layer.COMMAND_LINE, origin.description(), 0, sources.workingDirectory());
    }

    Place inFile(Path file, int line) {
        Layer layer = file.equals(sources.applicationConf()) ? Layer.APPLICATION : Layer.SCENARIO;
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return new Place(layer, sources.shown(file), line, folder);
    }

    Place commandLine() {
        return new Place(
                Layer.COMMAND_LINE, SettingsSources.COMMAND_LINE, 0, sources.workingDirectory());
    }

    Place byDefault() {
        return new Place(Layer.DEFAULT, "default", 0, sources.home());
    }
}
