/* Redis pub/sub, one channel; RESP3, where a subscriber may publish too. */
#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <string.h>

static const char SUBSCRIBED[] = ">3\r\n$9\r\nsubscribe\r\n$4\r\nroom\r\n:1\r\n";
enum { SUBSCRIBES, IN_CHANNEL };

static void begin(struct member *m) {
    m->step = SUBSCRIBES;
    putf(m, "HELLO 3\r\nSUBSCRIBE room\r\n");
}

static size_t feed(struct member *m, const uint8_t *data, size_t size) {
    char head[64];
    size_t used = 0;
    if (m->step == SUBSCRIBES) {
        /* The answer to HELLO is of no interest. */
        const uint8_t *at = memmem(data, size, SUBSCRIBED, sizeof SUBSCRIBED - 1);
        if (!at) {
            if (memmem(data, size, "-ERR", 4)) broken(m, "-ERR from the server");
            return 0;
        }
        used = (size_t)(at - data) + sizeof SUBSCRIBED - 1;
        m->step = IN_CHANNEL;
        is_in(m);
    }
    size_t length = (size_t)snprintf(
        head, sizeof head, ">3\r\n$7\r\nmessage\r\n$4\r\nroom\r\n$%zu\r\n", text_size);
    while (used < size) {
        const uint8_t *at = data + used;
        if (*at == '>') {
            if (size - used < length + text_size + 2) break;
            if (memcmp(at, head, length)) { broken(m, "a push of another shape"); return size; }
            if (is_text(at + length)) heard(m, at + length);
            used += length + text_size + 2;
            continue;
        }
        /* How many have received what was published: a line. */
        const uint8_t *end = memchr(at, '\n', size - used);
        if (!end) break;
        if (*at == '-') { broken(m, "an error from the server"); return size; }
        used = (size_t)(end - data) + 1;
    }
    return used;
}

static void say(struct member *m, const uint8_t *text) {
    putf(m, "*3\r\n$7\r\nPUBLISH\r\n$4\r\nroom\r\n$%zu\r\n", text_size);
    put(m, text, text_size);
    put(m, "\r\n", 2);
}

const struct protocol redis = {"redis", false, true, begin, feed, say};
