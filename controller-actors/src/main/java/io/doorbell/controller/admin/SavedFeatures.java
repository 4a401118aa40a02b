package io.doorbell.controller.admin;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/** Values that Set Features was asked to save (SV), until it saves others (Base §4.2). */
final class SavedFeatures {
    private final Map<FeatureKey, Integer> values = new LinkedHashMap<>();

    void save(FeatureKey key, int value) {
        values.put(key, value);
    }

    /** The saved value, or null if none was ever saved. */
    @Nullable Integer find(FeatureKey key) {
        return values.get(key);
    }

    void forgetNamespace(int namespaceId) {
        values.keySet().removeIf(key -> key.namespaceId() == namespaceId);
    }
}
