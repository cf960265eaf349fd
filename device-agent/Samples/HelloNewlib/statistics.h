/* What a window of readings says. */
#ifndef STATISTICS_H
#define STATISTICS_H

struct statistics {
    int count;
    double minimum, maximum, mean, deviation, median, percentile95;
};

/* Gives 0, or -1 when the window is empty or there is no memory for a sorted copy. */
int statistics_compute(struct statistics *result, const double *readings, int count);

/* Slope of the least-squares line through readings at equal distances, in units per step; 0 for fewer than two. */
double statistics_trend(const double *readings, int count);

#endif
