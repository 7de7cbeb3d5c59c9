/* Part of toml/toml: what is written without quotes: integers, floats, booleans, dates, times. */
#ifndef TOML_TOML_NUMBER_H
#define TOML_TOML_NUMBER_H

#include "toml/toml_scan.h"
#include "toml/toml_tree.h"

/* Reads the word at the cursor into `out`: its kind, text and value. */
bool number_read(Scan *scan, Toml *out);

#endif
