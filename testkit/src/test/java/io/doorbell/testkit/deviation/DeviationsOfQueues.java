package io.doorbell.testkit.deviation;

import java.util.List;

/** What a controller can get wrong about doorbells, queues, arbitration and aborts. */
final class DeviationsOfQueues {
    static final List<Deviation> ALL =
            List.of(
                    new Deviation(
                            "rings unchecked",
                            "takes every value below the queue size as tail or head",
                            "queue/DoorbellMemory.java",
                            "if (!isPlausible(doorbell, slot, value)) {",
                            "if (value >= entryCounts[slot]) {"),
                    new Deviation(
                            "same value accepted",
                            "takes a ring that changes nothing without a word",
                            "queue/DoorbellMemory.java",
                            "if (!isPlausible(doorbell, slot, value)) {",
                            "if (value != file.value(slot) && !isPlausible(doorbell, slot, value)) {"),
                    new Deviation(
                            "wrong ring taken",
                            "reports a wrong value and uses it all the same",
                            "queue/DoorbellMemory.java",
                            "if (!isPlausible(doorbell, slot, value)) {",
                            "if (!isPlausible(doorbell, slot, value)) {\n            file.ring(slot, value % entryCounts[slot]);"),
                    new Deviation(
                            "wrong event",
                            "reports a wrong value as a wrong register, and the reverse",
                            "admin/AdminExecutor.java",
                            "invalid.noSuchQueue()\n",
                            "!invalid.noSuchQueue()\n"),
                    new Deviation(
                            "rings survive deletion",
                            "keeps the tail of a deleted queue for the next with its id",
                            "queue/DoorbellFile.java",
                            "        storeValue(slot, 0);\n        publish",
                            "        publish"),
                    new Deviation(
                            "phase never turns",
                            "posts phase 1 in every lap",
                            "queue/CompletionQueue.java",
                            "phase = !phase;",
                            "phase = true;"),
                    new Deviation(
                            "phase starts at 0",
                            "posts phase 0 in the first lap",
                            "queue/CompletionQueue.java",
                            "private boolean phase = true;",
                            "private boolean phase = false;"),
                    new Deviation(
                            "SQHD of the slot",
                            "reports the slot of the command instead of the next to be fetched",
                            "queue/SubmissionQueueLink.java",
                            "return (int) (fetchedSeen % entryCount);",
                            "return (int) ((fetchedSeen - 1) % entryCount);"),
                    new Deviation(
                            "full queue overwritten",
                            "posts over entries that the host has not consumed",
                            "queue/CompletionQueue.java",
                            "return next != head;",
                            "return true;"),
                    new Deviation(
                            "room not noticed",
                            "does not listen for room when the queue is full",
                            "queue/CompletionQueue.java",
                            "PAUSE_FETCHING));\n        awaitHead();",
                            "PAUSE_FETCHING));"),
                    new Deviation(
                            "queue of the queue",
                            "names the completion queue instead of the submission queue",
                            "queue/CompletionQueue.java",
                            "                        link.queueId(),\n",
                            "                        queueId,\n"),
                    new Deviation(
                            "15-bit command ids",
                            "returns command ids without their top bit",
                            "queue/CompletionQueue.java",
                            "command.commandId(),",
                            "command.commandId() & 0x7FFF,"),
                    new Deviation(
                            "posts for the deleted",
                            "posts completions of a deleted submission queue",
                            "queue/CompletionQueue.java",
                            "        backlog.removeIf(batch -> dropIfOf(batch, unlink.link()));\n",
                            ""),
                    new Deviation(
                            "fed queue deleted",
                            "deletes a completion queue that has submission queues",
                            "admin/QueueCommands.java",
                            "if (queue.isFed()) {",
                            "if (false) {"),
                    new Deviation(
                            "one queue too many",
                            "takes a queue id above the granted number",
                            "admin/QueueCommands.java",
                            "queueId <= features.queuePairs();",
                            "queueId <= features.queuePairs() + 1;"),
                    new Deviation(
                            "one entry too many",
                            "takes a queue of one entry more than CAP.MQES allows",
                            "admin/QueueCommands.java",
                            "entries > settings.queueEntriesMax()",
                            "entries > settings.queueEntriesMax() + 1"),
                    new Deviation(
                            "queue of one",
                            "takes a queue of one entry",
                            "admin/QueueCommands.java",
                            "entries < 2",
                            "entries < 1"),
                    new Deviation(
                            "completion queue out of range",
                            "answers Completion Queue Invalid for an id that cannot exist",
                            "admin/QueueCommands.java",
                            "                || !isValidId(completionQueueId)",
                            ""),
                    new Deviation(
                            "id in use",
                            "creates a completion queue whose id is in use",
                            "admin/QueueCommands.java",
                            "|| table.hasCompletionQueue(queueId)",
                            ""),
                    new Deviation(
                            "one vector too many",
                            "takes the vector after the last",
                            "admin/QueueCommands.java",
                            "vector >= settings.vectors().size()",
                            "vector > settings.vectors().size()"),
                    new Deviation(
                            "queues between pages",
                            "takes a queue that does not start at a page",
                            "admin/QueueMemory.java",
                            "if (!PhysicalRegionPages.isPageAligned(prp1, pageBytes)) {",
                            "if (false) {"),
                    new Deviation(
                            "pages between pages",
                            "takes a page of a scattered queue that is not aligned",
                            "admin/QueueMemory.java",
                            "if (!PhysicalRegionPages.isPageAligned(address, pageBytes)) {",
                            "if (false) {"),
                    new Deviation(
                            "chain taken for a page",
                            "takes the pointer to the next list page for a page of the queue",
                            "admin/QueueMemory.java",
                            "(chained ? slots - 1 : used)",
                            "used"),
                    new Deviation(
                            "CQR not enforced",
                            "takes scattered queues although CAP.CQR is 1",
                            "admin/QueueMemory.java",
                            "if (!contiguous && contiguousOnly) {",
                            "if (false) {"),
                    new Deviation(
                            "EventIdx not written",
                            "sleeps without asking the host to ring",
                            "queue/Doorbell.java",
                            "        shadow.setEventIndex(index, shadowSeen);\n",
                            ""),
                    new Deviation(
                            "slots not initialised",
                            "leaves in the shadow slots what was there before",
                            "queue/Doorbell.java",
                            "        buffers.publish(index, known);\n",
                            ""),
                    new Deviation(
                            "late ring wins",
                            "takes a register write for the tail although the shadow buffer is newer",
                            "queue/Doorbell.java",
                            "            hostPublishes = true;\n            shadowSeen = value;\n",
                            "            shadowSeen = value;\n"),
                    new Deviation(
                            "admin in the shadow",
                            "looks for the admin queue's tail in the shadow buffer",
                            "queue/ShadowDoorbells.java",
                            "Doorbells.queueId(doorbell) > 0",
                            "Doorbells.queueId(doorbell) >= 0"),
                    new Deviation(
                            "shadow survives reset",
                            "keeps the shadow buffers after a controller reset",
                            "queue/DoorbellMemory.java",
                            "        shadow = null;\n",
                            ""),
                    new Deviation(
                            "EventIdx never moved away",
                            "asks for a ring once a lap although it is busy",
                            "queue/Doorbell.java",
                            "if (shadow != null && !file.isArmed(slot)) {",
                            "if (shadow != null && false) {"),
                    new Deviation(
                            "shadow tail unchecked",
                            "takes any value in a shadow slot",
                            "queue/Doorbell.java",
                            "            if (isMove(value)) {",
                            "            if (isMove(value) || value >= entryCount) {"),
                    new Deviation(
                            "weights ignored",
                            "gives every class the same share",
                            "queue/Arbiter.java",
                            "case HIGH -> high;",
                            "case HIGH -> low;"),
                    new Deviation(
                            "urgent is weighted",
                            "serves urgent queues after the weighted ones",
                            "queue/Arbiter.java",
                            "        if (urgent != null) {\n            return urgent;\n        }\n        Ready weighted = nextWithCredit();",
                            "        Ready weighted = nextWithCredit();\n        if (urgent != null) {\n            if (weighted == null) {\n                return urgent;\n            }\n            candidates(Priority.URGENT).addFirst(urgent);\n        }"),
                    new Deviation(
                            "burst ignored",
                            "fetches as much as it likes in a turn",
                            "admin/QueueActors.java",
                            "return features.arbitration(settings.burst()).burst();",
                            "return settings.burst();"),
                    new Deviation(
                            "abort always done",
                            "says that a command was aborted that had completed",
                            "admin/AbortCommands.java",
                            "aborted ? Abort.RESULT_ABORTED : Abort.RESULT_NOT_ABORTED",
                            "Abort.RESULT_ABORTED"),
                    new Deviation(
                            "abort without completion",
                            "aborts an event request without completing it",
                            "admin/AsyncEvents.java",
                            "                request.finish(AdminOutcome.done(Status.COMMAND_ABORT_REQUESTED));\n",
                            ""),
                    new Deviation(
                            "aborts without limit",
                            "takes more aborts than ACL says",
                            "admin/AbortCommands.java",
                            "if (pending.size() > LIMIT_ZERO_BASED) {",
                            "if (pending.size() > 50) {"));

    private DeviationsOfQueues() {}
}
