package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

import java.util.BitSet;

/** What holds for every admin command (Base §5, §3.3.3). */
@Chapter("Admin commands")
final class AdminCommandTests {
    @Clause(
            value = "Base §5",
            otherwise = "A driver waits for a command that nobody knows.",
            values = {
                0x03, 0x07, 0x0B, 0x10, 0x11, 0x14, 0x19, 0x1A, 0x1C, 0x1D, 0x1E, 0x20, 0x24, 0x7F,
                0x81, 0x82, 0x84, 0x86, 0xC0, 0xFF
            })
    void commandThatIsNotOffered_isAnInvalidOpcode(Host host, long opcode) {
        host.start();
        Expect.refused(host.admin(Command.of((int) opcode)), Status.INVALID_COMMAND_OPCODE);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, host.memory().pages(1)));
    }

    @Clause(
            value = "Base §3.3.3.1",
            otherwise = "Half of a fused pair is executed as if it were whole.",
            values = {1, 2, 3})
    void fusedAdminCommand_isAnInvalidField(Host host, long fuse) {
        host.start();
        Completion completion =
                host.admin(
                        Commands.identify(Identify.CONTROLLER, 0, host.memory().pages(1))
                                .fuse((int) fuse));
        int code = Status.codeTypeAndCode(completion.status());
        Expect.that(
                "invalid field, or a missing half",
                code == Status.INVALID_FIELD_IN_COMMAND
                        || code == Status.COMMAND_ABORTED_DUE_TO_MISSING_FUSED_COMMAND);
    }

    @Clause(
            value = "Base §3.3.3.1",
            otherwise = "An SGL is taken for two page addresses.",
            values = {1, 2, 3})
    void sglInAnAdminCommand_isAnInvalidField(Host host, long kind) {
        host.start();
        Expect.refused(
                host.admin(
                        Commands.identify(Identify.CONTROLLER, 0, host.memory().pages(1))
                                .dataPointerKind((int) kind)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §3.3.3.1",
            level = Level.SHOULD,
            otherwise = "A driver that leaves NSID as it was is refused.",
            values = {1, 7, 0xFFFF_FFFFL})
    void namespaceOfACommandThatHasNone_isIgnored(Host host, long id) {
        host.start();
        host.adminOk(Commands.identify(Identify.CONTROLLER, (int) id, host.memory().pages(1)));
        Expect.success(
                host.admin(Command.of(AdminOpcode.ABORT).nsid((int) id).cdw(10, 0x7777_0000)));
    }

    @Clause(
            value = "Base §3.3.3.2",
            otherwise = "A driver takes the result of one command for that of another.",
            values = {0x0000, 0x0001, 0x7FFF, 0xFFFE})
    void commandId_comesBackAsItWas(Host host, long id) {
        host.start();
        Completion completion =
                host.admin(
                        Commands.identify(Identify.CONTROLLER, 0, host.memory().pages(1))
                                .commandId((int) id));
        Expect.equal("CID", completion.commandId(), id);
        Expect.equal("SQID", completion.submissionQueueId(), 0);
    }

    @Clause(
            value = "Base §3.3.3.2",
            otherwise = "A tool shows a result where there is none.",
            values = {AdminOpcode.IDENTIFY, AdminOpcode.GET_LOG_PAGE})
    void commandWithoutAResult_hasZeroInDw0(Host host, long opcode) {
        host.start();
        long page = host.memory().pages(1);
        Command command =
                opcode == AdminOpcode.IDENTIFY
                        ? Commands.identify(Identify.CONTROLLER, 0, page)
                        : Commands.getLogPage(2, 512, page);
        Expect.equal("DW0", host.adminOk(command).dw0(), 0);
    }

    @Clause(
            value = "Base §3.3.1",
            otherwise = "A driver that sends many commands at once loses some.")
    void manyCommandsAtOnce_eachCompletesOnce(Host host) {
        host.start();
        long page = host.memory().pages(1);
        for (int round = 0; round < 5; round++) {
            BitSet open = new BitSet();
            for (int i = 0; i < 31; i++) {
                int id = round * 100 + i;
                open.set(id);
                host.adminQueue()
                        .put(
                                (i % 3 == 0
                                                ? Commands.getLogPage(2, 512, page)
                                                : Commands.identify(1, 0, page))
                                        .commandId(id));
            }
            host.adminQueue().ring();
            for (int i = 0; i < 31; i++) {
                Completion completion = host.adminQueue().expectCompletion();
                Expect.success(completion);
                Expect.that("it was open: " + completion, open.get(completion.commandId()));
                open.clear(completion.commandId());
            }
            host.adminQueue().ringHead();
        }
    }

    @Clause(
            value = "Base §3.3.3.2.1",
            otherwise = "A driver repeats for ever what can never succeed.",
            values = {0x03, 0x06, 0x0A, 0x02})
    void parameterError_saysDoNotRetry(Host host, long opcode) {
        host.start();
        Completion completion =
                host.admin(
                        Command.of((int) opcode)
                                .nsid(1)
                                .prp1(host.memory().pages(1))
                                .cdw(10, 0xFF));
        Expect.that("the command failed", completion.status() != Status.SUCCESS);
        Expect.that("DNR", Status.isDoNotRetry(completion.status()));
    }

    @Clause(
            value = "Base §3.3.3.2.1",
            level = Level.SHOULD,
            otherwise = "A driver gives up though the memory may be there the next time.")
    void transferError_mayBeRetried(Host host) {
        host.start();
        Completion completion =
                host.admin(Commands.identify(Identify.CONTROLLER, 0, host.memory().nowhere()));
        Expect.status(completion, Status.DATA_TRANSFER_ERROR);
        Expect.that("no DNR", !Status.isDoNotRetry(completion.status()));
    }
}
