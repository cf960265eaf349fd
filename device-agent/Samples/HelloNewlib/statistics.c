#include "statistics.h"

#include "release.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Linear interpolation between the two nearest ranks. */
static double percentile(const double *sorted, int count, double fraction)
{
    double rank = fraction * (double)(count - 1);
    int below = (int)floor(rank);
    int above = below + 1 < count ? below + 1 : below;
    return sorted[below] + (rank - (double)below) * (sorted[above] - sorted[below]);
}

/* Welford's method: one pass, and no difference of large squares. */
static void mean_and_deviation(struct statistics *result, const double *readings)
{
    double mean = 0.0;
    double squares = 0.0;
    for (int i = 0; i < result->count; i++) {
        double distance = readings[i] - mean;
        mean += distance / (double)(i + 1);
        squares += distance * (readings[i] - mean);
    }
    result->mean = mean;
    result->deviation = result->count > 1 ? sqrt(squares / (double)(result->count - 1)) : 0.0;
}

int statistics_compute(struct statistics *result, const double *readings, int count)
{
    if (count <= 0) {
        return -1;
    }
    double *sorted = malloc((size_t)count * sizeof(double));
    if (sorted == NULL) {
        return -1;
    }
    memcpy(sorted, readings, (size_t)count * sizeof(double));
    qsort(sorted, (size_t)count, sizeof(double), compare);
    result->count = count;
    result->minimum = sorted[0];
    result->maximum = sorted[count - 1];
    result->median = percentile(sorted, count, 0.5);
    result->percentile95 = percentile(sorted, count, 0.95);
    free(sorted);
    mean_and_deviation(result, readings);
    return 0;
}

#if RELEASE_HAS_TREND
double statistics_trend(const double *readings, int count)
{
    double middle = (double)(count - 1) / 2.0;
    double products = 0.0;
    double squares = 0.0;
    for (int i = 0; i < count; i++) {
        double distance = (double)i - middle;
        products += distance * readings[i];
        squares += distance * distance;
    }
    return squares > 0.0 ? products / squares : 0.0;
}
#endif
