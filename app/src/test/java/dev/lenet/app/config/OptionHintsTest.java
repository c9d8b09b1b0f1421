package dev.lenet.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OptionHintsTest {

    @Test
    void theOptionStandsBehindWhatALibraryAdvises() {
        assertThat(OptionHints.in("Take a smaller batch size, stop what else runs, or take another device."))
                .isEqualTo(
                        "Take a smaller batch size (--batch-size), stop what else runs, or take another device (--device).");
        assertThat(OptionHints.in("Provide what is missing, or take another engine that needs no native library."))
                .isEqualTo("Provide what is missing, or take another engine (--engine) that needs no native library.");
    }

    @Test
    void whatIsNoAdviceStaysAsItIs() {
        String sentence = "Engine 'native': expected the device cpu or auto, received 'cuda:0'.";
        assertThat(OptionHints.in(sentence)).isEqualTo(sentence);
    }
}
