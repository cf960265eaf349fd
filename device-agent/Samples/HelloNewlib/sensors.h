/* Eight simulated sensors: the same readings in every run, so that two boards can be compared. */
#ifndef SENSORS_H
#define SENSORS_H

#include <stdint.h>

#define SENSOR_COUNT 8

struct sensor {
    const char *name;
    const char *unit;
    double base;         /* in units: the middle of its swing */
    double swing;        /* in units: amplitude of the slow wave */
    double period_s;     /* of the slow wave */
    double noise;        /* in units: largest disturbance */
    double alarm_low;    /* in units */
    double alarm_high;   /* in units */
};

extern const struct sensor sensor_table[SENSOR_COUNT];

/* The reading of one sensor at a time, in its unit. The same index and time give the same value. */
double sensor_read(int index, uint32_t time_ms);

#endif
