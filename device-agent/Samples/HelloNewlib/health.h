/* When the application says that it is well, and how the bad releases fail to. */
#ifndef HEALTH_H
#define HEALTH_H

#include <stdint.h>

/* True when the filter, the statistics and the image in memory are as they should be. */
int health_check(void);

/* What this release does wrong at this time; a good one does nothing. May not return. */
void health_defect(uint32_t time_ms);

#endif
