/*
 * What newlib asks of an operating system. The console is the boot stage's, the heap is the RAM between .bss and the
 * stack, and there are no files.
 */
#include "platform.h"

#include <errno.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#define LINE_BYTES_MAX 256
#define STACK_BYTES_MAX 0x10000u

extern char image_heap_start[];

/* Terminals want a carriage return before each line feed. One call per line keeps lines whole on a shared UART. */
int _write(int file, const char *bytes, int count)
{
    static char line[LINE_BYTES_MAX];
    int used = 0;
    (void)file;
    for (int i = 0; i < count; i++) {
        if (bytes[i] == '\n') {
            line[used++] = '\r';
        }
        line[used++] = bytes[i];
        if (bytes[i] == '\n' || used > LINE_BYTES_MAX - 2) {
            platform_services->console_write(line, (uint32_t)used);
            used = 0;
        }
    }
    if (used > 0) {
        platform_services->console_write(line, (uint32_t)used);
    }
    return count;
}

void *_sbrk(ptrdiff_t increment)
{
    static char *break_address = image_heap_start;
    char *limit = (char *)(uintptr_t)(platform_services->ram_end - STACK_BYTES_MAX);
    char *previous = break_address;
    if (increment > limit - break_address) {
        errno = ENOMEM;
        return (void *)-1;
    }
    break_address += increment;
    return previous;
}

/* abort() and failed assertions end here: a fault, so that the boot stage records it and a trial is charged. */
void _exit(int status)
{
    (void)status;
    for (;;) {
        __builtin_trap();
    }
}

int _kill(int process, int signal)
{
    (void)process;
    _exit(signal);
    return -1;
}

int _getpid(void)
{
    return 1;
}

int _fstat(int file, struct stat *status)
{
    (void)file;
    status->st_mode = S_IFCHR;
    return 0;
}

int _isatty(int file)
{
    (void)file;
    return 1;
}

int _close(int file)
{
    (void)file;
    errno = EBADF;
    return -1;
}

off_t _lseek(int file, off_t offset, int origin)
{
    (void)file;
    (void)offset;
    (void)origin;
    return 0;
}

int _read(int file, void *bytes, size_t count)
{
    (void)file;
    (void)bytes;
    (void)count;
    return 0;
}
