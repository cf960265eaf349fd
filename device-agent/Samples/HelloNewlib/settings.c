#include "settings.h"

#include <stdlib.h>
#include <string.h>

#define NAME_BYTES_MAX 16
#define WINDOW_MAX 256

static int take(struct settings *settings, const char *name, double value)
{
    if (strcmp(name, "cutoff") == 0 && value > 0.0) {
        settings->cutoff_hz = value;
        return 1;
    }
    if (strcmp(name, "sample") == 0 && value > 0.0) {
        settings->sample_hz = value;
        return 1;
    }
    if (strcmp(name, "window") == 0 && value >= 2.0 && value <= WINDOW_MAX) {
        settings->window = (int)value;
        return 1;
    }
    return 0;
}

int settings_parse(struct settings *settings, const char *text)
{
    int taken = 0;
    while (*text != '\0') {
        char name[NAME_BYTES_MAX];
        size_t length = strcspn(text, "=;");
        if (text[length] != '=' || length >= sizeof name) {
            return -1;
        }
        memcpy(name, text, length);
        name[length] = '\0';
        char *end;
        double value = strtod(text + length + 1, &end);
        if (end == text + length + 1 || (*end != ';' && *end != '\0')) {
            return -1;
        }
        taken += take(settings, name, value);
        text = *end == ';' ? end + 1 : end;
    }
    return taken;
}
