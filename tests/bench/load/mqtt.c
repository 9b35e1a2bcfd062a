/* MQTT 3.1.1, one topic, QoS 0. */
#include "load.h"

#include <stdio.h>
#include <string.h>

enum { CONNECTS, SUBSCRIBES, IN_TOPIC };
enum { CONNACK = 2, PUBLISH = 3, SUBACK = 9 };

#define TOPIC "\0\4room"
#define TOPIC_SIZE 6

static void begin(struct member *m) {
    char id[16];
    int size = snprintf(id, sizeof id, "m%05d", m->number);
    uint8_t head[] = {0x10, (uint8_t)(10 + 2 + size), 0, 4, 'M', 'Q', 'T', 'T', 4,
                      2 /* clean session */, 0, 0 /* no keep-alive */, 0, (uint8_t)size};
    m->step = CONNECTS;
    put(m, head, sizeof head);
    put(m, id, (size_t)size);
}

static void on_packet(struct member *m, int type, const uint8_t *body, size_t size) {
    if (type == PUBLISH) {
        if (size == TOPIC_SIZE + text_size && is_text(body + TOPIC_SIZE)) heard(m, body + TOPIC_SIZE);
    } else if (type == CONNACK && m->step == CONNECTS) {
        static const uint8_t subscribe[] = "\x82\x09\0\1" TOPIC "\0";
        if (size != 2 || body[1]) { broken(m, "refused"); return; }
        put(m, subscribe, sizeof subscribe - 1);
        m->step = SUBSCRIBES;
    } else if (type == SUBACK && m->step == SUBSCRIBES) {
        m->step = IN_TOPIC;
        is_in(m);
    }
}

static size_t feed(struct member *m, const uint8_t *data, size_t size) {
    size_t used = 0;
    while (m->state != GONE) {
        size_t at = used + 1, length = 0;
        int shift = 0;
        do {
            if (at >= size) return used;
            length |= (size_t)(data[at] & 127) << shift;
            shift += 7;
        } while (data[at++] & 128 && shift < 28);
        if (size - at < length) return used;
        on_packet(m, data[used] >> 4, data + at, length);
        used = at + length;
    }
    return used;
}

static void say(struct member *m, const uint8_t *text) {
    size_t length = TOPIC_SIZE + text_size;
    uint8_t head[3] = {0x30, (uint8_t)length, 0};
    size_t size = 2;
    if (length > 127) {
        head[1] = (uint8_t)(length & 127) | 128;
        head[2] = (uint8_t)(length >> 7);
        size = 3;
    }
    put(m, head, size);
    put(m, TOPIC, TOPIC_SIZE);
    put(m, text, text_size);
}

const struct protocol mqtt = {"mqtt", false, true, begin, feed, say};
