# No function has more than five parameters, no static function the name of one that other files see, and no
# bare verb is that of static functions in more than FILES_MAX files: a breakpoint, a search and a reader want one. A definition
# begins in the first column and ends its head with a line that holds only `{` (the format puts it there).
BEGIN { FILES_MAX = 3 }
FNR == 1 { head = "" }
/^[A-Za-z_]/ { head = $0; line = FNR; next }
/^\{$/ && head ~ /\(/ { check(head); head = ""; next }
/^[ \t]+[^ \t]/ && head != "" { head = head " " $0; next }
{ head = "" }
function check(text, name, depth, count, i, c) {
	name = substr(text, 1, index(text, "(") - 1)
	sub(/.*[^A-Za-z0-9_]/, "", name)
	for (i = index(text, "("); i <= length(text); i++) {
		c = substr(text, i, 1)
		depth += (c == "(") - (c == ")")
		count += c == "," && depth == 1
		if (depth == 0)
			break
	}
	if (count >= 5) {
		print FILENAME ":" line ": " name " has " count + 1 " parameters"
		bad = 1
	}
	if (text ~ /^static /) {
		own[FILENAME ":" line] = name
		files[name] += name !~ /_/
	} else
		seen[name] = FILENAME
}
END {
	for (place in own)
		if (own[place] in seen) {
			print place ": " own[place] " is a function of " seen[own[place]] ", too"
			bad = 1
		}
	for (name in files)
		if (files[name] > FILES_MAX) {
			print files[name] " files have a function " name " of their own"
			bad = 1
		}
	exit bad
}
