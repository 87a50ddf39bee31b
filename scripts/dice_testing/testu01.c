/* Runs a battery of TestU01 on words read from standard input, and prints one line per statistic: p, tab, its name.
 *
 *     testu01 smallcrush|crush < words       words: 32 bits each, in the machine's order of bytes
 */
#if __has_include(<testu01/bbattery.h>)
#include <testu01/bbattery.h>
#include <testu01/swrite.h>
#include <testu01/unif01.h>
#else
#include <bbattery.h>
#include <swrite.h>
#include <unif01.h>
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 1 << 16 };
static uint32_t words[MANY];
static size_t at, there;

static unsigned int next(void) {
    if (at == there) {
        there = fread(words, sizeof *words, MANY, stdin);
        at = 0;
        if (there == 0) {
            fprintf(stderr, "testu01: the words ended before the battery did\n");
            exit(1);
        }
    }
    return words[at++];
}

int main(int count, char **arguments) {
    int small = count == 2 && strcmp(arguments[1], "smallcrush") == 0;
    if (!small && (count != 2 || strcmp(arguments[1], "crush") != 0)) {
        fprintf(stderr, "usage: testu01 smallcrush|crush < words\n");
        return 2;
    }
    swrite_Basic = FALSE;
    unif01_Gen *source = unif01_CreateExternGenBits("words", next);
    if (small)
        bbattery_SmallCrush(source);
    else
        bbattery_Crush(source);
    printf("\n");
    for (int k = 0; k < bbattery_NTests; k++)
        printf("%.17g\t%s\n", bbattery_pVal[k], bbattery_TestNames[k]);
    unif01_DeleteExternGenBits(source);
    return 0;
}
