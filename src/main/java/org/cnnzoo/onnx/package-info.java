/**
 * Networks as ONNX files, for other runtimes. The message classes come with ND4J, which reads such
 * files into SameDiff; nothing on the class path writes them.
 */
@NullMarked
package org.cnnzoo.onnx;

import org.jspecify.annotations.NullMarked;
