package io.doorbell.testkit.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Loads device, host, or both once more, with some classes replaced, beside the right ones. What
 * they share comes from the parent, so everybody else treats both alike.
 */
public final class MutantLoader extends ClassLoader {
    private final Map<String, byte[]> replaced;
    private final Predicate<String> again;

    /**
     * @param replaced classes by name
     * @param again which classes to load once more, by name
     */
    public MutantLoader(Map<String, byte[]> replaced, Predicate<String> again) {
        super(MutantLoader.class.getClassLoader());
        this.replaced = Map.copyOf(replaced);
        this.again = again;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!again.test(name)) {
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
