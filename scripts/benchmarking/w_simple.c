/* W-simple as well as C does it: dense, one thread, the simulator's own dice, so that every count must be equal.
 *
 * Dice are Philox 4x32-10 (see simulator/dice.py). A rule's probability arrives as a threshold: the smallest word that
 * does not pass. Followers are all people from 0 to n - 1, alike, and nobody shares; a run counts totals, no days. */
#include <stdint.h>
#include <string.h>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

enum { SEEN = 10, MEET = 11, PURCHASE = 13 };
enum { BLOCKS = 512, ENCOUNTERS = 4 * BLOCKS }; /* Philox blocks thrown at once; four followers each */

typedef struct {
    int64_t followers, posts, days, lifetime;
    const uint32_t *about;     /* per post */
    const int64_t *post_day;
    const uint32_t *seen_by;   /* per age: words below have seen the post by the end of that day */
    const uint32_t *lag_above; /* per day of lag: words from here on order within so many days */
    uint32_t seed, world, engage, click[2], intent[2]; /* click by engaged, intent by clicked */
} job_t;

typedef struct {
    int64_t impressions, reach, engagements, clicks, intents, orders, late_orders;
} counts_t;

/* Words of `count` counters (who[i], about, run, last), a multiple of 32. */
static inline void philox(int count, const uint32_t *restrict who, uint32_t about, uint32_t run, uint32_t last,
                          uint32_t seed, uint32_t world, uint32_t *restrict w0, uint32_t *restrict w1,
                          uint32_t *restrict w2, uint32_t *restrict w3) {
#ifdef __AVX512F__
    /* A counter in each lane of 64 bits: products read the low halves only, so nothing needs to be masked. Four
     * vectors at a time hide the latency of multiplication. */
    const __m512i m0 = _mm512_set1_epi64(0xD2511F53u), m1 = _mm512_set1_epi64(0xCD9E8D57u);
    for (int i = 0; i < count; i += 32) {
        __m512i c[4][4];
        for (int v = 0; v < 4; v++) {
            __m512i pair = _mm512_loadu_si512(who + i + 16 * (v / 2));
            c[v][0] = v % 2 ? _mm512_srli_epi64(pair, 32) : pair;
            c[v][1] = _mm512_set1_epi64(about);
            c[v][2] = _mm512_set1_epi64(run);
            c[v][3] = _mm512_set1_epi64(last);
        }
        uint32_t k0 = seed, k1 = world;
#pragma GCC unroll 10
        for (int round = 0; round < 10; round++) {
            const __m512i key0 = _mm512_set1_epi64(k0), key1 = _mm512_set1_epi64(k1);
#pragma GCC unroll 4
            for (int v = 0; v < 4; v++) {
                __m512i p0 = _mm512_mul_epu32(m0, c[v][0]), p1 = _mm512_mul_epu32(m1, c[v][2]);
                c[v][0] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p1, 32), c[v][1], key0, 0x96);
                c[v][2] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p0, 32), c[v][3], key1, 0x96);
                c[v][1] = p1;
                c[v][3] = p0;
            }
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        uint32_t *const out[4] = {w0, w1, w2, w3};
        for (int word = 0; word < 4; word++) {
            for (int v = 0; v < 4; v += 2) {
                __m512i odd = _mm512_slli_epi64(c[v + 1][word], 32);
                _mm512_storeu_si512(out[word] + i + 8 * v, _mm512_mask_blend_epi32(0xAAAA, c[v][word], odd));
            }
        }
    }
#else
    for (int i = 0; i < count; i++) {
        uint32_t c0 = who[i], c1 = about, c2 = run, c3 = last, k0 = seed, k1 = world;
        for (int round = 0; round < 10; round++) {
            uint64_t p0 = (uint64_t)0xD2511F53u * c0, p1 = (uint64_t)0xCD9E8D57u * c2;
            c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
            c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
            c1 = (uint32_t)p1;
            c3 = (uint32_t)p0;
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        w0[i] = c0, w1[i] = c1, w2[i] = c2, w3[i] = c3;
    }
#endif
}

static void throw_one(const job_t *job, uint32_t who, uint32_t about, uint32_t run, uint32_t decision, uint32_t *words) {
    uint32_t whos[32] = {who}, w[4][32];
    philox(32, whos, about, run, decision << 24, job->seed, job->world, w[0], w[1], w[2], w[3]);
    for (int word = 0; word < 4; word++) words[word] = w[word][0];
}

/* Append the followers first, first + 4, … whose word lies below the threshold, and mark them as reached. */
static inline int sift(int count, const uint32_t *words, uint32_t threshold, uint32_t first, uint32_t *found,
                       uint16_t *reached) {
    int n = 0;
#ifdef __AVX512F__
    const __m512i limit = _mm512_set1_epi32((int)threshold), step = _mm512_set1_epi32(64);
    __m512i who = _mm512_add_epi32(_mm512_set1_epi32((int)first),
                                   _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60));
    for (int i = 0; i < count; i += 16) {
        __mmask16 seen = _mm512_cmplt_epu32_mask(_mm512_loadu_si512(words + i), limit);
        _mm512_storeu_si512(found + n, _mm512_maskz_compress_epi32(seen, who));
        reached[i / 16] |= seen;
        n += __builtin_popcount(seen);
        who = _mm512_add_epi32(who, step);
    }
#else
    for (int i = 0; i < count; i += 16) {
        uint32_t seen = 0;
        for (int j = 0; j < 16; j++) {
            uint32_t below = words[i + j] < threshold;
            found[n] = first + 4u * (uint32_t)(i + j);
            n += (int)below;
            seen |= below << j;
        }
        reached[i / 16] |= (uint16_t)seen;
    }
#endif
    return n;
}

/* When does the one who intends to order do so? Mark the person as a buyer in time, or as one who would be late. */
static void plan_order(const job_t *job, uint32_t run, int64_t post, uint32_t who, uint8_t *buyers) {
    uint32_t words[4];
    int64_t age = 0, lag = 0;
    throw_one(job, who >> 2, job->about[post], run, SEEN, words);
    while (words[who & 3] >= job->seen_by[age]) age++;
    throw_one(job, who, job->about[post], run, PURCHASE, words);
    while (lag < job->days && words[0] < job->lag_above[lag]) lag++;
    buyers[who] |= job->post_day[post] + age + lag < job->days ? 1 : 2;
}

static void meet(const job_t *job, uint32_t run, int64_t post, int count, uint32_t *who, uint8_t *buyers,
                 counts_t *counts) {
    static _Thread_local uint32_t w[4][ENCOUNTERS + 32];
    uint8_t intends[ENCOUNTERS + 32];
    int64_t engagements = 0, clicks = 0, intents = 0;
    int padded = (count + 31) & ~31;
    for (int i = count; i < padded; i++) who[i] = 0;
    philox(padded, who, job->about[post], run, (uint32_t)MEET << 24, job->seed, job->world, w[0], w[1], w[2], w[3]);
    uint32_t engage = job->engage, c0 = job->click[0], c1 = job->click[1], i0 = job->intent[0], i1 = job->intent[1];
    uint32_t engaged_sum = 0, clicked_sum = 0, intends_sum = 0;
    for (int i = 0; i < count; i++) {
        uint32_t engaged = w[0][i] < engage;
        uint32_t clicked = w[2][i] < (engaged ? c1 : c0);
        uint32_t intent = w[3][i] < (clicked ? i1 : i0);
        engaged_sum += engaged, clicked_sum += clicked, intends_sum += intent;
        intends[i] = (uint8_t)intent;
    }
    engagements += engaged_sum, clicks += clicked_sum, intents += intends_sum;
    for (int i = 0; intends_sum && i < count; i++) {
        if (intends[i]) plan_order(job, run, post, who[i], buyers);
    }
    counts->impressions += count;
    counts->engagements += engagements;
    counts->clicks += clicks;
    counts->intents += intents;
}

/* One run. `reached` holds followers / 8 + 4 * BLOCKS bytes and `buyers` followers + 4 * BLOCKS. */
void play(const job_t *job, uint32_t run, uint16_t *reached, uint8_t *buyers, counts_t *counts) {
    static _Thread_local uint32_t group[BLOCKS], w[4][BLOCKS], found[ENCOUNTERS + 32];
    const int64_t groups = (job->followers + 3) / 4, lane = (groups + BLOCKS) / 16;
    memset(reached, 0, (size_t)(8 * lane));
    memset(buyers, 0, (size_t)job->followers);
    memset(counts, 0, sizeof *counts);
    for (int64_t post = 0; post < job->posts; post++) {
        int64_t last = job->days - 1 - job->post_day[post];
        uint32_t threshold = job->seen_by[last < job->lifetime ? last : job->lifetime - 1];
        for (int64_t first = 0; first < groups; first += BLOCKS) {
            for (int i = 0; i < BLOCKS; i++) group[i] = (uint32_t)first + (uint32_t)i;
            philox(BLOCKS, group, job->about[post], run, (uint32_t)SEEN << 24, job->seed, job->world, w[0], w[1],
                   w[2], w[3]);
            int64_t whole = groups - first < BLOCKS ? groups - first : BLOCKS;
            for (int word = 0; word < 4; word++) { /* beyond the last follower nobody sees */
                for (int64_t i = whole; i < BLOCKS; i++) w[word][i] = UINT32_MAX;
                if (4 * (first + whole - 1) + word >= job->followers) w[word][whole - 1] = UINT32_MAX;
            }
            int n = 0;
            for (int word = 0; word < 4; word++) {
                n += sift(BLOCKS, w[word], threshold, (uint32_t)(4 * first + word), found + n,
                          reached + word * lane + first / 16);
            }
            meet(job, run, post, n, found, buyers, counts);
        }
    }
    for (int64_t i = 0; i < 4 * lane; i++) counts->reach += __builtin_popcount(reached[i]);
    for (int64_t who = 0; who < job->followers; who++) {
        counts->orders += buyers[who] & 1;
        counts->late_orders += buyers[who] == 2;
    }
}
