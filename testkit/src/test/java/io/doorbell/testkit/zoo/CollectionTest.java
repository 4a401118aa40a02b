package io.doorbell.testkit.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.testkit.mutant.MutantCompiler;
import io.doorbell.testkit.mutant.Sources;
import io.doorbell.testkit.zoo.Mutant.Side;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;

/** The collection fits the sources it is made from, and is as broad as it claims. */
class CollectionTest {
    private static final int ENTRIES_MIN = 66;

    private final MutantCompiler compiler = new MutantCompiler(Sources.of(Path.of("..")));

    static List<Mutant> mutants() {
        return MutantFile.shipped();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void editsApplyOnceAndCompile(Mutant mutant) {
        assertThat(compiler.compile(mutant.id(), mutant.edits())).isNotEmpty();
        assertThat(mutant.what()).isNotEmpty();
    }

    @Test
    void collection_hasEveryClassAndSide_andEachIdOnce() {
        List<Mutant> all = mutants();
        assertThat(all).hasSizeGreaterThanOrEqualTo(ENTRIES_MIN);
        assertThat(all).extracting(Mutant::id).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(Mutant::family)
                .contains("DB", "SD", "PH", "CQ", "IR", "ID", "QD", "RS", "AE", "PR", "OR", "QK");
        assertThat(all).extracting(Mutant::side).contains(Side.values());
    }
}
