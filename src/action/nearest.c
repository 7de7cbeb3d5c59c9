#include "action/nearest.h"

enum {
	WORD_MAX = 64, /* what is longer is near nothing */
	NEAR = 2,
	PREFIX_MIN = 4, /* of a word that is cut short */
};

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters have to be put in, left out or changed (Levenshtein). */
static size_t distance_of(Str a, Str b)
{
	size_t row[WORD_MAX + 1];
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t above = row[j];
			size_t change = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
			row[j] = least(change, least(above, row[j - 1]) + 1);
			diagonal = above;
		}
	}
	return row[b.len];
}

Nearest nearest_to(Str word)
{
	return (Nearest){.word = word, .distance = SIZE_MAX};
}

void nearest_try(Nearest *nearest, Str candidate)
{
	Str word = nearest->word;
	if (word.len > WORD_MAX || candidate.len > WORD_MAX)
		return;
	size_t distance = distance_of(word, candidate);
	if (word.len >= PREFIX_MIN && str_starts(candidate, word))
		distance = least(distance, NEAR);
	if (distance >= nearest->distance)
		return;
	nearest->distance = distance;
	nearest->best = candidate;
}

Str nearest_found(const Nearest *nearest)
{
	return nearest->distance <= NEAR ? nearest->best : (Str){0};
}
