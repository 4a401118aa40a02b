package io.doorbell.controller.admin;

import io.doorbell.spec.command.GetFeatures;
import io.doorbell.spec.log.FeatureEffect;
import io.doorbell.spec.log.FeatureEffects;

import java.lang.foreign.MemorySegment;

/** Feature Identifiers Supported and Effects (Base §5.16.1.18). */
final class FeatureSupport implements LogPages.Page {
    private static final int SCOPE_NAMESPACE = 1;
    private static final int SCOPE_CONTROLLER = 1 << 1;

    private final FeatureCommands features;

    FeatureSupport(FeatureCommands features) {
        this.features = features;
    }

    @Override
    public int sizeBytes() {
        return FeatureEffects.SIZE_BYTES;
    }

    @Override
    public void fill(MemorySegment page) {
        FeatureEffects view = new FeatureEffects().wrap(page, 0);
        for (int feature = 0; feature < FeatureEffects.FEATURE_COUNT; feature++) {
            if (features.has(feature)) {
                boolean ofNamespace =
                        (features.capabilities(feature) & GetFeatures.CAPABILITY_NAMESPACE_SPECIFIC)
                                != 0;
                view.feature(
                        feature,
                        FeatureEffect.withScope(
                                FeatureEffect.withSupported(0, true),
                                ofNamespace ? SCOPE_NAMESPACE : SCOPE_CONTROLLER));
            }
        }
    }
}
