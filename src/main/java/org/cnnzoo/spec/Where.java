package org.cnnzoo.spec;

/**
 * The place a value was read from. Lines and columns count from 1; a value given on the command
 * line has the flag as its file ({@code --set params.width=0.5}).
 */
public record Where(String file, int line, int column) {

    /** A place inside text that is not a file's, such as a flag's value. */
    public static Where flag(String flag) {
        return new Where(flag, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
