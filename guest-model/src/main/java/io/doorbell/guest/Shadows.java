package io.doorbell.guest;

import io.doorbell.guest.HostPolicies.ShadowUse;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** Whether and how this host uses the shadow buffers; made once, used by each bring-up. */
final class Shadows {
    private final GuestSettings settings;
    private final AdminQueue admin;
    private final int doorbellStride;
    private final ShadowUse use;
    private @Nullable ShadowBuffers buffers;
    private ShadowBuffers.@Nullable Slots adminSlots;

    Shadows(GuestSettings settings, AdminQueue admin, int doorbellStride) {
        this.settings = settings;
        this.admin = admin;
        this.doorbellStride = doorbellStride;
        this.use = settings.policies().ringing().shadows();
    }

    boolean areWanted() {
        return use != ShadowUse.NONE;
    }

    /** Has the buffers ready before queues are made that may have slots in them. */
    void prepare(QueuePairs pairs) {
        if (buffers == null) {
            ShadowBuffers made = new ShadowBuffers(settings, doorbellStride);
            buffers = made;
            adminSlots = made.adminSlots(admin.entryCount());
            pairs.useShadows(made);
        }
        if (adminSlots != null && settings.policies().ringing().zeroesShadows()) {
            adminSlots.clear();
        }
    }

    /** Tells the controller; {@code next} learns whether the buffers are in use. */
    void announce(AdminCommands commands, Consumer<Boolean> next) {
        ShadowBuffers announced = buffers;
        if (announced == null) {
            next.accept(false);
            return;
        }
        announced.announce(
                commands,
                taken -> {
                    if (taken && use == ShadowUse.ADMIN_TOO && adminSlots != null) {
                        admin.useShadow(adminSlots);
                    }
                    next.accept(taken);
                });
    }
}
