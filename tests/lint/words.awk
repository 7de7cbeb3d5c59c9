# Lines that match a pattern of words.txt (the first file), with what to write instead.
BEGIN {
	FS = "\t"
}
FNR == NR {
	if ($0 ~ /^#/ || NF < 2)
		next
	if ($1 == "allow")
		allowed[++allows] = plain($2)
	else {
		pattern[++count] = plain($1)
		instead[count] = $2
	}
	next
}
{
	for (i = 1; i <= count; i++)
		if ($0 ~ pattern[i] && !is_allowed($0)) {
			match($0, pattern[i])
			word = substr($0, RSTART, RLENGTH)
			gsub(/^[^A-Za-z]+|[^A-Za-z]+$/, "", word)
			print FILENAME ":" FNR ": " word ": write " instead[i]
			bad = 1
		}
}
function is_allowed(line, i) {
	for (i = 1; i <= allows; i++)
		if (line ~ allowed[i])
			return 1
	return 0
}
# POSIX awk knows no word boundary.
function plain(text) {
	gsub(/\\b/, "(^|$|[^A-Za-z0-9_])", text)
	return text
}
END {
	exit bad
}
