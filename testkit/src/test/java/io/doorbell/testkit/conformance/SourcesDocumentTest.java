package io.doorbell.testkit.conformance;

import org.junit.jupiter.api.Test;

/** {@code docs/conformance-sources.md} names tests that exist. */
class SourcesDocumentTest {
    @Test
    void everyTestThatIsNamed_exists() {
        NamedTests.expectAllExist(NamedTests.read("conformance-sources.md"));
    }
}
