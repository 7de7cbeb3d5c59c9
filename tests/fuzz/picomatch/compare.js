// Compares the glob matcher with picomatch on generated patterns and paths.
//
//     node compare.js PROGRAM [TRIPLES] [SEED]
//
// PROGRAM is answer.c, built; picomatch is looked for in NODE_PATH. Most patterns are of the kinds that
// people write, in the shares found in public repositories; the others torture the two. A triple is a
// pattern, a path and an answer. Differences are printed; those that are known and meant are counted
// apart. Patterns on which picomatch hangs are given to the program alone.
'use strict';
const vm = require('vm');
const { spawnSync } = require('child_process');
const picomatch = require('picomatch');

const program = process.argv[2];
const wanted = Number(process.argv[3] || 200000);
let state = Number(process.argv[4] || Date.now() % 1e9);
const seed = state;

function random(n) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 4294967296) * n);
}
const pick = list => list[random(list.length)];
const times = (n, make) => Array.from({ length: n }, make);

const FOLDERS = ['src', 'lib', 'docs', 'packages', 'a', 'b', '.github', 'x.y', 'supabase', 'migrations', 'test-1', 'ü', '..', '.'];
const FILES = ['a', 'b', 'index', 'README', '.env', 'a.test', 'a.d', 'Dockerfile', 'x-dbg', 'ab', 'aXb', '1', '2', '😀', 'é', 'a b', '[abc]', '{a,b}', '!a', 'a\nb', 'foo.bar1'];
const EXTENSIONS = ['', '.js', '.ts', '.tsx', '.md', '.sql', '.yml', '.d.ts', '.', '/'];
const folder = () => pick(FOLDERS.slice(0, random(10) ? 11 : 14));
const folders = most => times(random(most + 1), folder).map(f => f + '/').join('');
const extension = () => pick(EXTENSIONS.slice(1, 8));
const file = () => pick(FILES.slice(0, random(6) ? 12 : 21)) + pick(EXTENSIONS.slice(0, random(8) ? 8 : 10));
const braces = () => `{${times(2 + random(2), () => extension().slice(1)).join(',')}}`;
const extglob = depth => `${pick(['!', '@', '?', '+', '*'])}(${times(1 + random(2), () => depth ? piece(depth - 1) : pick(['a', '*.test', 'src', 'a/b', '**/*.md'])).join('|')})`;

function piece(depth) {
  switch (random(9)) {
    case 0: return folder();
    case 1: return '*';
    case 2: return '**';
    case 3: return '/';
    case 4: return extglob(depth);
    case 5: return `{${times(1 + random(3), () => piece(0)).join(',')}}`;
    case 6: return pick(['[a-c]', '[!a]', '[^a]', '[[:alpha:]]', '[ab]', '?', '[a/b]', '{1..3}', '{a..c}']);
    case 7: return pick(['.', '+', '|', '(a|b)', '(?:a)', '\\d', '\\.', '"a b"', '(?!a)']);
    default: return file();
  }
}

const SIGNS = ['*', '**', '***', '?', '/', '.', '..', ',', '{', '}', '[', ']', '(', ')', '|', '!', '+', '@', '\\', '\\\\', '"', '^', '$', '-', ':', '[:', ':]', '[[:alpha:]]', '<', '=', ';', '&', 'a', 'b', '0', '1', 'n', 'w', 'B', 'x41', 'u0061', 'cA', '😀', 'é', '\u2028', '\0', ' ', '\\1', '\\k<n>', '(?<n>', '(?<=', '(?<!', '(?=', '(?!', '(?:', '@(', '!(', '+(', '*(', '?(', '{a,', '..', 'a-z', '[^', './', '/**', '**/'];

// The shares of section "real patterns": literal 44, dir/** 34, one star 15, **/ 8, dir/**/* 2, ...
const KINDS = [
  [40, () => folders(3) + file()],
  [32, () => folders(2) + folder() + '/**'],
  [15, () => folders(2) + pick(['*', '*' + extension(), file().replace(/[.].*/, '') + '*', '*' + file()])],
  [10, () => '**/' + pick([file, () => '*' + extension(), () => folder() + '/**', () => '*' + braces().replace('{', '.{')])()],
  [5, () => folders(2) + '**/*' + pick(['', extension()])],
  [5, () => folders(2) + '**/' + pick([file(), folder() + '/**', folder() + '/' + file()])],
  [4, () => folders(1) + '*.' + braces()],
  [4, () => '!' + folders(2) + pick(['**', '*.md', '**/*.md', file()])],
  [3, () => `{${folder()},${folder()}}/` + pick(['**', '*', '**/*.ts'])],
  [4, () => folders(1) + pick(['', '**/']) + extglob(0) + pick(['', extension(), '/**', '*' + extension(), '.' + braces()])],
  [2, () => './' + folders(2) + pick(['**', '*', file()])],
  [16, () => times(1 + random(5), () => piece(1)).join(pick(['', '', '/']))],
  [16, () => times(1 + random(7), () => pick(SIGNS)).join('')],
  [6, () => times(1 + random(4), () => random(2) ? piece(2) : pick(SIGNS)).join('')],
];
const TOTAL = KINDS.reduce((sum, [share]) => sum + share, 0);

function pattern() {
  let at = random(TOTAL);
  for (const [share, make] of KINDS) {
    if (at < share) return make() || 'a';
    at -= share;
  }
}

// Paths near the pattern: its own pieces with the wildcards filled in, and others.
function nearPath(glob) {
  const text = glob.replace(/\*\*\//g, () => folders(2)).replace(/\*+/g, () => pick(['', 'a', 'ab', 'index', '.x', 'a/b']))
    .replace(/[!@?+](?=\()/g, '').replace(/\?/g, () => pick(['', 'x'])).replace(/^!/, '').replace(/[{(\[]([^,|{}()\[\]]*)[^{}()\[\]]*[)}\]]/g, (m, one) => random(3) ? one : m)
    .replace(/\\/g, () => random(3) ? '' : '\\');
  if (random(3)) return text;
  const at = random(text.length + 1);
  return text.slice(0, at) + pick(['', 'a', '/', '.', '\n', 'x', '/a', 'é']) + text.slice(at + random(2));
}
const WILD = ['a', 'b', 'ab', '/', '.', '..', '0', '1', '-', ':', '\\', '[', ']', '(', ')', '\n', '\u2028', '😀', 'é', ' ', 'n', '{', '|', '^', '\x01', '\0', '\ufffd'];
const path = glob => pick([() => random(4) ? nearPath(glob) : glob, () => nearPath(glob), () => folders(3) + file(), () => folders(2) + file(),
  () => times(1 + random(4), () => pick(WILD)).join('')])();

// The text as it reaches both: UTF-8 has no half surrogate pairs.
const utf8 = text => Buffer.from(text, 'utf8').toString('utf8');
const hex = text => Buffer.from(text, 'utf8').toString('hex') || '-';

const context = vm.createContext({ run: null });
const script = new vm.Script('run()');
function expected(glob, paths) {
  let answers = '';
  context.run = () => {
    const matches = picomatch(glob, { dot: true });
    for (const p of paths) answers += matches(p) ? '1' : '0';
  };
  try {
    script.runInContext(context, { timeout: 1000 });
  } catch (error) {
    return /timed out/.test(error.message) ? null : 'thrown: ' + error.message;
  }
  return answers;
}

const rows = [];
let hanging = 0, thrown = 0, count = 0;
while (count < wanted) {
  const glob = utf8(pattern());
  const paths = [...new Set(times(3 + random(6), () => utf8(path(glob))).filter(p => p))];
  if (!paths.length) continue;
  const answers = expected(glob, paths);
  hanging += answers === null;
  thrown += answers !== null && answers.startsWith('thrown');
  rows.push({ glob, paths, answers });
  count += paths.length;
}

const run = spawnSync(program, {
  input: rows.map(({ glob, paths }) => [glob, ...paths].map(hex).join(' ') + '\n').join(''),
  encoding: 'utf8', maxBuffer: 1 << 30, timeout: 600000,
});
if (run.status !== 0) {
  console.log(`FAILED: ${program} ended with ${run.status} ${run.signal}: ${run.stderr}`);
  process.exit(1);
}

const lines = run.stdout.split('\n');
const meant = {};
let differences = 0;
rows.forEach(({ glob, paths, answers }, row) => {
  const [ours, why] = [lines[row].split(' ')[0], lines[row].replace(/^\S* ?/, '')];
  paths.forEach((p, i) => {
    if (answers !== null && !answers.startsWith('thrown') && answers[i] === ours[i]) return;
    if (why) {
      meant[why] = (meant[why] || 0) + 1;
    } else if (ours[i] === '!' || (answers !== null && !answers.startsWith('thrown'))) {
      differences++;
      if (differences <= 40)
        console.log(`${JSON.stringify(glob)} ${JSON.stringify(p)}: ${ours[i]}, picomatch ${answers && answers[i]}  ${expected(glob, []) === '' ? picomatch.makeRe(glob, { dot: true }) : ''}`);
    }
  });
});
for (const [why, n] of Object.entries(meant)) console.log(`meant: ${n} for ${why}`);
console.log(`${rows.length} patterns, ${count} triples (seed ${seed}), ${hanging} patterns on which picomatch hangs, ${thrown} that it refuses: ${differences} differences`);
process.exit(differences ? 1 : 0);
