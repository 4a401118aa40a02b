package io.doorbell.testkit.mutant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.controller.NvmeController;
import io.doorbell.guest.GuestDriver;
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
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Compiles the files that edits change; all other classes stay as they are. */
public final class MutantCompiler {
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final Sources sources;

    public MutantCompiler(Sources sources) {
        this.sources = sources;
    }

    /**
     * The classes of the edited files by name.
     *
     * @throws IllegalArgumentException if a text to edit is not there exactly once, or an edit does
     *     not compile
     */
    public Map<String, byte[]> compile(String mutant, List<Edit> edits) {
        List<Source> units = new ArrayList<>();
        sources.edited(mutant, edits).forEach((file, text) -> units.add(new Source(file, text)));
        StringWriter said = new StringWriter();
        try (Output output = new Output(compiler.getStandardFileManager(null, null, UTF_8))) {
            List<String> options = List.of("-proc:none", "-nowarn", "-cp", classPath());
            if (!compiler.getTask(said, output, null, options, null, units).call()) {
                throw new IllegalArgumentException(
                        "'%s' does not compile:%n%s".formatted(mutant, said));
            }
            return output.classes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where the classes lie that the controller is compiled against. */
    private static String classPath() {
        return Stream.of(
                        NvmeController.class,
                        PciFunction.class,
                        Registers.class,
                        Reactors.class,
                        World.class,
                        GuestDriver.class,
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
            super(URI.create("string:///io/doorbell/" + file), Kind.SOURCE);
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
