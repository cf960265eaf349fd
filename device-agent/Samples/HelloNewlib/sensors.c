#include "sensors.h"

#include <math.h>

#define PI 3.14159265358979323846

const struct sensor sensor_table[SENSOR_COUNT] = {
    {"supply", "V", 12.0, 0.35, 31.0, 0.02, 10.8, 13.2},
    {"current", "A", 1.8, 0.9, 7.0, 0.05, 0.0, 4.0},
    {"temperature", "C", 41.5, 6.0, 120.0, 0.2, -20.0, 85.0},
    {"humidity", "%", 48.0, 12.0, 240.0, 0.8, 5.0, 95.0},
    {"pressure", "hPa", 1013.2, 4.0, 600.0, 0.1, 870.0, 1085.0},
    {"speed", "rpm", 2950.0, 45.0, 3.0, 8.0, 0.0, 3200.0},
    {"vibration", "mm/s", 2.1, 0.7, 1.7, 0.3, 0.0, 7.1},
    {"flow", "l/min", 17.4, 2.2, 19.0, 0.15, 4.0, 30.0},
};

/* A hash instead of a generator with state: a reading does not depend on which readings came before. */
static uint32_t scramble(uint32_t value)
{
    value ^= value >> 16;
    value *= 0x7FEB352Du;
    value ^= value >> 15;
    value *= 0x846CA68Bu;
    return value ^ (value >> 16);
}

double sensor_read(int index, uint32_t time_ms)
{
    const struct sensor *sensor = &sensor_table[index];
    double seconds = (double)time_ms / 1000.0;
    double wave = sin(2.0 * PI * seconds / sensor->period_s + (double)index);
    double disturbance = (double)scramble(time_ms * 31u + (uint32_t)index) / 4294967296.0 * 2.0 - 1.0;
    return sensor->base + sensor->swing * wave + sensor->noise * disturbance;
}
