/* Classes of ASCII characters, whatever the locale. But for names, bytes of UTF-8 sequences are in
 * none of them.
 */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>

static inline bool ascii_is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A byte of a name that needs no quotes, in SQL and in TypeScript: bytes above 0x7F are letters. */
static inline bool ascii_is_name(int c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || c == '_' || c == '$' || (c & 0x80);
}

/* Blank, tab, line feed, vertical tab, form feed, carriage return. */
static inline bool ascii_is_space(int c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The value of a hexadecimal digit; -1 if it is none. */
static inline int ascii_hex_value(int c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

#endif
