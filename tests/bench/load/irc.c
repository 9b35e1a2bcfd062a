/* IRC (RFC 2812), all in one channel. An author does not hear itself. */
#define _GNU_SOURCE
#include "load.h"

#include <string.h>

enum { REGISTERS, JOINS, IN_CHANNEL };

static void begin(struct member *m) {
    m->step = REGISTERS;
    putf(m, "NICK m%05d\r\nUSER m%05d 0 * :member\r\n", m->number, m->number);
}

/* The numeric of ":server 001 …", or 0. */
static int numeric(const uint8_t *line, size_t size) {
    const uint8_t *gap = memchr(line, ' ', size);
    if (!gap || line[0] != ':' || gap + 4 >= line + size || gap[4] != ' ') return 0;
    return (gap[1] - '0') * 100 + (gap[2] - '0') * 10 + gap[3] - '0';
}

static void on_line(struct member *m, const uint8_t *line, size_t size) {
    if (size > text_size && is_text(line + size - text_size) && line[0] == ':') {
        heard(m, line + size - text_size);
        return;
    }
    if (size > 5 && !memcmp(line, "PING ", 5)) {
        putf(m, "PONG %.*s\r\n", (int)(size - 5), (const char *)line + 5);
        return;
    }
    if (size > 5 && !memcmp(line, "ERROR", 5)) { broken(m, "ERROR from the server"); return; }
    if (m->step == IN_CHANNEL) return;
    int code = numeric(line, size);
    if (code == 1 && m->step == REGISTERS) {
        m->step = JOINS;
        putf(m, "JOIN #papo\r\n");
    } else if (code == 366) {
        m->step = IN_CHANNEL;
        is_in(m);
    } else if (code > 422 && code < 500) {
        broken(m, "a refusal from the server");
    }
}

static size_t feed(struct member *m, const uint8_t *data, size_t size) {
    size_t used = 0;
    while (m->state != GONE) {
        const uint8_t *line = data + used, *end = memchr(line, '\n', size - used);
        if (!end) break;
        size_t length = (size_t)(end - line);
        used += length + 1;
        if (length && line[length - 1] == '\r') length--;
        on_line(m, line, length);
    }
    return used;
}

static void say(struct member *m, const uint8_t *text) {
    put(m, "PRIVMSG #papo :", 15);
    put(m, text, text_size);
    put(m, "\r\n", 2);
}

const struct protocol irc = {"irc", false, false, begin, feed, say};
