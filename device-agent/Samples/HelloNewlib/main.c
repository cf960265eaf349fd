/*
 * The C sample: says where it runs, measures, and confirms itself when it has been well for the time that the boot
 * stage asks for. Every line it prints begins with its name or is JSON, so that a test can read them.
 */
#include "filter.h"
#include "health.h"
#include "platform.h"
#include "release.h"
#include "sensors.h"
#include "settings.h"
#include "statistics.h"
#include "telemetry.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define HEARTBEAT_MS 1000u

static const char settings_text[] = "cutoff=1.5;sample=20;window=64";

struct channel {
    struct low_pass filter;
    double *readings; /* the newest is last */
    int count;
    double filtered;
};

static struct channel channels[SENSOR_COUNT];
static struct settings settings;

static void print_banner(void)
{
    const struct twinbank_services *services = platform_services;
    uint32_t counter = platform_program_counter();
    printf("hello-newlib %s: slot %s, %s\n", RELEASE_VERSION, platform_slot_name(),
           services->flags & TWINBANK_FLAG_TRIAL ? "on trial" : "confirmed");
    printf("hello-newlib pc: virtual 0x%08" PRIx32 ", physical 0x%08" PRIx32 ", slot at 0x%08" PRIx32 "\n", counter,
           services->physical_address(counter), services->slot_physical);
    printf("hello-newlib image: %" PRIu32 " bytes at 0x%08" PRIx32 ", crc 0x%08" PRIx32 "\n", platform_image_bytes(),
           services->virtual_base, platform_image_crc());
}

static int prepare(void)
{
    if (settings_parse(&settings, settings_text) != 3) {
        return -1;
    }
    for (int i = 0; i < SENSOR_COUNT; i++) {
        channels[i].readings = calloc((size_t)settings.window, sizeof(double));
        if (channels[i].readings == NULL) {
            return -1;
        }
        low_pass_design(&channels[i].filter, settings.cutoff_hz, settings.sample_hz);
        low_pass_settle(&channels[i].filter, sensor_read(i, 0));
    }
    return 0;
}

static void sample(uint32_t time_ms)
{
    for (int i = 0; i < SENSOR_COUNT; i++) {
        struct channel *channel = &channels[i];
        if (channel->count == settings.window) {
            for (int k = 1; k < settings.window; k++) {
                channel->readings[k - 1] = channel->readings[k];
            }
            channel->count--;
        }
        double reading = sensor_read(i, time_ms);
        channel->readings[channel->count++] = reading;
        channel->filtered = low_pass_step(&channel->filter, reading);
    }
}

static void report(uint32_t beat, uint32_t time_ms)
{
    int index = (int)(beat % SENSOR_COUNT);
    struct statistics statistics;
    printf("hello-newlib %s heartbeat %" PRIu32 ": slot %s, %" PRIu32 ".%03" PRIu32 " s\n", RELEASE_VERSION, beat,
           platform_slot_name(), time_ms / 1000u, time_ms % 1000u);
    if (statistics_compute(&statistics, channels[index].readings, channels[index].count) == 0) {
        telemetry_print(&sensor_table[index], &statistics, channels[index].readings, channels[index].filtered,
                        time_ms);
    }
}

/* Confirms once the health check has held since `healthy_since_ms` for the probation time. Gives 1 when it did. */
static int confirm_when_due(uint32_t healthy_since_ms, uint32_t time_ms)
{
    if (time_ms - healthy_since_ms < platform_services->probation_ms) {
        return 0;
    }
    uint32_t status = platform_services->confirm();
    printf("hello-newlib %s confirm: status %" PRIu32 " after %" PRIu32 " ms\n", RELEASE_VERSION, status, time_ms);
    return status == TWINBANK_OK;
}

int main(void)
{
    static char output[256];
    setvbuf(stdout, output, _IOLBF, sizeof output);
    print_banner();
    if (prepare() != 0) {
        puts("hello-newlib cannot start: settings or memory");
        return 1;
    }

    uint32_t start_ms = platform_services->milliseconds();
    uint32_t healthy_since_ms = start_ms;
    uint32_t sampled_ms = start_ms;
    uint32_t reported_ms = start_ms;
    uint32_t sample_step_ms = (uint32_t)(1000.0 / settings.sample_hz);
    int is_confirmed = (platform_services->flags & TWINBANK_FLAG_TRIAL) == 0;
    for (uint32_t beat = 0;;) {
        platform_services->poll();
        uint32_t now_ms = platform_services->milliseconds();
        health_defect(now_ms - start_ms);
        if (now_ms - sampled_ms >= sample_step_ms) {
            sampled_ms += sample_step_ms;
            sample(now_ms - start_ms);
        }
        if (now_ms - reported_ms >= HEARTBEAT_MS) {
            reported_ms += HEARTBEAT_MS;
            report(++beat, now_ms - start_ms);
            if (!health_check()) {
                healthy_since_ms = now_ms;
            }
        }
        if (!is_confirmed && beat > 0) {
            is_confirmed = confirm_when_due(healthy_since_ms, now_ms);
        }
    }
}
