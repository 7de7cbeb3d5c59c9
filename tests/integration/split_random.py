"""Random migrations that are valid SQL, with whatever a splitter may stumble over between the tokens."""
import random

COMMENTS = ["-- c; '\n", "--\n", "-- \" $$ /* \r", "/* ; */", "/* /* ; */ ' */", "/**/", "/***/", "/* -- */", "-- e'\\\n", "/*/ ; */"]
BLANKS = [" ", "\n", "\t", "\r\n", "  ", " \n ", "\f"]
BODIES = ["", "a", "a;b", "--", "/*", "$$", "$x$", "\"", ";", ";;", "\n;\n", "é;", "🎉", "end;", "begin atomic"]
NAMES = ["a", "\"a;b\"", "\"it's\"", "\"x\"\"y;\"", "\"--\"", "a$b$c", "é", "\"$$\"", "_e", "name_e", "e", "\"/*\"", "begin_", "atomic_x",
         "\"end\""]
LITERALS = ["'%s'", "'it''s %s'", "E'%s\\';\\\\'", "e'%s''\\n'", "$tag$%s'$tag$", "$_é1$%s$$;$_é1$", "U&'%s\\0061'", "N'%s\\'"]
VALUES = ["1", "1.5", "1e3", ".5", "b'1'", "x'1F'", "null", "true", "'\\'", "'a'\n'b;'", "E'a'\n'\\';'", "'a\\'\n 'b'", "array[1,2]",
          "('a;')::text", "(1+(2))", "cast('x;' as text)", "case when true then 'x;' else E'\\'' end", "$$a;'\"--$$"]


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.objects = 0

    def pick(self, choices):
        return self.random.choice(choices)

    def gap(self):
        return "".join(self.pick(self.pick([BLANKS, BLANKS, COMMENTS])) for _ in range(self.random.randint(1, 3))) + " "

    def literal(self):
        return self.pick(VALUES) if self.random.random() < 0.3 else self.pick(LITERALS) % self.pick(BODIES)

    def columns(self):
        return ",".join(self.pick(["", " ", self.gap()]) + self.literal() + " as " + self.pick(NAMES)
                        for _ in range(self.random.randint(1, 4)))

    def function(self, number):
        return ("create function rf%d() returns int language sql begin%s atomic%sselect 1;%sselect case when true then 2 else 3 end;"
                "%send" % (number, self.pick(["", " ", "\n\t"]), *[self.pick(BLANKS) for _ in range(3)]))

    def statement(self):
        self.objects += 1
        kind = self.random.randint(0, 12)
        if kind == 8:
            return "do" + self.gap() + "$do$ begin" + self.gap() + "perform 1;" + self.gap() + "end; $do$"
        if kind == 9:
            return self.function(self.objects)
        if kind == 10:
            return "create table rt%d (a%sint,%sb text default 'x;')" % (self.objects, self.gap(), self.gap())
        if kind == 11:
            return "select" + self.gap() + "(select" + self.gap() + self.literal() + ")"
        if kind == 12:
            return "values" + self.gap() + "(" + self.literal() + "," + self.literal() + ")"
        return "select" + self.gap() + self.columns()

    def file(self):
        text = self.pick(["", "\ufeff", self.gap(), "\n"])
        for _ in range(self.random.randint(1, 6)):
            text += self.statement() + self.pick([";", " ;", ";;", ";\n", self.gap() + ";", "; ;"])
            text += self.pick(["", " ", self.gap(), "\u00a0\n", "\u3000"])
        return text + self.pick(["", self.statement(), self.pick(COMMENTS), self.gap()])


def random_files(seed, count):
    writer = Writer(seed)
    return [("random%d" % number, writer.file()) for number in range(count)]
