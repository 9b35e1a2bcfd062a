/* NATS, one subject. */
#include "load.h"

#include <stdio.h>
#include <string.h>

enum { WAITS_FOR_INFO, WAITS_FOR_PONG, SUBSCRIBED };

static void begin(struct member *m) { m->step = WAITS_FOR_INFO; }

static void on_line(struct member *m, const uint8_t *line) {
    if (!memcmp(line, "INFO", 4) && m->step == WAITS_FOR_INFO) {
        putf(m, "CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":true}\r\n"
                "SUB room 1\r\nPING\r\n");
        m->step = WAITS_FOR_PONG;
    } else if (!memcmp(line, "PING", 4)) {
        putf(m, "PONG\r\n");
    } else if (!memcmp(line, "PONG", 4) && m->step == WAITS_FOR_PONG) {
        m->step = SUBSCRIBED;
        is_in(m);
    } else if (!memcmp(line, "-ERR", 4)) {
        broken(m, "-ERR from the server");
    }
}

static size_t feed(struct member *m, const uint8_t *data, size_t size) {
    /* All messages of a flood are of one size, so this is in front of each. */
    char head[32];
    size_t used = 0, length = (size_t)snprintf(head, sizeof head, "MSG room 1 %zu\r\n", text_size);
    while (m->state != GONE && size - used >= 4) {
        const uint8_t *at = data + used;
        if (*at == 'M') {
            if (size - used < length + text_size + 2) break;
            if (memcmp(at, head, length)) { broken(m, "a message of another shape"); break; }
            if (is_text(at + length)) heard(m, at + length);
            used += length + text_size + 2;
            continue;
        }
        const uint8_t *end = memchr(at, '\n', size - used);
        if (!end) break;
        on_line(m, at);
        used = (size_t)(end - data) + 1;
    }
    return used;
}

static void say(struct member *m, const uint8_t *text) {
    putf(m, "PUB room %zu\r\n", text_size);
    put(m, text, text_size);
    put(m, "\r\n", 2);
}

const struct protocol nats = {"nats", false, true, begin, feed, say};
