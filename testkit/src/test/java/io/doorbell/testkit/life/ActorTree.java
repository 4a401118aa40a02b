package io.doorbell.testkit.life;

import io.doorbell.simulation.world.World;

import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.actor.ActorRefWithCell;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.internal.adapter.ActorAdapter;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The actors that live in a world, as nobody but a test may see them. */
final class ActorTree {
    /**
     * An actor and what is below it.
     *
     * @param path names from below the world's guardian, separated by slashes
     * @param ref where it takes messages
     * @param behavior what it does with the next message
     * @param messages waiting in its mailbox
     */
    record Node(String path, ActorRef<Object> ref, Object behavior, int messages) {
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    private ActorTree() {}

    /** All actors of a world whose path begins with {@code path}, parents before children. */
    static List<Node> below(World world, String path) {
        org.apache.pekko.actor.ActorRef[] guardian = new org.apache.pekko.actor.ActorRef[1];
        ActorRef<Object> probe =
                world.spawn(
                        Behaviors.<Object>setup(
                                context -> {
                                    guardian[0] = Adapter.toClassic(context).parent();
                                    return Behaviors.empty();
                                }),
                        "tree-probe");
        world.stop(probe);
        List<Node> nodes = new ArrayList<>();
        collect(guardian[0], "", nodes);
        return nodes.stream().filter(node -> node.path().startsWith(path)).toList();
    }

    private static void collect(
            org.apache.pekko.actor.ActorRef ref, String path, List<Node> nodes) {
        if (!(ref instanceof ActorRefWithCell withCell)
                || !(withCell.underlying() instanceof ActorCell cell)) {
            return;
        }
        Object behavior = behavior(cell);
        if (behavior != null && !path.isEmpty()) {
            nodes.add(new Node(path, Adapter.toTyped(ref), behavior, cell.numberOfMessages()));
        }
        List<org.apache.pekko.actor.ActorRef> children = new ArrayList<>();
        cell.childrenRefs().children().foreach(children::add);
        children.sort(Comparator.comparing(child -> child.path().name()));
        for (org.apache.pekko.actor.ActorRef child : children) {
            String name = child.path().name();
            collect(child, path.isEmpty() ? name : path + "/" + name, nodes);
        }
    }

    private static @Nullable Object behavior(ActorCell cell) {
        return cell.actor() instanceof ActorAdapter<?> adapter ? adapter.currentBehavior() : null;
    }
}
