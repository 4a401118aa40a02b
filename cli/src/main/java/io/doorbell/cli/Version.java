package io.doorbell.cli;

import picocli.CommandLine.IVersionProvider;

import java.util.Objects;

/** What {@code --version} says; the jar knows the version, classes in a folder do not. */
final class Version implements IVersionProvider {
    /** What the launcher knows of the sources: {@code git describe}, when it built them. */
    private static final String REVISION = System.getProperty("doorbell.revision", "");

    @Override
    public String[] getVersion() {
        String java = Runtime.version() + ", " + System.getProperty("java.vendor");
        return new String[] {"Doorbell " + build(), "Java " + java};
    }

    /** Which build this is, in a word or two. */
    static String build() {
        String version =
                Objects.requireNonNullElse(
                        Main.class.getPackage().getImplementationVersion(), "(development build)");
        return REVISION.isEmpty() ? version : version + " " + REVISION;
    }
}
