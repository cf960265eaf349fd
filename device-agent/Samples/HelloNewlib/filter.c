#include "filter.h"

#include <math.h>

#define PI 3.14159265358979323846

void low_pass_design(struct low_pass *filter, double cutoff_hz, double rate_hz)
{
    /* Bilinear transform with the frequency pre-warped by tan, damping of a Butterworth filter. */
    double k = tan(PI * cutoff_hz / rate_hz);
    double norm = 1.0 / (1.0 + sqrt(2.0) * k + k * k);
    filter->b0 = k * k * norm;
    filter->b1 = 2.0 * filter->b0;
    filter->b2 = filter->b0;
    filter->a1 = 2.0 * (k * k - 1.0) * norm;
    filter->a2 = (1.0 - sqrt(2.0) * k + k * k) * norm;
    low_pass_settle(filter, 0.0);
}

void low_pass_settle(struct low_pass *filter, double value)
{
    /* With a constant input the output equals it, since the gain at zero is 1. */
    filter->state2 = (filter->b2 - filter->a2) * value;
    filter->state1 = (filter->b1 - filter->a1) * value + filter->state2;
}

double low_pass_step(struct low_pass *filter, double value)
{
    double output = filter->b0 * value + filter->state1;
    filter->state1 = filter->b1 * value - filter->a1 * output + filter->state2;
    filter->state2 = filter->b2 * value - filter->a2 * output;
    return output;
}
