namespace Twinbank.Testing;

/// <summary>Twelve releases: the edits that firmware sees in its life, small ones first.</summary>
internal static class SampleEdits
{
    const string PercentileHead = "static double percentile(const double *sorted, int count, double fraction)\n{\n";

    const string ComputeHead
        = "int statistics_compute(struct statistics *result, const double *readings, int count)\n{\n";

    internal static IReadOnlyList<SampleEdit> All { get; } =
    [
        new("first release", []),
        new("a function grows: one check added",
        [
            ("statistics.c", PercentileHead, PercentileHead
                + "    if (count == 1 || fraction <= 0.0) {\n        return sorted[0];\n    }\n"),
        ]),
        new("a constant changes",
        [
            ("sensors.c", "{\"temperature\", \"C\", 41.5,", "{\"temperature\", \"C\", 42.25,"),
        ]),
        new("a string grows",
        [
            ("main.c", "hello-newlib cannot start: settings or memory",
                "hello-newlib cannot start: the settings are wrong or there is no memory for the readings"),
        ]),
        new("a function and a string are added", [], HasTrend: true),
        new("they are removed again", []),
        new("a structure and a variable are added",
        [
            ("main.c", "    double filtered;\n};", "    double filtered;\n    double peak;\n};"),
            ("main.c", "static struct settings settings;",
                "static struct settings settings;\nstatic uint32_t sample_count;"),
            ("main.c", "        channel->filtered = low_pass_step(&channel->filter, reading);",
                "        channel->filtered = low_pass_step(&channel->filter, reading);\n"
                + "        channel->peak = reading > channel->peak ? reading : channel->peak;\n        sample_count++;"),
            ("main.c", "platform_slot_name(), time_ms / 1000u, time_ms % 1000u);",
                "platform_slot_name(), time_ms / 1000u, time_ms % 1000u + sample_count * 0u);"),
        ]),
        new("a function that many call grows",
        [
            ("telemetry.c", "        int needed = vsnprintf(",
                "        if (space < 0 || format == NULL) {\n            text->failed = 1;\n            return;\n"
                + "        }\n        int needed = vsnprintf("),
        ]),
        new("a library function is called for the first time",
        [
            ("filter.c", "double low_pass_step(struct low_pass *filter, double value)\n{\n",
                "double low_pass_step(struct low_pass *filter, double value)\n{\n"
                + "    value = value > 1e12 ? 1e12 * atan2(value, 1e12) : value;\n"),
        ]),
        new("variables with initial values are added",
        [
            ("sensors.c", "double sensor_read(int index, uint32_t time_ms)\n{\n",
                "static double offsets[24] = {0.0, 0.001, 0.002, 0.003};\nstatic int offset_index = 3;\n\n"
                + "double sensor_read(int index, uint32_t time_ms)\n{\n"
                + "    offset_index = (offset_index + 1) % 24;\n    offsets[offset_index] += 1e-9;\n"),
        ]),
        new("a module is rewritten: a median filter in the statistics",
        [
            ("statistics.c", ComputeHead, MedianFilter + ComputeHead),
            ("statistics.c", "    qsort(sorted,", "    smooth(sorted, count);\n    qsort(sorted,"),
        ]),
        new("another output format: many functions and strings",
        [
            ("telemetry.c", "    text_free(&line);\n}",
                "    text_free(&line);\n    csv_print(sensor, statistics, filtered);\n}"),
            ("telemetry.c", "void telemetry_print(", Csv + "void telemetry_print("),
        ]),
    ];

    const string MedianFilter = """
        static double middle(double a, double b, double c)
        {
            double low = a < b ? a : b;
            double high = a < b ? b : a;
            return c < low ? low : c > high ? high : c;
        }

        /* A single outlier must not reach the statistics. */
        static void smooth(double *values, int count)
        {
            double before = count > 0 ? values[0] : 0.0;
            for (int i = 1; i + 1 < count; i++) {
                double now = values[i];
                if (fabs(now - before) > 1e6 && fabs(now - values[i + 1]) > 1e6) {
                    values[i] = middle(before, now, values[i + 1]);
                }
                before = now;
            }
        }


        """;

    const string Csv = """
        static const char csv_head[] = "sensor;unit;count;minimum;maximum;mean;deviation;percentile95;value;alarm\n";

        static __attribute__((noinline)) void csv_value(struct text *line, double value)
        {
            text_append(line, ";%.3f", value);
        }

        static __attribute__((noinline)) void csv_name(struct text *line, const struct sensor *sensor)
        {
            text_append(line, "csv;%s;%s", sensor->name, sensor->unit);
        }

        static void csv_print(const struct sensor *sensor, const struct statistics *statistics, double filtered)
        {
            static int is_started;
            struct text line = {0};
            if (!is_started) {
                text_append(&line, "%s", csv_head);
                is_started = 1;
            }
            csv_name(&line, sensor);
            text_append(&line, ";%d", statistics->count);
            csv_value(&line, statistics->minimum);
            csv_value(&line, statistics->maximum);
            csv_value(&line, statistics->mean);
            csv_value(&line, statistics->deviation);
            csv_value(&line, statistics->percentile95);
            csv_value(&line, filtered);
            text_append(&line, ";%s", alarm_name(sensor, filtered));
            puts(line.failed ? "csv;no memory" : line.bytes);
            text_free(&line);
        }


        """;
}
