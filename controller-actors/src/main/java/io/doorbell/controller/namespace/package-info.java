/**
 * Namespaces: what a command of the NVM command set does, and where the blocks are kept.
 *
 * <p>Owns the checks and meaning of every I/O command (NVM §3), what is known of blocks besides
 * their bytes, and the stores behind them. A store knows bytes, not blocks or commands.
 *
 * <pre>
 *  NamespaceExecutor ─▶ NvmCommandSet ─▶ BlockCommands, RangeCommands, CompareAndWrite
 *                                             │ BlockAccess: unreadable, deallocated
 *                                             ▼
 *                       Namespace: Geometry, BlockStates, BlockStore
 * </pre>
 *
 * <p>Threads: an executor belongs to its shard; a store serves all shards at once and says how. A
 * store that may block is served by workers on a dispatcher of their own, never on a shard.
 */
@NullMarked
package io.doorbell.controller.namespace;

import org.jspecify.annotations.NullMarked;
