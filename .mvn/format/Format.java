import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.ImportOrderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks ({@code check}) or rewrites ({@code write}) every Java file of the modules below a folder. */
public final class Format {
    private static final JavaFormatterOptions OPTIONS =
            JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build();

    public static void main(String[] arguments) throws IOException {
        boolean write = arguments[0].equals("write");
        Path root = Path.of(arguments[1]);
        List<Path> wrong = new ArrayList<>();
        for (Path file : javaFiles(root)) {
            String source = Files.readString(file);
            String formatted = format(root.relativize(file), source);
            if (!formatted.equals(source)) {
                wrong.add(root.relativize(file));
                if (write) {
                    Files.writeString(file, formatted);
                }
            }
        }
        if (!wrong.isEmpty()) {
            System.out.println((write ? "Formatted: " : "Not formatted: ") + wrong);
        }
        if (!write && !wrong.isEmpty()) {
            System.out.println("Run 'mvn -N validate -Dformat.mode=write' and look at the difference.");
            System.exit(1);
        }
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path source : modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList()) {
                try (Stream<Path> all = Files.walk(source)) {
                    all.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
                }
            }
        }
        return files;
    }

    private static String format(Path name, String source) {
        try {
            String tidy = RemoveUnusedImports.removeUnusedImports(source);
            tidy = ImportOrderer.reorderImports(tidy, JavaFormatterOptions.Style.AOSP);
            return new Formatter(OPTIONS).formatSource(tidy);
        } catch (FormatterException error) {
            System.out.println(name + ": cannot be parsed: " + error.getMessage());
            System.exit(1);
            throw new AssertionError(error);
        }
    }
}
