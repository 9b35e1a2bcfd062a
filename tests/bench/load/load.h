/* The load generator: members of one room, as many as asked, in one thread over epoll.
 *
 * loop.c    members: dialling, TLS, reading, writing
 * flood.c   messages: when to send, what was delivered, how late
 * main.c    commands from stdin, answers as one JSON object a line on stdout
 * papo.c irc.c lines.c nats.c redis.c mqtt.c    one protocol each, behind `struct protocol`
 *
 * All times are nanoseconds of CLOCK_MONOTONIC.
 */
#ifndef LOAD_H
#define LOAD_H

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECOND 1000000000ull
#define MARK '~'      /* the first byte of a text; nothing else on any wire begins with it */
#define MIN_TEXT 20   /* the mark, a stamp of 11 and an id of 5 fit */
#define MAX_TEXT 4000

struct bytes {
    uint8_t *data;
    size_t size, room;
};

enum state { UNUSED, DIALING, SECURING, JOINING, IN, STALLED, RELEASED, GONE };

struct member {
    int fd;
    int number;
    enum state state;
    int step;            /* the protocol's own */
    SSL *tls;
    EVP_PKEY *key;       /* made before the clock runs */
    struct bytes rest;   /* input that is no whole message yet */
    struct bytes out;    /* output, of which `written` bytes have left */
    size_t written;
    bool dirty;          /* stands in the list of those with output */
    bool blocked;        /* the socket is full: epoll tells when it is not */
    uint64_t heard_at;   /* the last delivery of this flood */
    uint64_t heard;      /* deliveries of this flood */
    unsigned on_its_way; /* messages of its own that not everybody has */
};

struct protocol {
    const char *name;
    bool tls;
    bool echoes;         /* an author hears its own message too */
    /* The first bytes, once the connection stands. */
    void (*begin)(struct member *);
    /* Takes input, returns how much of it was used; calls is_in, heard and broken. */
    size_t (*feed)(struct member *, const uint8_t *, size_t);
    /* Puts one message for everyone, of text_size bytes. */
    void (*say)(struct member *, const uint8_t *);
};

extern const struct protocol papo, irc, lines, nats, redis, mqtt;

/* loop.c */
extern const struct protocol *protocol;
extern uint64_t now;         /* read after each system call that brought something */
extern int alive;            /* members that are in and read */
extern int deaths;           /* members whose connection ended, since the last flood began */
uint64_t clock_now(void);
void loop_open(const char *host, int port);
void loop_wake_at(uint64_t);
void loop_run(void (*on_command)(void));
void join_begin(int count, int parallel, double timeout, bool stalled);
void release_begin(double timeout);
struct member *sender(unsigned);
uint64_t received_bytes(void);
struct member *each_member(int *); /* start with 0; NULL at the end */

/* for protocols */
void put(struct member *, const void *, size_t);
void putf(struct member *, const char *, ...) __attribute__((format(printf, 2, 3)));
void is_in(struct member *);
void broken(struct member *, const char *why);

/* flood.c */
extern size_t text_size;
struct flood_wish {
    bool open;           /* open loop at `rate`, else closed with `window` in flight */
    bool apart;          /* nobody sends before everyone has what it sent last */
    double rate, warm, seconds;
    unsigned window, senders;
    uint64_t messages;   /* stop after so many, if not 0 */
};
void flood_begin(const struct flood_wish *);
void flood_turn(void);
void heard(struct member *, const uint8_t *text);
void flood_watch(int pid);
struct cpu { uint64_t used, waited; }; /* on a core; ready, but without one */
struct cpu server_cpu(void);
uint64_t own_cpu(void);

static inline bool is_text(const uint8_t *at) { return *at == MARK; }

/* main.c */
void say_json(const char *, ...) __attribute__((format(printf, 1, 2)));
void die(const char *, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
