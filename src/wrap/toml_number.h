/* Part of wrap/toml: what is written without quotes. Integers, floats, booleans, dates and times.
 */
#ifndef WRAP_TOML_NUMBER_H
#define WRAP_TOML_NUMBER_H

#include "wrap/toml_scan.h"
#include "wrap/toml_tree.h"

/* Reads the word at the cursor into `out`: its kind, text and value. */
bool number_read(Scan *scan, Toml *out);

#endif
