package dev.lenet.benchmarks;

import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every engine that is ready here, Deep Java Library by hand, ONNX Runtime, libtorch from C++ and PyTorch in Python, on the
 * same task: seconds an epoch, images a second, microseconds an image; and the program itself from a cold start.
 *
 * <pre>
 * mvn -B -q -Pbenchmarks package -DskipTests
 * java -jar benchmarks/target/benchmarks.jar
 * </pre>
 *
 * It is started in the root of the repository and writes what it measured into {@code docs/benchmarks.md}, and to stdout.
 * {@code --quick} takes a minute or two, to see whether everything works, and writes only to stdout. {@code --rounds N} measures
 * longer or shorter, {@code --output FILE} writes to another file.
 *
 * <p>All take turns: a round is one turn of each, and the next round begins with the next one. What else the machine does
 * then hits all of them alike. Each has a process of its own; an engine that computes differently without vectors has two.
 * libtorch and PyTorch take part where they are installed; the report says who is missing, and what to install.
 */
public final class SideBySide {
    private static final double TOLERANCE = 1e-4;

    /** By name, as it is compiled apart, with the Vector API. */
    private static final String PEAK = "dev.lenet.benchmarks.VectorPeak";

    /** A Python that has torch. */
    private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");

    private final Effort effort;
    private final List<Scores> all = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<Double> peaks = new ArrayList<>();
    private int peakBits;
    private double farthestLogits;

    private SideBySide(Effort effort) {
        this.effort = effort;
    }

    /**
     * How long to measure.
     *
     * @param warmUp rounds that do not count
     * @param rounds that count
     * @param passes over the test images in a turn
     * @param singles images one by one in a turn
     * @param appRuns cold starts of the program
     */
    record Effort(int warmUp, int rounds, int passes, int singles, int appRuns) {
        static final Effort FULL = new Effort(2, 7, 3, 3000, 3);
        static final Effort QUICK = new Effort(1, 1, 1, 500, 1);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        boolean quick = options.contains("--quick");
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        String rounds = option(options, "--rounds", String.valueOf(effort.rounds()));
        String output = option(options, "--output", quick ? "" : "docs/benchmarks.md");
        AppRun.check();
        double load = Machine.load();
        SideBySide comparison = new SideBySide(new Effort(
                effort.warmUp(), Integer.parseInt(rounds), effort.passes(), effort.singles(), effort.appRuns()));
        comparison.run();
        Report report = new Report(
                LocalDate.now(ZoneOffset.UTC),
                quick,
                load,
                comparison.effort,
                comparison.all,
                comparison.missing,
                comparison.farthestLogits,
                comparison.peakBits,
                new Sample(comparison.peaks.stream().mapToDouble(d -> d).toArray()));
        System.out.print(report.markdown());
        if (!output.isEmpty()) {
            report.writeInto(Path.of(output));
            note("written to " + output);
        }
    }

    private static String option(List<String> options, String name, String otherwise) {
        int at = options.indexOf(name);
        if (at >= 0 && at == options.size() - 1) {
            throw new IllegalArgumentException(name + ": expected a value behind it, received nothing.");
        }
        return at < 0 ? otherwise : options.get(at + 1);
    }

    private static void note(String format, Object... arguments) {
        System.err.println(String.format(Locale.ROOT, format, arguments));
    }

    private void run() throws IOException, InterruptedException {
        measurePeak();
        try {
            startAll();
            compareLogits();
            List<Scores> turns = new ArrayList<>(all);
            for (int round = 1 - effort.warmUp(); round <= effort.rounds(); round++) {
                for (Scores scores : turns) {
                    takeTurn(scores, round);
                }
                Collections.rotate(turns, -1);
            }
        } finally {
            all.forEach(scores -> scores.process().close());
        }
        for (int run = 0; run < effort.appRuns(); run++) {
            for (Scores scores : all) {
                if (scores.isEngine()) {
                    AppRun app = AppRun.train(scores.flags(), scores.engine(), 3);
                    scores.appRuns().add(app);
                    note("cold     %-22s %.1f s, %.0f MB", scores.name(), app.seconds(), app.peakMegabytes());
                }
            }
        }
        measurePeak();
    }

    /** Once before and once after everything else. */
    private void measurePeak() throws IOException, InterruptedException {
        if (!Machine.hasVectorApi()) {
            throw new IOException("expected a JDK with the module jdk.incubator.vector, received "
                    + System.getProperty("java.home") + ". Use a full JDK.");
        }
        Process process = ContestantProcess.start(ContestantProcess.jvm(Machine.VECTOR_API, PEAK));
        String[] numbers = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .trim()
                .split(" ");
        if (process.waitFor() != 0) {
            throw new IOException("The loop for the peak failed; what it wrote to stderr says why.");
        }
        peakBits = Integer.parseInt(numbers[0]);
        double[] rounds =
                Stream.of(numbers).skip(1).mapToDouble(Double::parseDouble).toArray();
        for (double round : rounds) {
            peaks.add(round);
        }
        note("peak     %s GFLOP/s", new Sample(rounds).show("%.0f"));
    }

    private void startAll() throws IOException {
        for (EngineProvider provider : Engines.all()) {
            String name = provider.name();
            Scores usual = startJava(name, Machine.AS_IN_THE_JAR, "engine", name);
            Scores loops = startJava(name + ", plain loops", Machine.WITHOUT_VECTORS, "engine", name);
            add(usual);
            if (loops.process().detail().equals(usual.process().detail())) {
                loops.process().close();
            } else {
                add(loops);
            }
        }
        add(startJava("DJL by hand", List.of(), "raw-djl", ""));
        add(startJava("ONNX Runtime", List.of(), "onnxruntime", ""));
        addProgram("libtorch in C++", "bash", "benchmarks/libtorch/contestant.sh");
        addProgram("PyTorch in Python", PYTHON, "benchmarks/pytorch/contestant.py");
        all.forEach(scores ->
                note("ready    %-22s %s", scores.name(), scores.process().detail()));
    }

    private static Scores startJava(String name, List<String> flags, String kind, String engine) throws IOException {
        List<String> command = ContestantProcess.jvm(flags, ContestantProgram.class.getName(), kind, engine);
        return new Scores(name, engine, flags, new ContestantProcess(command));
    }

    /** One that is not Java gets its weights as files. The comparison goes on without it, whatever keeps it from starting. */
    private void addProgram(String name, String interpreter, String script) throws IOException {
        Path initial = Files.createTempFile("initial", ".safetensors");
        try {
            new ModelFile(Digits.NETWORK, Digits.initialWeights(), null, Map.of()).write(initial);
            add(new Scores(
                    name,
                    "",
                    List.of(),
                    new ContestantProcess(List.of(
                            interpreter,
                            script,
                            initial.toString(),
                            ContestantProgram.TRAINED.toString(),
                            String.valueOf(Runtime.getRuntime().availableProcessors())))));
        } catch (IOException e) {
            missing.add(name + ": expected to start " + interpreter + " " + script + ", received: " + e.getMessage()
                    + ". docs/benchmarks.md says what to install");
        } finally {
            Files.delete(initial);
        }
    }

    private void add(Scores scores) {
        if (scores.process().ready()) {
            all.add(scores);
        } else {
            missing.add(scores.name() + ": " + scores.process().detail());
            scores.process().close();
        }
    }

    /** Whoever computes something else is not measured. */
    private void compareLogits() throws IOException {
        double[] expected = all.get(0).process().ask("logits", 0);
        for (Scores scores : all) {
            double[] received = scores.process().ask("logits", 0);
            double farthest = 0;
            for (int i = 0; i < expected.length; i++) {
                farthest = Math.max(farthest, Math.abs(expected[i] - received[i]));
            }
            if (!(farthest <= TOLERANCE) || received.length != expected.length) {
                throw new IllegalStateException(
                        scores.name() + ": expected the logits of " + all.get(0).name() + " within " + TOLERANCE
                                + ", received " + received.length + " that differ by up to " + farthest + ".");
            }
            farthestLogits = Math.max(farthestLogits, farthest);
            note(
                    "logits   %-22s within %.1e of %s",
                    scores.name(), farthest, all.get(0).name());
        }
    }

    private void takeTurn(Scores scores, int round) throws IOException {
        boolean counts = round > 0;
        String text = "";
        if (scores.process().trains()) {
            double seconds = scores.process().ask("train", round + effort.warmUp())[0];
            scores.keep(counts, scores.epochs(), seconds);
            text = String.format(Locale.ROOT, "%.2f s an epoch, ", seconds);
        }
        double perSecond = scores.process().ask("batches", effort.passes())[0];
        double[] single = scores.process().ask("single", effort.singles());
        scores.keep(counts, scores.imagesPerSecond(), perSecond);
        scores.keep(counts, scores.p50(), single[0]);
        scores.keep(counts, scores.p99(), single[1]);
        note(
                "%-8s %-22s %s%.0f images/s, %.1f us an image",
                counts ? "round " + round : "warm-up", scores.name(), text, perSecond, single[0]);
    }
}
