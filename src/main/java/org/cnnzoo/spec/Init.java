package org.cnnzoo.spec;

/**
 * How weights start.
 *
 * @param kind the distribution
 * @param value standard deviation of {@code normal}, bound of {@code uniform}, the value of {@code
 *     constant}; 0 elsewhere
 */
public record Init(Kind kind, double value) {
    public static final Init HE_FAN_IN = new Init(Kind.HE_FAN_IN, 0);

    /** Distributions; fan-in and fan-out count what one group sees. */
    public enum Kind {
        /** N(0, 2 / fan-in), He 2015. */
        HE_FAN_IN,
        /** N(0, 2 / fan-out), He 2015. */
        HE_FAN_OUT,
        /** U(-b, b), b = sqrt(6 / (fan-in + fan-out)), Glorot 2010. */
        XAVIER,
        /** U(-b, b), b = sqrt(3 / fan-in), LeCun 1998. */
        LECUN,
        /** U(-b, b), b = 1 / sqrt(fan-in): PyTorch's default for convolutions and dense layers. */
        TORCH,
        /** N(0, value squared). */
        NORMAL,
        /** U(-value, value). */
        UNIFORM,
        /** The value itself. */
        CONSTANT;

        /** Whether a number belongs to it, as in {@code {normal: 0.01}}. */
        public boolean hasValue() {
            return this == NORMAL || this == UNIFORM || this == CONSTANT;
        }
    }
}
