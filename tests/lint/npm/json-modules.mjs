// The package imports its JSON files without saying that they are JSON, which Node wants to be told.
// With --import this file registers itself as a hook that tells it.
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

if (isMainThread) register(import.meta.url);

export async function load(url, context, next) {
  if (!url.endsWith(".json")) return next(url, context);
  return next(url, { ...context, format: "json", importAttributes: { type: "json" } });
}
