package io.doorbell.testkit.junit;

import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Reads {@link Device}. */
final class Shapes {
    private Shapes() {}

    /** What the enclosing classes, the class and the method of a test make of a shape. */
    static DeviceShape of(ExtensionContext test, DeviceShape usual) {
        List<AnnotatedElement> outerToInner = new ArrayList<>(test.getEnclosingTestClasses());
        test.getTestClass().ifPresent(outerToInner::add);
        test.getTestMethod().ifPresent(outerToInner::add);
        DeviceShape shape = usual;
        for (AnnotatedElement element : outerToInner) {
            Device device = AnnotationSupport.findAnnotation(element, Device.class).orElse(null);
            if (device != null) {
                shape = change(shape, device);
            }
        }
        return shape;
    }

    private static DeviceShape change(DeviceShape before, Device device) {
        DeviceShape shape = before;
        shape = set(shape, device.doorbellStride(), DeviceShape::withDoorbellStride);
        shape = set(shape, device.queuePairs(), DeviceShape::withQueuePairs);
        shape = set(shape, device.queueEntries(), DeviceShape::withQueueEntries);
        shape = set(shape, device.vectors(), DeviceShape::withVectors);
        shape = set(shape, device.transferSizeLog2Pages(), DeviceShape::withTransferSizeLog2Pages);
        shape = set(shape, device.keepAliveUnits(), DeviceShape::withKeepAliveUnits);
        for (Option option : device.with()) {
            shape = option.set(shape, true);
        }
        for (Option option : device.without()) {
            shape = option.set(shape, false);
        }
        return device.namespaces().length == 0
                ? shape
                : shape.withNamespaces(
                        Arrays.stream(device.namespaces())
                                .map(
                                        each ->
                                                new NamespaceShape(
                                                        each.blocks(), each.blockSizeLog2()))
                                .toArray(NamespaceShape[]::new));
    }

    private static DeviceShape set(
            DeviceShape shape, int value, BiFunction<DeviceShape, Integer, DeviceShape> change) {
        return value == Device.AS_BEFORE ? shape : change.apply(shape, value);
    }
}
