package dev.lenet.engine.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Data-parallel training: each batch is cut into parts, each device computes the gradients of its own with a copy of the
 * weights, and the first device adds them up and makes the one update. The parts weigh as many examples as they have, so
 * that the sum is the gradient of the whole batch; it is rounded otherwise.
 *
 * <p>A network that normalises batches is trained on the first device alone: mean and variance are those of the whole batch.
 *
 * <p>There is a thread for each device, as starting its operations is what takes time.
 */
final class Replicas implements AutoCloseable {
    private final DjlEngine engine;
    private final List<Replica> replicas = new ArrayList<>();
    private final ExecutorService threads;

    private record Replica(Device device, NDManager manager, TrainingStep step) {}

    /** @param manager owns all memory, on all devices */
    Replicas(DjlEngine engine, Network network, TrainingSpec spec, NDManager manager) {
        this.engine = engine;
        // Where a layer looks at a whole batch, no device may have a part of it.
        List<DeviceDatasets> devices =
                network.isAllTrainable() ? engine.devices() : engine.devices().subList(0, 1);
        for (DeviceDatasets datasets : devices) {
            NDManager own = manager.newSubManager(datasets.device());
            Batches batches = engine.batches(network.input(), datasets, own);
            replicas.add(new Replica(datasets.device(), own, new TrainingStep(network, spec, batches, own)));
        }
        threads = Executors.newFixedThreadPool(replicas.size(), work -> {
            Thread thread = new Thread(work, "lenet-replica");
            // A trainer that is never closed does not keep the program alive.
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What a single device does, and what the first one does of every step. */
    TrainingStep first() {
        return replicas.get(0).step();
    }

    int count() {
        return replicas.size();
    }

    /**
     * The gradients of the whole batch, as {@link TrainingStep#gradients}, on the first device.
     *
     * @param scope of that device, owns the result
     */
    NDArray gradients(NDArray weights, Batch batch, long step, NDManager scope) {
        if (count() == 1) {
            return first().gradients(weights, batch, 0, step, scope);
        }
        List<CompletableFuture<NDArray>> parts = new ArrayList<>();
        try {
            int from = 0;
            for (int r = 0; r < replicas.size(); r++) {
                Replica replica = replicas.get(r);
                int first = from;
                int end = (int) ((long) batch.size() * (r + 1) / replicas.size());
                if (first < end) {
                    parts.add(CompletableFuture.supplyAsync(
                            () -> engine.withThreads(
                                    replica.device(), () -> part(replica, weights, batch, first, end, step, scope)),
                            threads));
                }
                from = end;
            }
        } finally {
            waitFor(parts);
        }
        NDArray sum = parts.get(0).join();
        for (CompletableFuture<NDArray> part : parts.subList(1, parts.size())) {
            sum.addi(part.join());
        }
        return sum;
    }

    /** All of them, whatever happens to one: none may go on with memory that is given back. */
    private static void waitFor(List<CompletableFuture<NDArray>> parts) {
        try {
            CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new)).join();
        } catch (CompletionException e) {
            Replicas.<RuntimeException>rethrow(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Throws a checked exception where none is declared, as the data set that it came from did. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable failure) throws E {
        throw (E) failure;
    }

    /** The share of examples {@code first} to {@code end - 1} in the gradients, on the first device. */
    private NDArray part(
            Replica replica, NDArray weights, Batch batch, int first, int end, long step, NDManager result) {
        int size = end - first;
        try (NDManager scope = replica.manager().newSubManager()) {
            NDArray copy = HostBuffer.alias(weights, scope).toDevice(replica.device(), false);
            NDArray gradients = replica.step().gradients(copy, batch.part(first, size), first, step, scope);
            // What a script returns cannot be changed in place.
            NDArray share = gradients.mul((float) size / batch.size()).toDevice(result.getDevice(), false);
            share.attach(result);
            return share;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
