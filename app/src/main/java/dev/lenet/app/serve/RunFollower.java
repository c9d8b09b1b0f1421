package dev.lenet.app.serve;

import com.google.gson.JsonObject;
import dev.lenet.app.serve.RunSource.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the latest run every second while a page follows it, and tells what is new.
 *
 * <p>Asks instead of being notified: the files are few, and notifications do not come from every file system.
 */
final class RunFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunFollower.class);
    private static final long LOOK_EVERY_MILLIS = 1000;

    /** Times as long as looking for mistakes took, it is left alone: the run needs the processors, too. */
    private static final long PAUSE = 9;

    private final RunSource runs;
    private final ServedEngines engines;
    private final Thread looking = new Thread(this::look, "serve-runs");
    private final Thread reading = new Thread(this::read, "serve-mistakes");

    private volatile Runnable listener = () -> {};
    private final List<News> latest = new ArrayList<>();
    private long version;
    private int readers;
    private boolean closed;

    /** The run to look for mistakes in, once there is a reason to. */
    private @Nullable State task;

    RunFollower(RunSource runs, ServedEngines engines) {
        this.runs = runs;
        this.engines = engines;
    }

    /**
     * Looks from now on, while there are readers.
     *
     * @param listener called when there is news, by any thread
     */
    void start(Runnable listener) {
        this.listener = listener;
        for (Thread thread : List.of(looking, reading)) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Something to tell.
     *
     * @param event what it is about; newer news replaces older of the same
     * @param version counts up
     */
    record News(String event, String json, long version) {}

    /** From now on a page follows it. */
    synchronized void join() {
        readers++;
        notifyAll();
    }

    synchronized void leave() {
        readers--;
    }

    /** What is new after that version. */
    synchronized List<News> after(long seen) {
        return latest.stream().filter(news -> news.version() > seen).toList();
    }

    private void tell(String event, String json) {
        if (isNew(event, json)) {
            listener.run();
        }
    }

    private synchronized boolean isNew(String event, String json) {
        if (latest.stream()
                .anyMatch(news -> news.event().equals(event) && news.json().equals(json))) {
            return false;
        }
        latest.removeIf(news -> news.event().equals(event));
        latest.add(new News(event, json, ++version));
        return true;
    }

    private void look() {
        try {
            while (waitForReaders()) {
                try {
                    Optional<State> state = runs.latest();
                    tell("run", Reply.text(state.map(State::json).orElseGet(JsonObject::new)));
                    state.filter(run -> run.epochs() > 0).ifPresent(this::ask);
                } catch (RuntimeException e) {
                    tell("run", problem(e));
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean waitForReaders() throws InterruptedException {
        while (readers == 0 && !closed) {
            wait();
        }
        return !closed;
    }

    private synchronized void ask(State run) {
        task = run;
        notifyAll();
    }

    private void read() {
        String done = "";
        try {
            while (true) {
                State run = nextTask(done);
                if (run == null) {
                    return;
                }
                done = key(run);
                long started = System.nanoTime();
                try {
                    tell("mistakes", Reply.text(runs.mistakes(run, engines.openFirst())));
                } catch (RuntimeException e) {
                    tell("mistakes", problem(e));
                }
                Thread.sleep(PAUSE * (System.nanoTime() - started) / 1_000_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable State nextTask(String done) throws InterruptedException {
        while (!closed && (task == null || key(task).equals(done))) {
            wait();
        }
        return closed ? null : task;
    }

    private static String key(State run) {
        return run.name() + "/" + run.epochs();
    }

    private static String problem(RuntimeException e) {
        LOG.debug("looking at the runs failed", e);
        JsonObject json = new JsonObject();
        json.addProperty("problem", e.getMessage() == null ? e.toString() : e.getMessage());
        return Reply.text(json);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        looking.interrupt();
        reading.interrupt();
        try {
            // They may be using the server, or an engine, that is closed next.
            looking.join();
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
