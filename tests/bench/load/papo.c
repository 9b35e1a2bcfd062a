/* Papo: frames of MessagePack over TLS 1.3 (app/protocol/README.md). */
#include "load.h"

#include <openssl/sha.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER 4
#define AT_MOST (64 * 1024)

enum { WAITS_FOR_HELLO, WAITS_FOR_JOINED, JOINED };

/* --- writing MessagePack ------------------------------------------------------------------ */

struct frame {
    uint8_t bytes[HEADER + MAX_TEXT + 512];
    size_t size;
};

static void add(struct frame *f, const void *data, size_t size) {
    memcpy(f->bytes + f->size, data, size);
    f->size += size;
}

static void add_byte(struct frame *f, unsigned byte) { f->bytes[f->size++] = (uint8_t)byte; }

static void add_str(struct frame *f, const void *data, size_t size) {
    if (size < 32) add_byte(f, 0xa0 | (unsigned)size);
    else if (size < 256) { add_byte(f, 0xd9); add_byte(f, (unsigned)size); }
    else { add_byte(f, 0xda); add_byte(f, (unsigned)size >> 8); add_byte(f, size & 255); }
    add(f, data, size);
}

static void add_word(struct frame *f, const char *word) { add_str(f, word, strlen(word)); }

static void add_bin(struct frame *f, const void *data, size_t size) {
    add_byte(f, 0xc4);
    add_byte(f, (unsigned)size);
    add(f, data, size);
}

static void begin_frame(struct frame *f, unsigned fields, const char *tag) {
    f->size = HEADER;
    add_byte(f, 0x80 | fields);
    add_word(f, "t");
    add_word(f, tag);
}

static void put_frame(struct member *m, struct frame *f) {
    uint32_t size = (uint32_t)(f->size - HEADER);
    f->bytes[0] = (uint8_t)(size >> 24);
    f->bytes[1] = (uint8_t)(size >> 16);
    f->bytes[2] = (uint8_t)(size >> 8);
    f->bytes[3] = (uint8_t)size;
    put(m, f->bytes, f->size);
}

/* --- reading MessagePack ------------------------------------------------------------------ */

static uint32_t big_endian(const uint8_t *at, int bytes) {
    uint32_t value = 0;
    while (bytes--) value = value << 8 | *at++;
    return value;
}

/* A string's or a bin's length; moves `*at` to its first byte. -1 where it is neither. */
static long blob(const uint8_t **at, const uint8_t *end) {
    uint8_t type = *(*at)++;
    if ((type & 0xe0) == 0xa0) return type & 0x1f;
    int bytes = type == 0xd9 || type == 0xc4 ? 1 : type == 0xda || type == 0xc5 ? 2
              : type == 0xdb || type == 0xc6 ? 4 : 0;
    if (!bytes || end - *at < bytes) return -1;
    long size = (long)big_endian(*at, bytes);
    *at += bytes;
    return size;
}

/* Returns what follows the value at `at`; NULL for what is no MessagePack. */
static const uint8_t *skip(const uint8_t *at, const uint8_t *end) {
    static const uint8_t plain[] = {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 5, 9, 2, 3, 5, 9, 2, 3, 5, 9};
    for (uint32_t values = 1; values; values--) {
        if (!at || at >= end) return NULL;
        uint8_t type = *at;
        if (type < 0x80 || type >= 0xe0) at++;
        else if (type < 0x90) { values += 2u * (type & 15); at++; }
        else if (type < 0xa0) { values += type & 15; at++; }
        else if (type >= 0xdc) {
            int bytes = type & 1 ? 4 : 2;
            if (end - at < 1 + bytes) return NULL;
            values += big_endian(at + 1, bytes) * (type >= 0xde ? 2u : 1u);
            at += 1 + bytes;
        } else if (type >= 0xc0 && type <= 0xd3 && plain[type - 0xc0]) at += plain[type - 0xc0];
        else {
            long size = blob(&at, end);
            if (size < 0 || size > end - at) return NULL;
            at += size;
        }
    }
    return at <= end ? at : NULL;
}

static bool is_word(const uint8_t *at, long size, const char *word) {
    return size == (long)strlen(word) && !memcmp(at, word, (size_t)size);
}

/* The value of a field of the map in `[at, end)`, or NULL. */
static const uint8_t *field(const uint8_t *at, const uint8_t *end, const char *name) {
    if (at >= end || (*at & 0xf0) != 0x80) return NULL;
    for (int fields = *at++ & 15; fields; fields--) {
        if (at >= end) return NULL;
        long size = blob(&at, end);
        if (size < 0 || size >= end - at) return NULL;
        if (is_word(at, size, name)) return at + size;
        at = skip(at + size, end);
        if (!at) return NULL;
    }
    return NULL;
}

static bool is_tag(const uint8_t *tag, const uint8_t *end, const char *name) {
    long size = blob(&tag, end);
    return size >= 0 && size <= end - tag && is_word(tag, size, name);
}

/* --- joining ------------------------------------------------------------------------------ */

static const char HELLO[] = "\x84\xa1t\xa5hello\xabmin_version\x01\xabmax_version\x01"
                            "\xa5" "agent\xa5" "bench";

static void begin(struct member *m) {
    uint8_t header[HEADER] = {0, 0, 0, sizeof HELLO - 1};
    m->step = WAITS_FOR_HELLO;
    put(m, header, HEADER);
    put(m, HELLO, sizeof HELLO - 1);
}

static void add_part(EVP_MD_CTX *digest, const void *data, size_t size) {
    uint8_t length[4] = {0, 0, (uint8_t)(size >> 8), (uint8_t)size};
    EVP_DigestUpdate(digest, length, 4);
    EVP_DigestUpdate(digest, data, size);
}

/* app/security/proof.py: both hellos as they travelled, and the certificate's hash. */
static void transcript(struct member *m, const uint8_t *hello, size_t size, uint8_t *out) {
    uint8_t hash[SHA256_DIGEST_LENGTH];
    X509 *shown = SSL_get1_peer_certificate(m->tls);
    if (!shown || !X509_digest(shown, EVP_sha256(), hash, NULL)) die("no certificate");
    X509_free(shown);
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    EVP_DigestInit_ex(digest, EVP_sha256(), NULL);
    add_part(digest, "papo/1 device proof", 19);
    add_part(digest, HELLO, sizeof HELLO - 1);
    add_part(digest, hello, size);
    add_part(digest, hash, sizeof hash);
    EVP_DigestFinal_ex(digest, out, NULL);
    EVP_MD_CTX_free(digest);
}

static void prove_and_join(struct member *m, const uint8_t *hello, size_t size) {
    uint8_t signed_data[SHA256_DIGEST_LENGTH], signature[128], *point = NULL;
    size_t length = sizeof signature;
    transcript(m, hello, size, signed_data);
    EVP_MD_CTX *signing = EVP_MD_CTX_new();
    if (EVP_DigestSignInit(signing, NULL, EVP_sha256(), NULL, m->key) != 1 ||
        EVP_DigestSign(signing, signature, &length, signed_data, sizeof signed_data) != 1)
        die("no signature");
    EVP_MD_CTX_free(signing);
    size_t point_size = EVP_PKEY_get1_encoded_public_key(m->key, &point);
    struct frame f;
    begin_frame(&f, 3, "prove");
    add_word(&f, "device_key");
    add_bin(&f, point, point_size);
    add_word(&f, "signature");
    add_bin(&f, signature, length);
    put_frame(m, &f);
    OPENSSL_free(point);
    char nick[16];
    snprintf(nick, sizeof nick, "m%05d", m->number);
    begin_frame(&f, 2, "join");
    add_word(&f, "nick");
    add_word(&f, nick);
    put_frame(m, &f);
    m->step = WAITS_FOR_JOINED;
}

/* --- one frame ---------------------------------------------------------------------------- */

static void refuse(struct member *m, const uint8_t *body, const uint8_t *end) {
    char why[96] = "refused";
    const uint8_t *code = field(body, end, "code");
    long size = code ? blob(&code, end) : -1;
    if (size >= 0 && size <= end - code) snprintf(why, sizeof why, "refused: %.*s", (int)size, code);
    broken(m, why);
}

/* An array's length; moves `*at` to its first value. -1 where it is none. */
static long items(const uint8_t **at, const uint8_t *end) {
    uint8_t type = *(*at)++;
    if ((type & 0xf0) == 0x90) return type & 15;
    int bytes = type == 0xdc ? 2 : type == 0xdd ? 4 : 0;
    if (!bytes || end - *at < bytes) return -1;
    long count = (long)big_endian(*at, bytes);
    *at += bytes;
    return count;
}

/* `live`: an array of messages, each of them [seq, author, at, cid, text, …]. */
static void on_live(struct member *m, const uint8_t *at, const uint8_t *end) {
    long count = at && at < end ? items(&at, end) : -1;
    while (count-- > 0 && m->state != GONE) {
        if (at >= end) return;
        const uint8_t *next = skip(at, end);
        long values = items(&at, end);
        for (int i = 0; i < 4 && at; i++) at = skip(at, end);
        if (!next || values < 5 || !at || at >= end) return;
        if (blob(&at, end) == (long)text_size && is_text(at)) heard(m, at);
        at = next;
    }
}

static void on_frame(struct member *m, const uint8_t *body, const uint8_t *end) {
    static const char pong[] = "\0\0\0\x08\x81\xa1t\xa4pong";
    const uint8_t *tag = field(body, end, "t");
    if (!tag) { broken(m, "a frame without a type"); return; }
    if (is_tag(tag, end, "live")) on_live(m, field(body, end, "said"), end);
    else if (is_tag(tag, end, "ping")) put(m, pong, sizeof pong - 1);
    else if (is_tag(tag, end, "closed") || is_tag(tag, end, "rejected")) refuse(m, body, end);
    else if (m->step == WAITS_FOR_HELLO && is_tag(tag, end, "host-hello"))
        prove_and_join(m, body, (size_t)(end - body));
    else if (m->step == WAITS_FOR_JOINED && is_tag(tag, end, "joined")) {
        m->step = JOINED;
        is_in(m);
    }
}

static size_t feed(struct member *m, const uint8_t *data, size_t size) {
    size_t used = 0;
    while (size - used >= HEADER && m->state != GONE) {
        size_t length = big_endian(data + used, HEADER);
        if (length > AT_MOST) { broken(m, "a frame too large"); break; }
        if (size - used < HEADER + length) break;
        on_frame(m, data + used + HEADER, data + used + HEADER + length);
        used += HEADER + length;
    }
    return used;
}

static void new_cid(uint64_t *cid) {
    /* splitmix64, begun at the clock: a room that outlives a run must not see a cid twice. */
    static uint64_t state;
    if (!state) state = now;
    for (int i = 0; i < 2; i++) {
        uint64_t z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        cid[i] = z ^ (z >> 31);
    }
}

static void say(struct member *m, const uint8_t *text) {
    uint64_t cid[2];
    struct frame f;
    new_cid(cid);
    begin_frame(&f, 3, "say");
    add_word(&f, "cid");
    add_bin(&f, cid, sizeof cid);
    add_word(&f, "text");
    add_str(&f, text, text_size);
    put_frame(m, &f);
}

const struct protocol papo = {"papo", true, true, begin, feed, say};
