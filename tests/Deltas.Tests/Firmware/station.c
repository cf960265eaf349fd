/* A small program that pulls in much of newlib, in two revisions: the second has a function more, one call more, and
   another text. Compiled by FirmwareRatioTests, run by nobody. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAMPLE_COUNT = 64, MEDIAN_COUNT_MAX = 9 };

struct sample {
    int index;
    double value;
    char name[16];
};

static int compare_values(const void *left, const void *right)
{
    double a = ((const struct sample *)left)->value;
    double b = ((const struct sample *)right)->value;
    return (a > b) - (a < b);
}

#if REVISION >= 2
static double median(const struct sample *samples, int count)
{
    double sorted[MEDIAN_COUNT_MAX];
    count = count > MEDIAN_COUNT_MAX ? MEDIAN_COUNT_MAX : count;
    for (int i = 0; i < count; i++) {
        int place = i;
        for (; place > 0 && sorted[place - 1] > samples[i].value; place--) {
            sorted[place] = sorted[place - 1];
        }
        sorted[place] = samples[i].value;
    }
    return sorted[count / 2];
}
#endif

static double integrate(double (*function)(double), double from, double to, int steps)
{
    double width = (to - from) / steps;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
        sum += function(from + ((i + 0.5) * width));
    }
    return sum * width;
}

static unsigned checksum(const unsigned char *bytes, size_t count)
{
    unsigned crc = ~0u;
    while (count-- > 0) {
        crc ^= *bytes++;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (0xEDB88320u & -(crc & 1));
        }
    }
    return ~crc;
}

int main(void)
{
    struct sample *samples = malloc(SAMPLE_COUNT * sizeof *samples);
    if (samples == NULL) {
        return 1;
    }
    for (int i = 0; i < SAMPLE_COUNT; i++) {
        samples[i].index = i;
        samples[i].value = sin(i * 0.37) * exp(-i * 0.05);
        snprintf(samples[i].name, sizeof samples[i].name, "sample-%03d", i);
    }
#if REVISION >= 2
    printf("median before sorting %g\n", median(samples, MEDIAN_COUNT_MAX));
#endif
    qsort(samples, SAMPLE_COUNT, sizeof *samples, compare_values);
    for (int i = 0; i < SAMPLE_COUNT; i++) {
        printf("%3d %-16s %12.6f\n", samples[i].index, samples[i].name, samples[i].value);
    }
    time_t moment = 1000000;
    char text[32];
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", gmtime(&moment));
    printf("%s, revision " REVISION_TEXT ", %g %g\n", text, integrate(sin, 0, 3, 100), pow(2.5, 3.5));
    printf("%08x %s\n", checksum((unsigned char *)samples, SAMPLE_COUNT * sizeof *samples), strerror(5));
    free(samples);
    return 0;
}
