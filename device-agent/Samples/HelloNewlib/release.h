/*
 * Which release this is. The build defines HELLO_VERSION (a string), HELLO_MINOR (its second number) and
 * HELLO_BEHAVIOUR; everything that differs between releases asks here.
 */
#ifndef RELEASE_H
#define RELEASE_H

#ifndef HELLO_VERSION
#error "build with scripts/build-samples.sh, which defines the version"
#endif

enum behaviour {
    BEHAVIOUR_GOOD = 0,
    BEHAVIOUR_FAULT = 1,         /* executes an undefined instruction */
    BEHAVIOUR_NULL_WRITE = 2,    /* writes through a null pointer */
    BEHAVIOUR_HANG = 3,          /* stops calling the boot stage */
    BEHAVIOUR_NEVER_CONFIRM = 4, /* runs well but its health check never holds */
    BEHAVIOUR_STRAY_WRITE = 5,   /* writes into the memory of the boot stage */
};

#define RELEASE_VERSION HELLO_VERSION
#define RELEASE_BEHAVIOUR ((enum behaviour)HELLO_BEHAVIOUR)

/* 1.1 adds the trend of each sensor to the telemetry. */
#define RELEASE_HAS_TREND (HELLO_MINOR >= 1)

/* The bad releases show their defect after this time: late enough that the boot stage saw them start. */
#define RELEASE_DEFECT_AFTER_MS 700u

#endif
