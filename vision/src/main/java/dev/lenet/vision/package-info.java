/**
 * From a picture, drawn, scanned or photographed, to the pixels that a model reads.
 *
 * <p>{@link dev.lenet.vision.DigitImage} is one digit, {@link dev.lenet.vision.Writing} several in one picture, and
 * {@link dev.lenet.vision.GreyPicture} and {@link dev.lenet.vision.ColourPicture} are pictures from any source that are not, or not
 * yet, made into digits. {@link dev.lenet.vision.Preparation} makes a {@link dev.lenet.vision.ModelImage} of a picture, of any shape
 * that a model has. A <em>picture</em> is what comes in, of any size; an <em>image</em> is what a model reads.
 *
 * <p>Nothing here needs a screen or a font, or writes a file. A program without a window that runs where there is a
 * display may set {@code java.awt.headless}, as with everything of {@code java.desktop}.
 */
@NullMarked
package dev.lenet.vision;

import org.jspecify.annotations.NullMarked;
