package io.doorbell.testkit.zoo;

import io.doorbell.testkit.mutant.MutantCompiler;
import io.doorbell.testkit.mutant.Sources;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class ZooTryTest {
    @Test
    void hunt() {
        MutantCompiler compiler = new MutantCompiler(Sources.of(Path.of("..")));
        Hunt hunt = new Hunt(300, 20_000_000_000L);
        System.out.println("twin " + hunt.huntTwin());
        for (Mutant m : MutantFile.shipped()) {
            System.out.println(m.id() + " " + m.what() + ": " + hunt.hunt(m, compiler));
        }
    }
}
