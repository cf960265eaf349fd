#include "health.h"

#include "filter.h"
#include "platform.h"
#include "release.h"
#include "statistics.h"

#include <math.h>

/* The image in memory must stay what it was at the first check: a wrong mapping or a stray write shows here. */
static int image_unchanged(void)
{
    static uint32_t first;
    uint32_t now = platform_image_crc();
    if (first == 0) {
        first = now;
    }
    return now == first;
}

/* A constant goes through the filter as it is, and the statistics of 1..9 are known. */
static int arithmetic_works(void)
{
    struct low_pass filter;
    low_pass_design(&filter, 2.0, 20.0);
    low_pass_settle(&filter, 5.0);
    double readings[9];
    for (int i = 0; i < 9; i++) {
        readings[i] = (double)(9 - i);
    }
    struct statistics statistics;
    return fabs(low_pass_step(&filter, 5.0) - 5.0) < 1e-9 && statistics_compute(&statistics, readings, 9) == 0 &&
           statistics.median == 5.0 && fabs(statistics.mean - 5.0) < 1e-12 &&
           fabs(statistics.deviation - sqrt(7.5)) < 1e-12;
}

int health_check(void)
{
    return RELEASE_BEHAVIOUR != BEHAVIOUR_NEVER_CONFIRM && image_unchanged() && arithmetic_works();
}

static void write_through_null(void)
{
    /* Volatile and not a constant for the compiler, which would otherwise turn the write into a trap of its own. */
    static volatile uint32_t *volatile nowhere;
    *nowhere = 1;
}

/* The first word behind the application's RAM is the boot stage's or nobody's. */
static void write_behind_ram(void)
{
    *(volatile uint32_t *)(uintptr_t)platform_services->ram_end = 1;
}

void health_defect(uint32_t time_ms)
{
    if (time_ms < RELEASE_DEFECT_AFTER_MS) {
        return;
    }
    switch (RELEASE_BEHAVIOUR) {
    case BEHAVIOUR_FAULT:
        __asm__ volatile("udf #0");
        break;
    case BEHAVIOUR_NULL_WRITE:
        write_through_null();
        break;
    case BEHAVIOUR_STRAY_WRITE:
        write_behind_ram();
        break;
    case BEHAVIOUR_HANG:
        for (;;) {
        }
    default:
        break;
    }
}
