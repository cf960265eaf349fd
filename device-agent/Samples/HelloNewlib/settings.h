/* Settings as text, the way a user would store them: "name=value" pairs, separated by semicolons. */
#ifndef SETTINGS_H
#define SETTINGS_H

struct settings {
    double cutoff_hz;
    double sample_hz;
    int window; /* readings that the statistics look back */
};

/* Fills the settings from text; unknown names are skipped. Gives how many pairs it took, or -1 for a bad value. */
int settings_parse(struct settings *settings, const char *text);

#endif
