package io.doorbell.testkit.deviation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.controller.NvmeController;
import io.doorbell.reactor.Reactors;
import io.doorbell.simulation.world.World;
import io.doorbell.spec.Registers;

import org.apache.pekko.actor.Actor;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the one class that a deviation edits; all others stay as they are. */
final class DeviantCompiler {
    private static final Path SOURCES =
            Path.of(
                    "..",
                    "controller-actors",
                    "src",
                    "main",
                    "java",
                    "io",
                    "doorbell",
                    "controller");

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    /**
     * The classes of the edited file by name.
     *
     * @throws IllegalArgumentException if the text to edit is not there exactly once, or the edit
     *     does not compile
     */
    Map<String, byte[]> compile(Deviation deviation) {
        String source = edited(deviation);
        StringWriter said = new StringWriter();
        try (Output output = new Output(compiler.getStandardFileManager(null, null, UTF_8))) {
            boolean done =
                    compiler.getTask(
                                    said,
                                    output,
                                    null,
                                    List.of("-proc:none", "-nowarn", "-cp", classPath()),
                                    null,
                                    List.of(new Source(deviation.file(), source)))
                            .call();
            if (!done) {
                throw new IllegalArgumentException(
                        "'%s' does not compile:%n%s".formatted(deviation.name(), said));
            }
            return output.classes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String edited(Deviation deviation) {
        String source;
        try {
            source = Files.readString(SOURCES.resolve(deviation.file()));
        } catch (IOException missing) {
            throw new IllegalArgumentException(
                    "'%s' edits %s, which is not there."
                            .formatted(deviation.name(), deviation.file()),
                    missing);
        }
        int first = source.indexOf(deviation.original());
        if (first < 0 || source.indexOf(deviation.original(), first + 1) >= 0) {
            throw new IllegalArgumentException(
                    "'%s' edits text that is in %s %s: %s"
                            .formatted(
                                    deviation.name(),
                                    deviation.file(),
                                    first < 0 ? "not at all" : "more than once",
                                    deviation.original()));
        }
        return source.replace(deviation.original(), deviation.replacement());
    }

    /** Where the classes lie that the controller is compiled against. */
    private static String classPath() {
        return Stream.of(
                        NvmeController.class,
                        PciFunction.class,
                        Registers.class,
                        Reactors.class,
                        World.class,
                        Behavior.class,
                        Actor.class,
                        scala.Option.class,
                        com.typesafe.config.Config.class,
                        org.slf4j.Logger.class,
                        Nullable.class)
                .map(type -> Path.of(location(type)).toString())
                .distinct()
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private static URI location(Class<?> type) {
        return URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String content;

        Source(String file, String content) {
            super(URI.create("string:///io/doorbell/controller/" + file), Kind.SOURCE);
            this.content = content;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }

    private static final class Output extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Output(StandardJavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location,
                String className,
                JavaFileObject.Kind kind,
                FileObject sibling) {
            return new SimpleJavaFileObject(
                    URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, _ -> new ByteArrayOutputStream());
                }
            };
        }

        Map<String, byte[]> classes() {
            return written.entrySet().stream()
                    .collect(
                            Collectors.toMap(
                                    Map.Entry::getKey, entry -> entry.getValue().toByteArray()));
        }
    }
}
