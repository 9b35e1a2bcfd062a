/* Messages: when to send, what was delivered, how late, and what the server's CPU made of it. */
#define _GNU_SOURCE
#include "load.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PENDING (1u << 18)
#define STUCK (2 * SECOND)    /* a closed loop that completes nothing for so long begins anew */
#define LATE 8                /* windows: a message so far behind a delivered one is lost */
#define DRAIN (5 * SECOND)    /* what is on its way at the end has so long to arrive */
#define FINE 6                /* bits of a latency that are kept: 1.6 % */
#define BUCKETS (64 << FINE)

size_t text_size = 100;

static enum { IDLE, WARM, MEASURE, DRAINING } phase;
static struct flood_wish wish;
static struct { uint32_t id, missing; struct member *author; } pending[PENDING];
static uint32_t next_id = 1, oldest, newest_done;
static uint64_t in_flight, began, measured_from, measured_until, ends, next_at, completed_at;
static uint64_t sent, counted, stray, lost, longest_gap, deliveries, sent_in, bytes_from;
static uint64_t lateness_max;
static uint64_t cpu_own, stuck;
static struct cpu cpu_server;
static uint64_t latencies[BUCKETS], latency_count, latency_max;
static double latency_sum;
static uint8_t text[MAX_TEXT];
static int server;

/* --- CPU ---------------------------------------------------------------------------------- */

void flood_watch(int pid) { server = pid; }

/* All the server's threads together (/proc/PID/task/TID/schedstat). */
struct cpu server_cpu(void) {
    char path[64], line[300], *end;
    struct cpu total = {0, 0};
    if (!server) return total;
    snprintf(path, sizeof path, "/proc/%d/task", server);
    DIR *tasks = opendir(path);
    if (!tasks) die("the server is gone");
    for (struct dirent *task; (task = readdir(tasks));) {
        if (task->d_name[0] == '.') continue;
        snprintf(line, sizeof line, "%s/schedstat", task->d_name);
        int fd = openat(dirfd(tasks), line, O_RDONLY);
        if (fd < 0) continue;
        ssize_t size = read(fd, line, sizeof line - 1);
        close(fd);
        if (size <= 0) continue;
        line[size] = 0;
        total.used += strtoull(line, &end, 10);
        total.waited += strtoull(end, NULL, 10);
    }
    closedir(tasks);
    return total;
}

uint64_t own_cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

/* --- latencies, in buckets of 1.6 % ------------------------------------------------------- */

static unsigned bucket_of(uint64_t value) {
    unsigned high = 63 - (unsigned)__builtin_clzll(value | 1);
    if (high < FINE) return (unsigned)value;
    unsigned shift = high - FINE;
    return ((shift + 1) << FINE) | (unsigned)((value >> shift) & ((1u << FINE) - 1));
}

static uint64_t middle_of(unsigned bucket) {
    unsigned shift = bucket >> FINE;
    if (!shift) return bucket;
    uint64_t low = ((uint64_t)(bucket & ((1u << FINE) - 1)) | (1u << FINE)) << (shift - 1);
    return low + ((1ull << (shift - 1)) >> 1);
}

static double percentile_us(double share) {
    uint64_t wanted = (uint64_t)((double)latency_count * share), seen = 0;
    for (unsigned i = 0; i < BUCKETS; i++)
        if ((seen += latencies[i]) > wanted) return (double)middle_of(i) / 1e3;
    return (double)latency_max / 1e3;
}

/* --- the text: a mark, when it was sent, which one it is, and filler ----------------------- */

static void write_number(uint8_t *to, uint64_t value, int digits) {
    while (digits--) { to[digits] = (uint8_t)('0' + (value & 63)); value >>= 6; }
}

static uint64_t read_number(const uint8_t *from, int digits) {
    uint64_t value = 0;
    while (digits--) value = value << 6 | (uint64_t)((*from++ - '0') & 63);
    return value;
}

static void arrived(uint32_t id) {
    pending[id % PENDING].author->on_its_way--;
    in_flight--;
}

static void lose(uint32_t id) {
    if (!pending[id % PENDING].missing) return;
    lost += pending[id % PENDING].missing;
    pending[id % PENDING].missing = 0;
    arrived(id);
}

static struct member *author(void) {
    static unsigned turn;
    for (unsigned tries = 0; tries < wish.senders; tries++) {
        struct member *m = sender(turn++ % wish.senders);
        if (m && !(wish.apart && m->on_its_way)) return m;
    }
    return NULL;
}

static bool send_one(uint64_t stamp) {
    struct member *m = author();
    int listeners = alive - !protocol->echoes;
    if (listeners <= 0) die("nobody is left in the room");
    if (!m) return false;
    uint32_t id = next_id++;
    lose(id);
    pending[id % PENDING].id = id;
    pending[id % PENDING].missing = (uint32_t)listeners;
    pending[id % PENDING].author = m;
    write_number(text + 1, stamp, 11);
    write_number(text + 12, id, 5);
    protocol->say(m, text);
    m->on_its_way++;
    in_flight++;
    sent++;
    if (phase == MEASURE) sent_in++;
    return true;
}

void heard(struct member *m, const uint8_t *at) {
    uint64_t stamp = read_number(at + 1, 11);
    uint32_t id = (uint32_t)read_number(at + 12, 5);
    if (phase == IDLE || pending[id % PENDING].id != id || !pending[id % PENDING].missing) {
        stray++;
        return;
    }
    counted++;
    m->heard++;
    uint64_t since = m->heard_at ? m->heard_at : began;
    if (now - since > longest_gap && phase != WARM) longest_gap = now - since;
    m->heard_at = now;
    if (stamp >= measured_from && stamp < measured_until) {
        uint64_t took = now > stamp ? now - stamp : 0;
        latencies[bucket_of(took)]++;
        latency_count++;
        latency_sum += (double)took;
        if (took > latency_max) latency_max = took;
    }
    if (!--pending[id % PENDING].missing) {
        arrived(id);
        completed_at = now;
        if (id > newest_done) newest_done = id;
    }
}

/* --- the flood ---------------------------------------------------------------------------- */

void flood_begin(const struct flood_wish *wanted) {
    struct member *m;
    int at = 0;
    wish = *wanted;
    memset(text, 'x', sizeof text);
    text[0] = MARK;
    memset(pending, 0, sizeof pending);
    memset(latencies, 0, sizeof latencies);
    latency_count = latency_max = 0;
    latency_sum = 0;
    in_flight = sent = counted = stray = lost = longest_gap = sent_in = stuck = 0;
    lateness_max = 0;
    oldest = newest_done = next_id;
    deaths = 0;
    while ((m = each_member(&at))) m->heard = m->heard_at = m->on_its_way = 0;
    now = began = next_at = completed_at = clock_now();
    measured_from = measured_until = UINT64_MAX;
    phase = WARM;
    ends = began + (uint64_t)(wish.warm * 1e9);
    loop_wake_at(now);
}

static void measure(void) {
    cpu_server = server_cpu();
    cpu_own = own_cpu();
    bytes_from = received_bytes();
    deliveries = counted;
    measured_from = now = clock_now();
    ends = now + (uint64_t)(wish.seconds * 1e9);
    phase = MEASURE;
}

/* The clocks stop; what is on its way still counts for the latencies. */
static void stop(void) {
    now = clock_now();
    measured_until = now;
    deliveries = counted - deliveries;
    struct cpu cpu = server_cpu();
    cpu_server.used = cpu.used - cpu_server.used;
    cpu_server.waited = cpu.waited - cpu_server.waited;
    cpu_own = own_cpu() - cpu_own;
    bytes_from = received_bytes() - bytes_from;
    ends = now + DRAIN;
    phase = DRAINING;
}

static void report(void) {
    uint64_t fewest = UINT64_MAX, most = 0;
    struct member *m;
    int at = 0;
    while ((m = each_member(&at))) {
        if (m->heard < fewest) fewest = m->heard;
        if (m->heard > most) most = m->heard;
        uint64_t since = m->heard_at ? m->heard_at : began;
        /* Who hears nothing to the end has a gap as well. */
        if (measured_until > since && measured_until - since > longest_gap)
            longest_gap = measured_until - since;
    }
    for (unsigned i = 0; i < PENDING; i++) lost += pending[i].missing;
    phase = IDLE;
    say_json("{\"event\":\"flood\",\"seconds\":%.6f,\"members\":%d,\"messages\":%llu,"
             "\"sent\":%llu,\"deliveries\":%llu,\"delivered\":%llu,\"lost\":%llu,\"stray\":%llu,"
             "\"fewest\":%llu,\"most\":%llu,\"deaths\":%d,\"stuck\":%llu,\"bytes\":%llu,"
             "\"server_cpu\":%.6f,\"server_waited\":%.6f,\"own_cpu\":%.6f,\"p50_us\":%.1f,\"p99_us\":%.1f,"
             "\"max_us\":%.1f,\"mean_us\":%.1f,\"gap_ms\":%.3f,\"late_ms\":%.3f}",
             (double)(measured_until - measured_from) / 1e9, alive, (unsigned long long)sent_in,
             (unsigned long long)sent, (unsigned long long)deliveries, (unsigned long long)counted,
             (unsigned long long)lost, (unsigned long long)stray, (unsigned long long)fewest,
             (unsigned long long)most, deaths, (unsigned long long)stuck,
             (unsigned long long)bytes_from, (double)cpu_server.used / 1e9,
             (double)cpu_server.waited / 1e9, (double)cpu_own / 1e9,
             percentile_us(0.5), percentile_us(0.99), (double)latency_max / 1e3,
             latency_count ? latency_sum / (double)latency_count / 1e3 : 0.0,
             (double)longest_gap / 1e6, (double)lateness_max / 1e6);
}

/* Where a server garbles or drops, the window would fill with what never comes. */
static void lose_what_never_comes(void) {
    if (in_flight && now - completed_at > STUCK) {
        stuck++;
        completed_at = now;
        newest_done = next_id + LATE * wish.window;
    }
    while (oldest < next_id && oldest + LATE * wish.window < newest_done) lose(oldest++);
}

static void send_due(void) {
    if (wish.open) {
        for (; next_at <= now; next_at += (uint64_t)(1e9 / wish.rate)) {
            if (now - next_at > lateness_max && phase == MEASURE) lateness_max = now - next_at;
            /* The stamp is when it was due, so that our own lateness is not hidden. */
            send_one(next_at);
        }
        return;
    }
    lose_what_never_comes();
    while (in_flight < wish.window && !(wish.messages && sent >= wish.messages))
        if (!send_one(now)) break;
}

void flood_turn(void) {
    if (phase == IDLE) return;
    if (phase == WARM && now >= ends) measure();
    bool all = wish.messages && sent >= wish.messages && !in_flight;
    if (phase == MEASURE && (now >= ends || all)) stop();
    if (phase == DRAINING) {
        if (!in_flight || now >= ends) { report(); return; }
    } else {
        send_due();
    }
    uint64_t next = wish.open ? next_at : completed_at + STUCK;
    loop_wake_at(phase != DRAINING && next < ends ? next : ends);
}
