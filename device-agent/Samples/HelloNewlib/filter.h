/* A second-order low-pass filter (biquad, transposed direct form II). */
#ifndef FILTER_H
#define FILTER_H

struct low_pass {
    double b0, b1, b2, a1, a2;
    double state1, state2;
};

/* Butterworth response. The cut-off must be below half the sample rate; both in hertz. */
void low_pass_design(struct low_pass *filter, double cutoff_hz, double rate_hz);

/* Sets the state as if the input had always been this value. */
void low_pass_settle(struct low_pass *filter, double value);

double low_pass_step(struct low_pass *filter, double value);

#endif
