/* Members and their connections: dialling, TLS, reading, writing. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define MOST_MEMBERS 20000
#define BUFFER (512 * 1024)
#define EVENTS 512
#define STALLED_BUFFER 4096  /* so that the server sees soon that nobody reads */

const struct protocol *protocol;
uint64_t now;
int alive, deaths;

static struct sockaddr_in address;
static SSL_CTX *context;
static int poller, timer;
static struct member *members[MOST_MEMBERS];
static int count;
static struct member *dirty[MOST_MEMBERS];
static int dirty_count;
static uint8_t buffer[BUFFER];
static uint64_t bytes_in;
static struct member *stalled_member;

/* One join at a time. */
static struct {
    bool on, stalled;
    int target, dialed, done, parallel;
    uint64_t began, deadline;
    struct cpu cpu;
} joining;

static struct {
    bool on;
    uint64_t bytes, deadline;
} releasing;

static void take(struct member *, size_t);

uint64_t clock_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

uint64_t received_bytes(void) { return bytes_in; }

struct member *each_member(int *at) {
    while (*at < count) {
        struct member *m = members[(*at)++];
        if (m->state == IN) return m;
    }
    return NULL;
}

/* The `turn`th author: a few members in turn, the first that are still there. */
struct member *sender(unsigned turn) {
    for (int tries = 0; tries < count; tries++) {
        struct member *m = members[(turn + (unsigned)tries) % (unsigned)count];
        if (m->state == IN) return m;
    }
    return NULL;
}

/* --- output ------------------------------------------------------------------------------- */

static void append(struct bytes *b, const void *data, size_t size) {
    if (b->size + size > b->room) {
        b->room = (b->size + size) * 2;
        b->data = realloc(b->data, b->room);
        if (!b->data) die("out of memory");
    }
    memcpy(b->data + b->size, data, size);
    b->size += size;
}

void put(struct member *m, const void *data, size_t size) {
    if (m->state == GONE) return;
    append(&m->out, data, size);
    if (!m->dirty) {
        m->dirty = true;
        dirty[dirty_count++] = m;
    }
}

void putf(struct member *m, const char *format, ...) {
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    put(m, line, (size_t)size);
}

static void watch(struct member *m, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = m};
    if (epoll_ctl(poller, operation, m->fd, &event) && operation != EPOLL_CTL_DEL)
        die("epoll_ctl: %s", strerror(errno));
}

static void want_write(struct member *m, bool wanted) {
    if (m->blocked == wanted) return;
    m->blocked = wanted;
    watch(m, EPOLL_CTL_MOD, wanted ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

static void write_out(struct member *m) {
    while (m->written < m->out.size) {
        const uint8_t *from = m->out.data + m->written;
        size_t left = m->out.size - m->written;
        if (m->tls) {
            ERR_clear_error();
            int done = SSL_write(m->tls, from, (int)left);
            if (done > 0) { m->written += (size_t)done; continue; }
            int error = SSL_get_error(m->tls, done);
            if (error == SSL_ERROR_WANT_WRITE) { want_write(m, true); return; }
            if (error == SSL_ERROR_WANT_READ) return;
            broken(m, "TLS write");
            return;
        }
        ssize_t done = send(m->fd, from, left, MSG_NOSIGNAL);
        if (done > 0) { m->written += (size_t)done; continue; }
        if (errno == EAGAIN) { want_write(m, true); return; }
        if (errno == EINTR) continue;
        broken(m, "write");
        return;
    }
    m->out.size = m->written = 0;
    want_write(m, false);
}

static void flush(void) {
    for (int i = 0; i < dirty_count; i++) {
        struct member *m = dirty[i];
        m->dirty = false;
        if (m->state == JOINING || m->state == IN) write_out(m);
    }
    dirty_count = 0;
}

/* --- a member's life ---------------------------------------------------------------------- */

void broken(struct member *m, const char *why) {
    if (m->state == GONE) return;
    if (m->state == IN) {
        alive--;
        deaths++;
    }
    bool was_joining = m->state == DIALING || m->state == SECURING || m->state == JOINING;
    m->state = GONE;
    watch(m, EPOLL_CTL_DEL, 0);
    close(m->fd);
    if (was_joining) die("member %d could not join: %s", m->number, why);
}

static EVP_PKEY *new_key(void) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    if (!key) die("no P-256 key");
    return key;
}

static void dial(struct member *m) {
    m->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m->fd < 0) die("socket: %s", strerror(errno));
    int one = 1, small = STALLED_BUFFER;
    setsockopt(m->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (joining.stalled) setsockopt(m->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    m->state = DIALING;
    if (connect(m->fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS)
        die("connect: %s", strerror(errno));
    m->blocked = true;
    watch(m, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

static void begin(struct member *m) {
    m->state = JOINING;
    want_write(m, false);
    protocol->begin(m);
}

static void shake_hands(struct member *m) {
    ERR_clear_error();
    int done = SSL_connect(m->tls);
    if (done == 1) { begin(m); return; }
    int error = SSL_get_error(m->tls, done);
    if (error == SSL_ERROR_WANT_READ) want_write(m, false);
    else if (error == SSL_ERROR_WANT_WRITE) want_write(m, true);
    else broken(m, "TLS handshake");
}

static void stands(struct member *m) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(m->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) { broken(m, strerror(error)); return; }
    if (!protocol->tls) { begin(m); return; }
    m->tls = SSL_new(context);
    SSL_set_fd(m->tls, m->fd);
    m->state = SECURING;
    shake_hands(m);
}

void is_in(struct member *m) {
    if (m->state != JOINING) return;
    joining.done++;
    if (joining.stalled) {
        m->state = STALLED;
        stalled_member = m;
        watch(m, EPOLL_CTL_DEL, 0);
        return;
    }
    m->state = IN;
    alive++;
}

static void join_turn(void) {
    if (!joining.on) return;
    while (joining.dialed < joining.target && joining.dialed - joining.done < joining.parallel)
        dial(members[count - joining.target + joining.dialed++]);
    if (joining.done == joining.target) {
        joining.on = false;
        now = clock_now();
        say_json("{\"event\":\"joined\",\"members\":%d,\"seconds\":%.6f,\"server_cpu\":%.6f}",
                 joining.target, (double)(now - joining.began) / 1e9,
                 (double)(server_cpu().used - joining.cpu.used) / 1e9);
    } else if (now > joining.deadline) {
        die("only %d of %d joined in time", joining.done, joining.target);
    } else {
        loop_wake_at(joining.deadline);
    }
}

void join_begin(int target, int parallel, double timeout, bool stalled) {
    if (count + target > MOST_MEMBERS) die("too many members");
    for (int i = 0; i < target; i++) {
        struct member *m = calloc(1, sizeof *m);
        if (!m) die("out of memory");
        m->number = count;
        if (protocol == &papo) m->key = new_key();
        members[count++] = m;
    }
    now = clock_now();
    joining.on = true;
    joining.stalled = stalled;
    joining.target = target;
    joining.dialed = joining.done = 0;
    joining.parallel = parallel;
    joining.began = now;
    joining.deadline = now + (uint64_t)(timeout * 1e9);
    joining.cpu = server_cpu();
}

/* --- the stalled member, read at last ----------------------------------------------------- */

static void released(bool cut) {
    releasing.on = false;
    stalled_member->state = GONE;
    watch(stalled_member, EPOLL_CTL_DEL, 0);
    close(stalled_member->fd);
    say_json("{\"event\":\"released\",\"cut\":%s,\"bytes\":%llu}", cut ? "true" : "false",
             (unsigned long long)releasing.bytes);
}

void release_begin(double timeout) {
    if (!stalled_member || stalled_member->state != STALLED) die("nobody is stalled");
    releasing.on = true;
    releasing.bytes = 0;
    releasing.deadline = clock_now() + (uint64_t)(timeout * 1e9);
    stalled_member->state = RELEASED;
    watch(stalled_member, EPOLL_CTL_ADD, EPOLLIN);
    loop_wake_at(releasing.deadline);
}

/* What comes is of no interest, only whether it ends. */
static void drain(struct member *m) {
    ssize_t size = recv(m->fd, buffer, BUFFER, 0);
    if (size > 0) releasing.bytes += (uint64_t)size;
    else if (size == 0 || errno != EAGAIN) released(true);
}

static void release_turn(void) {
    if (!releasing.on) return;
    if (now > releasing.deadline) released(false);
    else loop_wake_at(releasing.deadline);
}

/* --- input -------------------------------------------------------------------------------- */

static ssize_t read_some(struct member *m, uint8_t *into, size_t room) {
    if (!m->tls) return recv(m->fd, into, room, 0);
    ERR_clear_error();
    int size = SSL_read(m->tls, into, (int)room);
    if (size > 0) return size;
    int error = SSL_get_error(m->tls, size);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) errno = EAGAIN;
    else if (error == SSL_ERROR_ZERO_RETURN) return 0;
    else errno = ECONNRESET;
    return -1;
}

/* A socket may delay its acknowledgements, and a server that leaves Nagle's algorithm on then waits
 * up to 40 ms for them: the timer would be measured, not the server. So members acknowledge as soon as
 * they have read. */
static void acknowledge(struct member *m) {
    int one = 1;
    setsockopt(m->fd, IPPROTO_TCP, TCP_QUICKACK, &one, sizeof one);
}

static void read_in(struct member *m) {
    size_t have = m->rest.size;
    if (have) memcpy(buffer, m->rest.data, have);
    for (;;) {
        ssize_t size = read_some(m, buffer + have, BUFFER - have);
        if (size <= 0) {
            bool over = size == 0 || (errno != EAGAIN && errno != EINTR);
            acknowledge(m);
            take(m, have);
            if (over) broken(m, size ? strerror(errno) : "the server hung up");
            return;
        }
        have += (size_t)size;
        bytes_in += (uint64_t)size;
        /* A plain socket with more to read is told of again; OpenSSL must be emptied. */
        if (!m->tls || have > BUFFER / 2) {
            acknowledge(m);
            take(m, have);
            if (!m->tls || m->state == GONE || m->state == STALLED) return;
            have = m->rest.size;
            if (have) memcpy(buffer, m->rest.data, have);
        }
    }
}

/* Gives the protocol what the buffer holds, and keeps what it leaves. */
static void take(struct member *m, size_t have) {
    m->rest.size = 0;
    if (!have) return;
    now = clock_now();
    size_t used = protocol->feed(m, buffer, have);
    if (used > have) die("a protocol took more than there was");
    if (have - used > BUFFER / 2) die("a message without an end");
    if (used < have) append(&m->rest, buffer + used, have - used);
}

static void on_event(struct member *m, uint32_t events) {
    if (m->state == DIALING) stands(m);
    else if (m->state == SECURING) shake_hands(m);
    else if (m->state == RELEASED) drain(m);
    else if (m->state == JOINING || m->state == IN) {
        if (events & EPOLLOUT) write_out(m);
        if (events & (EPOLLIN | EPOLLHUP | EPOLLERR) && m->state != GONE) read_in(m);
    }
}

/* --- the loop ----------------------------------------------------------------------------- */

void loop_wake_at(uint64_t at) {
    static uint64_t armed;
    if (armed > now && armed <= at) return;
    armed = at;
    struct itimerspec when = {
        .it_value = {.tv_sec = (time_t)(at / SECOND), .tv_nsec = (long)(at % SECOND)}};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

void loop_open(const char *host, int port) {
    prctl(PR_SET_TIMERSLACK, 1);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1) die("no address: %s", host);
    poller = epoll_create1(EPOLL_CLOEXEC);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    struct epoll_event on_timer = {.events = EPOLLIN, .data.ptr = &timer};
    struct epoll_event on_input = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, timer, &on_timer);
    epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &on_input);
    if (!protocol->tls) return;
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    /* The room's certificate signs itself; the proof binds its hash. */
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_default_read_buffer_len(context, 64 * 1024);
    SSL_CTX_set_alpn_protos(context, (const uint8_t *)"\x06papo/1", 7);
}

void loop_run(void (*on_command)(void)) {
    struct epoll_event events[EVENTS];
    for (;;) {
        int ready = epoll_wait(poller, events, EVENTS, -1);
        if (ready < 0 && errno != EINTR) die("epoll_wait: %s", strerror(errno));
        now = clock_now();
        for (int i = 0; i < ready; i++) {
            void *who = events[i].data.ptr;
            if (who == NULL) on_command();
            else if (who == &timer) {
                uint64_t rung;
                if (read(timer, &rung, sizeof rung) < 0 && errno != EAGAIN) die("timer");
            } else on_event(who, events[i].events);
        }
        now = clock_now();
        join_turn();
        release_turn();
        flood_turn();
        flush();
    }
}
