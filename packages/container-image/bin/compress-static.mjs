// Writes a brotli, a zstd and a gzip copy beside each text file of a folder, so that the proxy never compresses them.
//   node compress-static.mjs <folder>
import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';

const text = /\.(js|css|json|svg|txt|map|html|webmanifest)$/;
const minBytes = 1024;

const encoders = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
  zst: (bytes) => zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }),
  gz: (bytes) => gzipSync(bytes, { level: 9 }),
};

const [folder] = process.argv.slice(2);
for (const name of fs.readdirSync(folder, { recursive: true })) {
  const file = path.join(folder, name);
  if (!text.test(name) || !fs.statSync(file).isFile()) continue;
  const bytes = fs.readFileSync(file);
  if (bytes.length < minBytes) continue;
  for (const [suffix, encode] of Object.entries(encoders)) {
    const encoded = encode(bytes);
    if (encoded.length < bytes.length) fs.writeFileSync(`${file}.${suffix}`, encoded);
  }
}
