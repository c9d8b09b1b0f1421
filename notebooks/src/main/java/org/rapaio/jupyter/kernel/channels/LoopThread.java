package org.rapaio.jupyter.kernel.channels;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The thread that polls one of the kernel's sockets, in place of the kernel's own class of this name, before whose jar this one
 * stands on the class path.
 *
 * <p>That of version 3.0.1, the newest on Maven Central, starts its thread before it sets the flag that the thread runs by. A
 * thread that is quicker ends at once, and the kernel answers nothing: on a busy machine with 2 cores 2 of 14 starts.
 * Nor does it survive a message that comes before the kernel has its handlers. Remove this when a version does both.
 */
public final class LoopThread extends Thread {
    private static final Logger LOGGER = Logger.getLogger(LoopThread.class.getName());

    private final long sleep;
    private final Runnable body;
    private volatile boolean running = true;

    /** @param sleep between two runs of the body, in milliseconds */
    public LoopThread(String name, long sleep, Runnable body) {
        super(name);
        this.sleep = sleep;
        this.body = body;
    }

    @Override
    public void run() {
        while (running) {
            try {
                body.run();
                Thread.sleep(sleep);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // Asked before the kernel is ready, which Jupyter does once a second until there is an answer.
                LOGGER.log(Level.FINE, getName() + ": a message was lost", e);
            }
        }
    }

    /** Ends the thread after the body's current run. */
    public void shutdown() {
        running = false;
    }
}
