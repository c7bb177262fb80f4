import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDocx, makeMemoryHog, makePdf, makePdfBomb } from '../../fixtures/sample-files.js';
import { createTextExtractor } from './extract-text.js';

// The thread runs compiled code, as in production.
const thread = new URL('../../../dist/documents/extraction/thread.js', import.meta.url);
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const quiet = () => ({ signal: new AbortController().signal, onProgress: () => {} });

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'extract-text-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function file(content: Buffer | string): Promise<string> {
  const path = join(directory, String(Math.random()));
  await writeFile(path, content);
  return path;
}

describe('the extraction thread', () => {
  const extractor = createTextExtractor({ memoryMb: 128, timeoutMs: 20_000 }, thread);

  it('reads a Word file and a PDF', async () => {
    const fromDocx = await extractor.extract({ path: await file(await makeDocx('By train.')), contentType: docx }, quiet());
    expect(fromDocx.text).toContain('By train.');
    const pdf = await makePdf([{ heading: 'One', lines: ['Only line.'] }]);
    const fromPdf = await extractor.extract({ path: await file(pdf), contentType: 'application/pdf' }, quiet());
    expect(fromPdf.text).toContain('Only line.');
  });

  it('hands on what is wrong with a file', async () => {
    const run = extractor.extract({ path: await file('no PDF'), contentType: 'application/pdf' }, quiet());
    await expect(run).rejects.toMatchObject({ code: 'document.type_mismatch' });
  });

  it('ends a file that takes too much memory, and reads the next one', async () => {
    const hog = await file(await makeMemoryHog(900_000));
    await expect(extractor.extract({ path: hog, contentType: docx }, quiet())).rejects.toMatchObject({ code: 'document.too_complex' });
    const next = await extractor.extract({ path: await file('next'), contentType: 'text/plain' }, quiet());
    expect(next.text).toBe('next');
  }, 30_000);

  it('ends a PDF whose page unpacks to more than there may be, before the process grows much beyond it', async () => {
    const bomb = await file(await makePdfBomb(600));
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10);
    await expect(extractor.extract({ path: bomb, contentType: 'application/pdf' }, quiet())).rejects.toMatchObject({
      code: 'document.too_complex',
    });
    clearInterval(watch);
    expect((peak - before) / 1024 / 1024).toBeLessThan(400);
  }, 30_000);

  it('ends a file that takes too long', async () => {
    const hurried = createTextExtractor({ memoryMb: 128, timeoutMs: 30 }, thread);
    const slow = await file('# a\n\n'.repeat(50_000));
    const startedAt = performance.now();
    await expect(hurried.extract({ path: slow, contentType: 'text/markdown' }, quiet())).rejects.toMatchObject({
      code: 'document.too_complex',
    });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('stops when the job is taken away', async () => {
    const controller = new AbortController();
    const run = extractor.extract(
      { path: await file('# a\n\n'.repeat(50_000)), contentType: 'text/markdown' },
      { ...quiet(), signal: controller.signal },
    );
    setTimeout(() => controller.abort(new Error('taken away')), 20);
    await expect(run).rejects.toThrow('taken away');
  });

  it('reads small texts with one thread, which starts anew after a fault', async () => {
    const startedAt = performance.now();
    const order = { path: await file('# words'), contentType: 'text/markdown' };
    await extractor.extract(order, quiet());
    const firstMs = performance.now() - startedAt;
    const again = performance.now();
    for (let index = 0; index < 5; index += 1) await extractor.extract(order, quiet());
    // Each thread of its own would take as long as the first one.
    expect((performance.now() - again) / 5).toBeLessThan(firstMs / 2);
    await expect(extractor.extract({ path: join(directory, 'missing'), contentType: 'text/markdown' }, quiet())).rejects.toThrow('ENOENT');
    expect((await extractor.extract(order, quiet())).text).toBe('words');
  });

  it('reads one file after the other when many come at once', async () => {
    const path = await file('words');
    const runs = Array.from({ length: 5 }, () => extractor.extract({ path, contentType: 'text/plain' }, quiet()));
    expect((await Promise.all(runs)).map(({ text }) => text)).toEqual(Array(5).fill('words'));
  });

  it('reads a small text at once while a large file burns its time', async () => {
    const controller = new AbortController();
    const order = { path: await file('~a'.repeat(200_000)), contentType: 'text/markdown' };
    let slowEnded = false;
    const slow = extractor
      .extract(order, { ...quiet(), signal: controller.signal })
      .catch((error: unknown) => error)
      .finally(() => (slowEnded = true));
    const small = await extractor.extract({ path: await file('small'), contentType: 'text/plain' }, quiet());
    expect([small.text, slowEnded]).toEqual(['small', false]);
    controller.abort(new Error('taken away'));
    expect(await slow).toMatchObject({ message: 'taken away' });
  });
});
