// Prints, for each file named, its bytes as they are and as servers send them: one JSON array.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Files larger than this are tables and indexes, which do not travel as brotli; its best would take minutes for them. */
const LARGE = 2 << 20;

const sizes = process.argv.slice(2).map((file) => {
  const bytes = readFileSync(file);
  const quality = bytes.length > LARGE ? 5 : constants.BROTLI_MAX_QUALITY;
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length };
});
console.log(JSON.stringify(sizes));
