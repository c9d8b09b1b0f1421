package dev.lenet.interop;

/** What a name in a graph stands for: a tensor that is known, or what an image becomes on its way. */
sealed interface Value permits Constant, Flow {}
