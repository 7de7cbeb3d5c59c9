#include "migrate/content.h"

#include "migrate/lex.h"
#include "migrate/split.h"
#include "wrap/crypto.h"

static const Str MARK = STR_INIT("1-");

/* A token's bytes, CRLF as LF. */
static void add_verbatim(Buf *buf, Str token)
{
	for (size_t i = 0; i < token.len; i++)
		if (token.ptr[i] != '\r' || i + 1 == token.len || token.ptr[i + 1] != '\n')
			buf_add_char(buf, token.ptr[i]);
}

/* PostgreSQL folds the ASCII letters of words, and no others in a database of several bytes a
 * character. */
static void add_folded(Buf *buf, Str word)
{
	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];
		buf_add_char(buf, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
}

/* Each token with its length, so that no two lists of tokens give the same bytes. Those of one call
 * go into the hash in pieces of a few kilobytes. */
static size_t add_tokens(CryptoSha256 *hash, Str text)
{
	enum {
		PIECE = 8 * 1024
	};
	size_t count = 0;
	Lexer lexer = {.text = text};
	Str token;
	LexKind kind = lex_next_word(&lexer, &token);
	while (kind != LEX_END) {
		ARENA_SCRATCH(scratch);
		Buf piece = buf_new(&scratch, SIZE_MAX);
		for (; kind != LEX_END && piece.len < PIECE; kind = lex_next_word(&lexer, &token)) {
			if (kind == LEX_SEMICOLON)
				continue;
			count++;
			size_t start = piece.len;
			(kind == LEX_WORD ? add_folded : add_verbatim)(&piece, token);
			buf_format(&piece, "\x1f%zu\x1e", piece.len - start);
		}
		crypto_sha256_add(hash, buf_str(&piece));
	}
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

/* What ROW_DIGEST of migrate/history has the server do. */
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

/* Marks the records that are stored as their file has it, and those that have to be fetched. Both
 * sides are ordered by version. */
static bool match_digests(const Contents *contents, History *history, bool *wanted)
{
	const Source *source = contents->source;
	bool any = false;
	for (size_t l = 0, r = 0; r < history->versions.count; r++) {
		Record *record = &history->records[r];
		Str version = history->versions.items[r];
		while (l < source->migrations.count &&
			str_compare(source->migrations.items[l].version, version) < 0)
			l++;
		bool paired = l < source->migrations.count &&
			      str_equal(source->migrations.items[l].version, version);
		record->is_as_filed = paired && record->digest.len &&
				      str_equal(record->digest, contents->items[l].digest);
		record->file = paired ? l : SIZE_MAX;
		wanted[r] = record->digest.len && !record->is_as_filed;
		any = any || wanted[r];
	}
	return any;
}

bool content_compare(Session *session, const Contents *contents, History *history, Err *err)
{
	ARENA_SCRATCH(scratch);
	bool *wanted = arena_array(&scratch, bool, history->versions.count + 1);
	if (match_digests(contents, history, wanted) &&
		!history_load(session, history, wanted, err))
		return false;
	for (size_t r = 0; r < history->versions.count; r++)
		if (wanted[r])
			history->records[r].identity =
				content_identity(session->arena, history->records[r].text);
	return true;
}

Str content_recorded(const Contents *contents, const History *history, size_t index)
{
	const Record *record = &history->records[index];
	return record->is_as_filed ? content_of(contents, record->file) : record->identity;
}
