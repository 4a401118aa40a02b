package io.doorbell.testkit.deviation;

import io.doorbell.simulation.world.World;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.device.SimulatedDevices;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Loads the controller once more, with some classes replaced, beside the right one. What host and
 * device share comes from the parent, so the suite drives both alike.
 */
final class DeviantLoader extends ClassLoader {
    private static final String CONTROLLER = "io.doorbell.controller.";
    private static final String WIRING = SimulatedDevices.class.getPackageName() + ".";

    private final Map<String, byte[]> replaced;

    DeviantLoader(Map<String, byte[]> replaced) {
        super(DeviantLoader.class.getClassLoader());
        this.replaced = replaced;
    }

    /** Devices of the deviant kind. */
    DeviceFactory devices(World world) {
        try {
            return (DeviceFactory)
                    loadClass(SimulatedDevices.class.getName())
                            .getConstructor(World.class)
                            .newInstance(world);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("The deviant controller cannot be loaded", broken);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(CONTROLLER) && !name.startsWith(WIRING)) {
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
