package io.doorbell.testkit.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Loads device, host, or both once more, with some classes replaced, beside the right ones. What
 * they share comes from the parent, so everybody else treats both alike.
 */
public final class MutantLoader extends ClassLoader {
    private final Map<String, byte[]> replaced;
    private final List<String> again;

    /**
     * @param replaced classes by name
     * @param again beginnings of the names of classes to load once more, as they are
     */
    public MutantLoader(Map<String, byte[]> replaced, List<String> again) {
        super(MutantLoader.class.getClassLoader());
        this.replaced = Map.copyOf(replaced);
        this.again = List.copyOf(again);
    }

    private boolean isLoadedAgain(String name) {
        return again.stream().anyMatch(name::startsWith);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isLoadedAgain(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] code = replaced.get(name);
        if (code == null) {
            code = original(name);
        }
        return defineClass(name, code, 0, code.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        String resource = name.replace('.', '/') + ".class";
        try (InputStream stream = getParent().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }
}
