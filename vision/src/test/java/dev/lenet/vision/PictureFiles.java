package dev.lenet.vision;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes picture files, and changes them byte by byte. */
final class PictureFiles {
    /** A way to write a number into an Exif entry: SHORT. */
    static final int SHORT = 3;

    private PictureFiles() {}

    /** 48x32 pixels, of which the upper left quarter is black. */
    static BufferedImage corner(int type) {
        BufferedImage image = new BufferedImage(48, 32, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 48, 32);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(0, 0, 24, 16);
        graphics.dispose();
        return image;
    }

    static byte[] written(BufferedImage image, String format, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (progressive) {
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        return written(writer, new IIOImage(image, null, null), parameters);
    }

    static byte[] written(ImageWriter writer, IIOImage image, ImageWriteParam parameters) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** With other bytes at a place. */
    static byte[] inserted(byte[] file, int place, byte[]... others) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(file, 0, place);
        for (byte[] other : others) {
            bytes.writeBytes(other);
        }
        bytes.write(file, place, file.length - place);
        return bytes.toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        return inserted(new byte[0], 0, parts);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A segment of a JPEG file. */
    static byte[] segment(int marker, byte[]... data) {
        byte[] all = joined(data);
        return ByteBuffer.allocate(4 + all.length)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (2 + all.length))
                .put(all)
                .array();
    }

    /** Where the first segment with that marker starts. */
    static int place(byte[] jpeg, int marker) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != marker) {
            at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2);
        }
        return at;
    }

    /** An Exif note without its mark: a TIFF file of one directory. */
    static byte[] tiff(ByteOrder order, int type, int directory, int code) {
        ByteBuffer tiff = ByteBuffer.allocate(directory + 30).order(order);
        tiff.put(ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"))
                .putShort((short) 42)
                .putInt(directory)
                .position(directory);
        tiff.putShort((short) 2).putShort((short) 0x010F).putShort((short) 2).putInt(4);
        tiff.put(ascii("Pix\0")).putShort((short) 0x0112).putShort((short) type).putInt(1);
        switch (type) {
            case 1 -> tiff.put((byte) code);
            case 4 -> tiff.putInt(code);
            default -> tiff.putShort((short) code);
        }
        return tiff.array();
    }

    static byte[] exif(int code) {
        return joined(ascii("Exif\0\0"), tiff(ByteOrder.BIG_ENDIAN, SHORT, 8, code));
    }

    static byte[] xmp(String property) {
        return ascii("<x:xmpmeta><rdf:Description " + property + "</rdf:Description></x:xmpmeta>");
    }

    /** A chunk of a PNG file. */
    static byte[] chunk(String name, byte[]... data) {
        byte[] all = joined(ascii(name), joined(data));
        CRC32 crc = new CRC32();
        crc.update(all);
        return ByteBuffer.allocate(8 + all.length)
                .putInt(all.length - 4)
                .put(all)
                .putInt((int) crc.getValue())
                .array();
    }

    static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] packed = new byte[data.length / 500 + data.length % 500 + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    /** Of 32 bits a pixel with the alpha that is said, dark in the upper left quarter; its header has that length. */
    static byte[] bmp(int header, int alpha) throws IOException {
        int width = 48;
        int height = 32;
        ByteBuffer bytes = ByteBuffer.allocate(14 + header + 4 * width * height).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(ascii("BM")).putInt(bytes.capacity()).putInt(0).putInt(14 + header);
        bytes.putInt(header).putInt(width).putInt(-height).putShort((short) 1).putShort((short) 32);
        bytes.putInt(3).putInt(4 * width * height);
        bytes.position(54);
        bytes.putInt(0xFF0000).putInt(0xFF00).putInt(0xFF).putInt(0xFF000000);
        bytes.position(14 + header);
        for (int pixel = 0; pixel < width * height; pixel++) {
            boolean dark = pixel % width < width / 2 && pixel / width < height / 2;
            bytes.putInt((alpha << 24) | (dark ? 0 : 0xFFFFFF));
        }
        return bytes.array();
    }
}
