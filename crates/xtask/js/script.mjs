// Prints one script as it ships: `node script.mjs loader|module FILE` or `glue FILE NAMES`. The loader becomes a classic script with all it imports,
// styles included; a module stays one, with all it imports; so does the glue, with no more than the loader asks for and under the short names that wasm-opt printed. Nothing newer than ES2017 but dynamic import(), which esbuild would
// otherwise rewrite; in the loader hanzi as escapes, so that a page in GBK reads them right: modules are UTF-8 always.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, transform } from 'esbuild';

/** `import style from './x.css'` gives the minified text. */
const styles = {
  name: 'styles',
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, charset: 'ascii' });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

/** `wasm.long`, or `later.long` of the module's second half, and the imports by their short names, all from one module `a`; wasm-bindgen's names hold hashes, which no packing makes smaller. */
function renamed(text, { imports, exports, later }) {
  const replace = (from, to) => {
    if (!text.includes(from)) throw new Error(`the glue has no ${from}`);
    text = text.replace(from, () => to);
  };
  const short = new Map(exports.map(([long, name]) => [long, `wasm.${name}`]).concat(later.map(([long, name]) => [long, `later.${name}`])));
  text = text.replace(/\bwasm\.(\w+)/g, (whole, long) => short.get(long) || whole);
  const modules = new Map([...text.matchAll(/import \* as (\w+) from "(.+)"/g)].map(([, variable, from]) => [from, variable]));
  for (const [module, long, name] of imports) {
    if (modules.has(module)) replace('const import0 = {', `const import0 = {\n${name}: ${modules.get(module)}.${long},`);
    else replace(` ${long}: function`, ` ${name}: function`);
  }
  const [given] = text.match(/return \{\s*__proto__: null,\s*"\.\/engine_bg\.js": import0,[^}]*\};/) || ['table of imports'];
  replace(given, 'return { a: import0 };');
  return text;
}

/** Without what spares long strings a copy, of which there are none, and what lends it to old browsers. */
function spare(text) {
  const cut = (pattern, to) => {
    if (!pattern.test(text)) throw new Error(`the glue has no ${pattern}`);
    text = text.replace(pattern, to);
  };
  cut(/ {4}if \(realloc === undefined\) \{\n([\s\S]*?return ptr;\n) {4}\}\n[\s\S]*?\n\}/, '$1}');
  cut(/if \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?\n\}/, '');
  cut(/(passStringToWasm0\([^;\n]*, wasm\.[\w$]+), wasm\.[\w$]+\)/g, '$1)');
  return text;
}

const [form, file, table] = process.argv.slice(2);
const short = table && JSON.parse(await readFile(table, 'utf8'));

/** The glue's own file under short names, and what starts it. */
const names = {
  name: 'names',
  setup(bundler) {
    bundler.onLoad({ filter: /engine\.js$/ }, async ({ path }) => ({
      contents: `${spare(renamed(await readFile(path, 'utf8'), short))}
let later;
export const join = ({ instance }) => { later = instance.exports; };
export { __wbg_get_imports as imports, __wbg_finalize_init as begin };`,
    }));
  },
};

const forms = {
  loader: { bundle: true, format: 'iife', plugins: [styles], charset: 'ascii' },
  module: { bundle: true, format: 'esm', plugins: [styles], charset: 'utf8' },
  // Nothing here is disposed of by the end of a block.
  glue: { bundle: true, format: 'esm', plugins: [names], charset: 'utf8', define: { 'Symbol.dispose': 'undefined' } },
};

// The loader has the bytes already: of wasm-bindgen's own start, which fetches, streams and warns, nothing is needed.
const start = `import { imports, begin, join } from ${JSON.stringify(resolve(file))};
export { Engine, attach } from ${JSON.stringify(resolve(file))};
let begun;
export default async (given) => begun || (begun = begin((await WebAssembly.instantiate(given.module_or_path, imports())).instance));`;
// The second half of a module that comes in two: it imports the first.
const more = `
let joined;
export const unfold = (bytes) => joined || (joined = WebAssembly.instantiate(bytes, { a: begun }).then(join));`;
const glue = { stdin: { contents: short && short.later.length ? start + more : start, resolveDir: '.' } };
const { outputFiles } = await build({
  ...forms[form],
  ...(form === 'glue' ? glue : { entryPoints: [file] }),
  minify: true,
  target: 'es2017',
  supported: { 'dynamic-import': true },
  legalComments: 'none',
  write: false,
  logLevel: 'warning',
});
process.stdout.write(outputFiles[0].text);
