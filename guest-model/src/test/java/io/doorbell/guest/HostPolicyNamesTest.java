package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.guest.HostPolicies.QueueDeletion;
import io.doorbell.guest.HostPolicies.TimeoutReaction;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.Stream;

class HostPolicyNamesTest {
    private final HostPoliciesBuilder builder = HostPolicies.LINUX.toBuilder();

    @Test
    void builderWithoutChange_isLinux() {
        assertThat(builder.build()).isEqualTo(HostPolicies.LINUX);
    }

    @Test
    void everyKindOfValue_canBeSetByName() {
        HostPolicyNames.set(builder, "retries-max", "2");
        HostPolicyNames.set(builder, "io-timeout", "250");
        HostPolicyNames.set(builder, "polls-first", "false");
        HostPolicyNames.set(builder, "reaction", "reset");
        HostPolicyNames.set(builder, "deletion", "pair-by-pair");
        HostPolicies policies = builder.build();
        assertThat(policies.recovery().retriesMax()).isEqualTo(2);
        assertThat(policies.recovery().ioTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(policies.recovery().pollsFirst()).isFalse();
        assertThat(policies.recovery().reaction()).isEqualTo(TimeoutReaction.RESET);
        assertThat(policies.queueing().deletion()).isEqualTo(QueueDeletion.PAIR_BY_PAIR);
    }

    @Test
    void everyName_isAComponent() {
        int components =
                Stream.of(HostPolicies.class.getRecordComponents())
                        .mapToInt(each -> each.getType().getRecordComponents().length)
                        .sum();
        assertThat(HostPolicyNames.all())
                .hasSize(components)
                .contains("shadows", "watchdog-interval");
    }

    @Test
    void mistakes_areNamed() {
        assertThatThrownBy(() -> HostPolicyNames.set(builder, "retry", "1"))
                .hasMessageContaining("There is no policy 'retry'");
        assertThatThrownBy(() -> HostPolicyNames.set(builder, "reaction", "panic"))
                .hasMessage("Policy 'reaction' cannot be 'panic'.");
        assertThatThrownBy(() -> builder.interrupts(false).build())
                .hasMessageContaining("poll-interval");
    }
}
