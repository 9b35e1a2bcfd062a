/* Commands, one a line on stdin; answers, one JSON object a line on stdout.
 *
 *   load PROTOCOL HOST PORT SERVER_PID
 *
 *   join COUNT PARALLEL TIMEOUT                          -> joined
 *   closed WINDOW SENDERS WARM SECONDS SIZE MESSAGES     -> flood
 *   apart WINDOW SENDERS WARM SECONDS SIZE MESSAGES      -> flood (see struct flood_wish)
 *   open RATE SENDERS WARM SECONDS SIZE                  -> flood
 *   stall TIMEOUT           one more, who never reads    -> joined
 *   release TIMEOUT         read it: does it end?        -> released
 *
 * The end of stdin ends the program. Whatever goes wrong is {"event":"error",…} and status 1.
 */
#include "load.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char input[4096];
static size_t have;

static void say_va(const char *format, va_list arguments) {
    vprintf(format, arguments);
    putchar('\n');
    fflush(stdout);
}

void say_json(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_va(format, arguments);
    va_end(arguments);
}

/* The reason goes into JSON as it is, but for quotes and what cannot be printed. */
void die(const char *format, ...) {
    char why[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    for (char *c = why; *c; c++)
        if (*c == '"' || *c == '\\' || *c < ' ') *c = '?';
    printf("{\"event\":\"error\",\"why\":\"%s\"}\n", why);
    fflush(stdout);
    exit(1);
}

static void obey(const char *line) {
    struct flood_wish wish = {0};
    int count, parallel, size = 100;
    double timeout;
    unsigned long long messages = 0;
    char word[8];
    if (sscanf(line, "join %d %d %lf", &count, &parallel, &timeout) == 3) {
        join_begin(count, parallel, timeout, false);
    } else if (sscanf(line, "stall %lf", &timeout) == 1) {
        join_begin(1, 1, timeout, true);
    } else if (sscanf(line, "release %lf", &timeout) == 1) {
        release_begin(timeout);
    } else if (sscanf(line, "%7s %u %u %lf %lf %d %llu", word, &wish.window, &wish.senders,
                      &wish.warm, &wish.seconds, &size, &messages) == 7 ||
               (wish.open = sscanf(line, "open %lf %u %lf %lf %d", &wish.rate, &wish.senders,
                                   &wish.warm, &wish.seconds, &size) == 5)) {
        if (size < MIN_TEXT || size > MAX_TEXT) die("no such size");
        text_size = (size_t)size;
        wish.messages = messages;
        wish.apart = !wish.open && !strcmp(word, "apart");
        if (!wish.senders) die("nobody is to send");
        flood_begin(&wish);
    } else {
        die("no such command: %s", line);
    }
}

static void on_command(void) {
    ssize_t size = read(STDIN_FILENO, input + have, sizeof input - have - 1);
    if (size <= 0) exit(0);
    have += (size_t)size;
    input[have] = 0;
    for (char *end; (end = strchr(input, '\n'));) {
        *end = 0;
        obey(input);
        have -= (size_t)(end + 1 - input);
        memmove(input, end + 1, have + 1);
    }
}

static void raise_limits(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

int main(int argc, char **argv) {
    static const struct protocol *const all[] = {&papo, &irc, &lines, &nats, &redis, &mqtt};
    if (argc != 5) die("usage: load PROTOCOL HOST PORT SERVER_PID");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcmp(all[i]->name, argv[1])) protocol = all[i];
    if (!protocol) die("no such protocol: %s", argv[1]);
    signal(SIGPIPE, SIG_IGN);
    raise_limits();
    flood_watch(atoi(argv[4]));
    loop_open(argv[2], atoi(argv[3]));
    loop_run(on_command);
}
