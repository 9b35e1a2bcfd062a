/* The tutorial's exchange: the server asks NICK, the client names itself, then lines to all.
 *
 * The tutorial marks no end of a message; the line end that it relays unchanged is ours. */
#define _GNU_SOURCE
#include "load.h"

#include <string.h>

static const char WELCOME[] = "Conectado ao Servidor";

enum { WAITS_FOR_NICK, WAITS_FOR_WELCOME, IN_ROOM };

static void begin(struct member *m) { m->step = WAITS_FOR_NICK; }

static size_t feed(struct member *m, const uint8_t *data, size_t size) {
    size_t used = 0;
    if (m->step == WAITS_FOR_NICK) {
        if (size < 4) return 0;
        if (memcmp(data, "NICK", 4)) { broken(m, "no NICK"); return size; }
        putf(m, "m%05d", m->number);
        m->step = WAITS_FOR_WELCOME;
        used = 4;
    }
    for (;;) {
        const uint8_t *line = data + used, *end = memchr(line, '\n', size - used);
        if (!end) return used;
        size_t length = (size_t)(end - line);
        used += length + 1;
        if (length > text_size && is_text(end - text_size)) heard(m, end - text_size);
        else if (m->step == WAITS_FOR_WELCOME && memmem(line, length, WELCOME, sizeof WELCOME - 1)) {
            m->step = IN_ROOM;
            is_in(m);
        }
    }
}

static void say(struct member *m, const uint8_t *text) {
    putf(m, "m%05d: ", m->number);
    put(m, text, text_size);
    put(m, "\n", 1);
}

const struct protocol lines = {"lines", false, true, begin, feed, say};
