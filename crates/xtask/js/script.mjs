// Prints one script as it ships: `node script.mjs loader|module|glue FILE`. The loader becomes a classic script with all it imports,
// styles included; a module stays one, with all it imports; so does the glue. Nothing newer than ES2017 but dynamic import(), which esbuild would
// otherwise rewrite; hanzi as escapes, so that a page in GBK reads them right.
import { readFile } from 'node:fs/promises';
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

const forms = {
  loader: { bundle: true, format: 'iife', plugins: [styles] },
  module: { bundle: true, format: 'esm', plugins: [styles] },
  glue: { bundle: true, format: 'esm' },
};

const [form, file] = process.argv.slice(2);
const { outputFiles } = await build({
  ...forms[form],
  entryPoints: [file],
  minify: true,
  target: 'es2017',
  charset: 'ascii',
  supported: { 'dynamic-import': true },
  legalComments: 'none',
  write: false,
  logLevel: 'warning',
});
process.stdout.write(outputFiles[0].text);
