package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.reactor.Inbox.Outcome;

import org.junit.jupiter.api.Test;

class InboxTest {
    private record Task(String name) implements Runnable {
        @Override
        public void run() {}
    }

    private final Inbox inbox = new Inbox();
    private final Runnable first = new Task("first");
    private final Runnable second = new Task("second");
    private final Runnable third = new Task("third");

    @Test
    void tasksOffered_arePolledInOrder() {
        inbox.offer(first);
        inbox.offer(second);
        assertThat(inbox.poll()).isSameAs(first);
        inbox.offer(third);
        assertThat(inbox.poll()).isSameAs(second);
        assertThat(inbox.poll()).isSameAs(third);
        assertThat(inbox.poll()).isNull();
    }

    @Test
    void firstOfferEver_startsTheConsumerOnce() {
        assertThat(inbox.offer(first)).isEqualTo(Outcome.MUST_START);
        assertThat(inbox.offer(second)).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void offerToParkedConsumer_wakesItOnce() {
        emptyAndStarted();
        assertThat(inbox.park()).isTrue();
        assertThat(inbox.offer(first)).isEqualTo(Outcome.MUST_WAKE);
        assertThat(inbox.offer(second)).isEqualTo(Outcome.ACCEPTED);
        inbox.unpark();
        assertThat(inbox.poll()).isSameAs(first);
        assertThat(inbox.poll()).isSameAs(second);
    }

    @Test
    void consumerWokenByItself_isNotWokenAgain() {
        emptyAndStarted();
        inbox.park();
        inbox.unpark();
        assertThat(inbox.offer(first)).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void offerBeforeParkOrClose_preventsBoth() {
        emptyAndStarted();
        inbox.offer(first);
        assertThat(inbox.park()).isFalse();
        assertThat(inbox.close()).isFalse();
        assertThat(inbox.poll()).isSameAs(first);
    }

    @Test
    void closed_rejectsOffers() {
        emptyAndStarted();
        assertThat(inbox.close()).isTrue();
        assertThat(inbox.offer(first)).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void neverStarted_closesAtOnce() {
        assertThat(inbox.closeUnstarted()).isTrue();
        assertThat(inbox.offer(first)).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void started_doesNotCloseAsUnstarted() {
        emptyAndStarted();
        assertThat(inbox.closeUnstarted()).isFalse();
    }

    private void emptyAndStarted() {
        inbox.offer(first);
        inbox.poll();
    }
}
