package org.cnnzoo.bench;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast a network is in one mode.
 *
 * @param times of the measured steps
 * @param peakMegabytes the most memory the process has had so far, in MB of 2^20 bytes; nothing
 *     where the system doesn't tell
 * @param profile where the time goes, if that was asked for
 */
public record Measurement(
        Mode mode, StepTimes times, OptionalDouble peakMegabytes, Optional<Profile> profile) {}
