/* One line of JSON per sensor and window. */
#ifndef TELEMETRY_H
#define TELEMETRY_H

#include "sensors.h"
#include "statistics.h"

#include <stdint.h>

/* A text that grows; after a failed allocation it stays as it is and `failed` is set. */
struct text {
    char *bytes;
    int count, capacity, failed;
};

void text_append(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

void text_free(struct text *text);

/* "1970-01-01T00:00:07Z" for 7 s: the boards have no clock, so time counts from their start. */
void telemetry_time(char *target, int bytes, uint32_t time_ms);

/* Prints the line. `readings` is the window that `statistics` was computed from. */
void telemetry_print(const struct sensor *sensor, const struct statistics *statistics, const double *readings,
                     double filtered, uint32_t time_ms);

#endif
