package io.doorbell.controller.admin;

/**
 * What has one value.
 *
 * @param feature FID
 * @param selector the vector of feature 09h, over or under of feature 04h, 0 of all others
 * @param namespaceId of a feature that each namespace has, else 0
 */
record FeatureKey(int feature, int selector, int namespaceId) {
    FeatureKey(int feature) {
        this(feature, 0, 0);
    }

    FeatureKey(int feature, int selector) {
        this(feature, selector, 0);
    }
}
