#include "telemetry.h"

#include "release.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define FIRST_BYTES 96

void text_append(struct text *text, const char *format, ...)
{
    for (int attempt = 0; attempt < 2 && !text->failed; attempt++) {
        va_list arguments;
        va_start(arguments, format);
        int space = text->capacity - text->count;
        char *end = text->bytes == NULL ? NULL : text->bytes + text->count;
        int needed = vsnprintf(end, (size_t)space, format, arguments);
        va_end(arguments);
        if (needed < space) {
            text->count += needed;
            return;
        }
        int capacity = text->capacity == 0 ? FIRST_BYTES : text->capacity * 2;
        while (capacity <= text->count + needed) {
            capacity *= 2;
        }
        char *grown = realloc(text->bytes, (size_t)capacity);
        text->failed = grown == NULL;
        if (grown != NULL) {
            text->bytes = grown;
            text->capacity = capacity;
        }
    }
}

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}

void telemetry_time(char *target, int bytes, uint32_t time_ms)
{
    time_t seconds = (time_t)(time_ms / 1000u);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    strftime(target, (size_t)bytes, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static const char *alarm_name(const struct sensor *sensor, double value)
{
    if (value < sensor->alarm_low) {
        return "low";
    }
    return value > sensor->alarm_high ? "high" : "none";
}

void telemetry_print(const struct sensor *sensor, const struct statistics *statistics, const double *readings,
                     double filtered, uint32_t time_ms)
{
    struct text line = {0};
    char when[24];
    telemetry_time(when, sizeof when, time_ms);
    text_append(&line, "{\"sensor\":\"%s\",\"time\":\"%s\",\"unit\":\"%s\"", sensor->name, when, sensor->unit);
    text_append(&line, ",\"value\":%.3f,\"mean\":%.3f,\"deviation\":%.4g", filtered, statistics->mean,
                statistics->deviation);
    text_append(&line, ",\"range\":[%.2f,%.2f],\"median\":%.2f", statistics->minimum, statistics->maximum,
                statistics->median);
#if RELEASE_HAS_TREND
    text_append(&line, ",\"trend\":%.4f", statistics_trend(readings, statistics->count));
#else
    (void)readings;
#endif
    text_append(&line, ",\"alarm\":\"%s\"}", alarm_name(sensor, filtered));
    puts(line.failed ? "{\"error\":\"no memory\"}" : line.bytes);
    text_free(&line);
}
