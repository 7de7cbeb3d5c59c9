// Checks workflows with the language service that GitHub's own editor extension uses: keys, values, expressions,
// and the inputs of this action, which it takes from action.yml. Prints FILE:LINE:COLUMN: MESSAGE for each fault.
//
//     node --import ./tests/lint/npm/json-modules.mjs tests/lint/npm/workflows.mjs FOLDER ACTION.YML FILE…
//
// FOLDER is where npm has installed the packages.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, actionFile, ...files] = process.argv.slice(2);
const packages = createRequire(resolve(folder, "package.json"));
const load = (name) => import(pathToFileURL(resolve(folder, "node_modules", name)));
const { validate } = await load("@actions/languageservice/dist/index.js");
const { TextDocument } = await load("vscode-languageserver-textdocument/lib/esm/main.js");
const { parse } = packages("yaml");

const ours = parse(readFileSync(actionFile, "utf8"));
// Of other actions the inputs are not known here.
const metadata = ({ owner, name, path }) =>
  `${owner}/${name}` === "org/supabase-promote" && !path ? ours : { name, description: name };

let faults = 0;
for (const file of files) {
  const text = readFileSync(file, "utf8");
  // The service tells workflows by their path.
  const isAction = file.endsWith("action.yml");
  const uri = isAction ? "file:///action.yml" : "file:///.github/workflows/" + file.replaceAll("/", "-");
  // A step of this repository's own workflows uses the action as `./`, which the service does not look up.
  const document = TextDocument.create(uri, "yaml", 1, text.replaceAll("uses: ./\n", "uses: org/supabase-promote@x\n"));
  for (const fault of await validate(document, { actionsMetadataProvider: { fetchActionMetadata: metadata } })) {
    const { line, character } = fault.range.start;
    console.log(`${file}:${line + 1}:${character + 1}: ${fault.message}`);
    faults++;
  }
}
console.log(`${files.length} files, ${faults} faults`);
process.exit(faults ? 1 : 0);
