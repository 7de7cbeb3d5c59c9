#include "plan/content.h"

#include "sql/lex.h"
#include "sql/split.h"
#include "wrap/crypto.h"

#include <string.h>

static const Str MARK = STR_INIT("1-");

/* Tokens on their way into the hash, some at a time. */
typedef struct Piece {
	CryptoSha256 *hash;
	char bytes[16 * 1024];
	size_t count;
} Piece;

static void flush(Piece *piece)
{
	crypto_sha256_add(piece->hash, (Str){piece->bytes, piece->count});
	piece->count = 0;
}

static void add_bytes(Piece *piece, Str bytes)
{
	if (bytes.len > sizeof piece->bytes - piece->count)
		flush(piece);
	if (bytes.len > sizeof piece->bytes) {
		crypto_sha256_add(piece->hash, bytes);
		return;
	}
	if (bytes.len)
		memcpy(piece->bytes + piece->count, bytes.ptr, bytes.len);
	piece->count += bytes.len;
}

/* A token's bytes, CRLF as LF. */
static void add_verbatim(Piece *piece, Str token)
{
	const char *cr;
	while (token.len && (cr = memchr(token.ptr, '\r', token.len)) != NULL) {
		size_t before = (size_t)(cr - token.ptr);
		bool is_crlf = before + 1 < token.len && cr[1] == '\n';
		add_bytes(piece, str_head(token, before + !is_crlf));
		token = str_skip(token, before + 1);
	}
	add_bytes(piece, token);
}

/* PostgreSQL folds the ASCII letters of words, and no others in a database of several bytes a
 * character. */
static void add_folded(Piece *piece, Str word)
{
	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		add_bytes(piece, (Str){&c, 1});
	}
}

/* A NUL ends each token: neither a file nor the server's text holds one. */
static size_t add_tokens(CryptoSha256 *hash, Str text)
{
	size_t count = 0;
	Piece piece = {.hash = hash};
	Lexer lexer = {.text = text};
	Str token;
	for (LexKind kind; (kind = lex_next_word(&lexer, &token)) != LEX_END;) {
		if (kind == LEX_SEMICOLON)
			continue;
		count++;
		(kind == LEX_WORD ? add_folded : add_verbatim)(&piece, token);
		add_bytes(&piece, (Str){"", 1});
	}
	flush(&piece);
	return count;
}

static Str finish(Arena *arena, CryptoSha256 *hash)
{
	ARENA_SCRATCH(scratch);
	Str hex = crypto_sha256_end(&scratch, hash);
	return str_format(arena, "%.*s%.*s", STR_ARG(MARK), STR_ARG(hex));
}

Str content_identity(Arena *arena, Str text)
{
	CryptoSha256 *hash = crypto_sha256_begin();
	crypto_sha256_add(hash, MARK);
	size_t tokens = add_tokens(hash, text);
	Str identity = finish(arena, hash);
	return tokens ? identity : (Str){0};
}

Str content_chain(Arena *arena, Str before, Str statement)
{
	CryptoSha256 *hash = crypto_sha256_begin();
	crypto_sha256_add(hash, before);
	add_tokens(hash, statement);
	return finish(arena, hash);
}

/* What ROW_DIGEST of server/history_table has the server do. */
static void add_to_digest(CryptoSha256 *hash, Str statement)
{
	ARENA_SCRATCH(scratch);
	crypto_sha256_add(hash, str_format(&scratch, "%zu:", statement.len));
	crypto_sha256_add(hash, statement);
}

static Str digest_of(Arena *arena, const Pieces *pieces)
{
	CryptoSha256 *hash = crypto_sha256_begin();
	for (size_t i = 0; i < pieces->count; i++)
		add_to_digest(hash, pieces->items[i]);
	Str digest = crypto_sha256_end(arena, hash);
	return pieces->count ? digest : (Str){0};
}

Str content_digest(Arena *arena, const Script *script)
{
	CryptoSha256 *hash = crypto_sha256_begin();
	for (size_t i = 0; i < script->count; i++)
		add_to_digest(hash, script->statements[i].text);
	Str digest = crypto_sha256_end(arena, hash);
	return script->count ? digest : (Str){0};
}

/* Without regard to case. */
static bool mentions(Str text, Str lower)
{
	for (size_t i = 0; i + lower.len <= text.len; i++) {
		size_t k = 0;
		while (k < lower.len &&
			(text.ptr[i + k] | ('A' ^ 'a')) == (lower.ptr[k] | ('A' ^ 'a')))
			k++;
		if (k == lower.len)
			return true;
	}
	return false;
}

Str content_misread(Arena *arena, Str text)
{
	Buf buf = buf_new(arena, text.len * 2 + 1);
	bool is_plain = true;
	if (!mentions(text, STR("client_encoding")))
		return (Str){0};
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		is_plain = is_plain && c < 0x80;
		if (c >= 0x80)
			buf_add_char(&buf, (char)(0xC0 | c >> 6));
		buf_add_char(&buf, (char)(c < 0x80 ? c : 0x80 | (c & 0x3F)));
	}
	return !is_plain ? buf_str(&buf) : (Str){0};
}

Contents content_read(Arena *arena, const Source *source)
{
	Contents contents = {.arena = arena, .source = source};
	contents.items = arena_array(arena, Content, source->migrations.count + 1);
	for (size_t i = 0; i < source->migrations.count; i++) {
		ARENA_SCRATCH(scratch);
		Pieces pieces = {0};
		split_text(&scratch, source->migrations.items[i].text, &pieces);
		contents.items[i].digest = digest_of(arena, &pieces);
	}
	return contents;
}

Str content_of(const Contents *contents, size_t index)
{
	Content *content = &contents->items[index];
	if (!content->is_identified)
		content->identity = content_identity(
			contents->arena, contents->source->migrations.items[index].text);
	content->is_identified = true;
	return content->identity;
}

Str content_recorded(const Contents *contents, const History *history, size_t index)
{
	const Record *record = &history->records[index];
	return record->is_as_filed ? content_of(contents, record->file) : record->identity;
}
