package dev.lenet.app.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A client that sends what it is told, and nothing else. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** Tells the server that nothing more comes. */
    RawClient endSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next answer, of which the length is given; empty if the connection ended before it. */
    String answer() throws IOException {
        String head = head();
        int length = head.indexOf("Content-Length: ");
        if (length < 0) {
            return head;
        }
        int begin = length + "Content-Length: ".length();
        int size = Integer.parseInt(head.substring(begin, head.indexOf("\r\n", begin)));
        return head + new String(in.readNBytes(size), ISO_8859_1);
    }

    /** Up to the empty line. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(ISO_8859_1);
    }

    /** All there is, until the server hangs up. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** As {@link #rest}, up to where the connection was cut. */
    String restOrWhatCame() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                all.write(next);
            }
        } catch (IOException e) {
            // That is where it was cut.
        }
        return all.toString(ISO_8859_1);
    }

    /** The next line of a stream that begins so. */
    String line(String begin) throws IOException {
        String line;
        do {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("the stream ended");
                }
                bytes.write(next);
            }
            line = bytes.toString(ISO_8859_1);
        } while (!line.startsWith(begin));
        return line;
    }

    /** The status of an answer; 0 if there is none. */
    static int status(String answer) {
        return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
