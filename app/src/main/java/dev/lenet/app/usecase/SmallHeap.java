package dev.lenet.app.usecase;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Keeps the heap of a training small. On a machine with much memory a JVM lets garbage pile up to hundreds of megabytes before it
 * looks at it: that of reading files, of vectors before C2 has compiled them, of drawing a report. Steps of training make hardly any.
 */
final class SmallHeap {
    private SmallHeap() {}

    /** Has the collector give back what it does not need from now on, and begins with that. */
    static void keep() {
        try {
            HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            jvm.setVMOption("MinHeapFreeRatio", "10");
            jvm.setVMOption("MaxHeapFreeRatio", "50");
        } catch (RuntimeException | LinkageError e) {
            // Another JVM, or a collector with ways of its own: then the heap is as large as that makes it.
        }
        collect();
    }

    /** Between two parts of a run, of which the first has made garbage. Takes some ten milliseconds. */
    static void collect() {
        System.gc();
    }
}
