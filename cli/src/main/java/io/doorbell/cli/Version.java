package io.doorbell.cli;

import picocli.CommandLine.IVersionProvider;

import java.util.Objects;

/** What {@code --version} says; the jar knows the version, classes in a folder do not. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version =
                Objects.requireNonNullElse(
                        Main.class.getPackage().getImplementationVersion(), "(development build)");
        String java = Runtime.version() + ", " + System.getProperty("java.vendor");
        return new String[] {"Doorbell " + version, "Java " + java};
    }
}
