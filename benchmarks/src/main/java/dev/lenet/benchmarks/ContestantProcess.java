package dev.lenet.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A contestant's process, seen from outside. Each has its own, so that none runs on code that C2 compiled for another,
 * those that need a flag get it, and it need not be Java. While it waits for a command it computes nothing.
 *
 * <p>It greets with one line, {@code trains}, {@code predicts} or {@code unavailable}, and what computes or why it cannot
 * run. From then on it answers each line of a command and a number with a line of numbers, as {@link ContestantProgram}
 * does, and ends when its stdin does.
 */
final class ContestantProcess implements AutoCloseable {
    /** Threads of OpenMP look for new work for up to 200 ms before they sleep; the next contestant waits for that. */
    private static final int PAUSE_MILLISECONDS = 250;

    private final Process process;
    private final BufferedReader replies;
    private final PrintStream commands;
    private final String greeting;

    /**
     * Starts one.
     *
     * @param command the program and its arguments
     */
    ContestantProcess(List<String> command) throws IOException {
        process = start(command);
        replies = process.inputReader(StandardCharsets.UTF_8);
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        greeting = reply();
    }

    /** A process whose stderr is ours. */
    static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The command for a JVM like this one, on the same class path. */
    static List<String> jvm(List<String> flags, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The program that runs this JVM. */
    static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    private String reply() throws IOException {
        String line = replies.readLine();
        if (line == null) {
            throw new IOException(
                    "expected an answer, received the end of the process; what it wrote to stderr says why");
        }
        return line;
    }

    /** Whether it can run here. */
    boolean ready() {
        return !greeting.startsWith("unavailable ");
    }

    /** Whether it can train. */
    boolean trains() {
        return greeting.startsWith("trains ");
    }

    /** What computes; or why it cannot run, and what to do. */
    String detail() {
        return greeting.substring(greeting.indexOf(' ') + 1);
    }

    /** Lets it do something, and returns what it measured. */
    double[] ask(String command, int number) throws IOException {
        pause();
        commands.println(command + " " + number);
        return Stream.of(reply().trim().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted between two contestants", e);
        }
    }

    /** The program ends when it can be given no command any more. */
    @Override
    public void close() {
        commands.close();
        process.onExit().join();
    }
}
