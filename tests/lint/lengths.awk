# No file above 600 lines, no function above 100, and a median function of at most 20. A function begins
# at a line that holds only `{` (the format puts it there) and ends at a line that holds only `}`.
FNR == 1 && NR > 1 { check_file() }
{ file = FILENAME; lines = FNR }
/^\{$/ { start = FNR }
/^\}$/ && start {
	length_[++count] = FNR - start - 1
	if (FNR - start - 1 > 100) {
		print FILENAME ":" start ": a function of " FNR - start - 1 " lines"
		bad = 1
	}
	start = 0
}
function check_file() {
	if (lines > 600) {
		print file ": " lines " lines"
		bad = 1
	}
}
END {
	check_file()
	for (i = 1; i <= count; i++)
		for (j = i; j > 1 && length_[j] < length_[j - 1]; j--) {
			t = length_[j]
			length_[j] = length_[j - 1]
			length_[j - 1] = t
		}
	median = length_[int((count + 1) / 2)]
	if (median > 20) {
		print "the median function has " median " lines"
		bad = 1
	}
	exit bad
}
