import { AppError } from '@repo/errors';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { addContext, createLogger, currentContext, runWithContext, type LogEntry, type Logger, type LoggerOptions } from './index.js';

function makeLogger(options: Partial<LoggerOptions> = {}): { logger: Logger; text: () => string; lines: () => Record<string, unknown>[] } {
  const chunks: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  const logger = createLogger({ service: 'api', version: '1.2.3', level: 'info', format: 'json', destination, ...options });
  const text = (): string => chunks.join('');
  const lines = (): Record<string, unknown>[] =>
    text()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, text, lines };
}

describe('a line of JSON', () => {
  it('says when, how bad, what, and which process', () => {
    const { logger, lines } = makeLogger();
    logger.info('document ready', { documentId: 'd1', pages: 3 });
    expect(lines()).toEqual([
      {
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        level: 'info',
        message: 'document ready',
        service: 'api',
        version: '1.2.3',
        documentId: 'd1',
        pages: 3,
      },
    ]);
  });

  it('is one line, whatever the message and the fields hold', () => {
    const { logger, text } = makeLogger();
    logger.warn('two\nlines\r\n{"level":"error"}', { note: 'a\nb', bad: '\u0000\uD800' });
    expect(text().trimEnd().split('\n')).toHaveLength(1);
  });

  it('cannot be forged by a field named like one of its own', () => {
    const { logger, lines } = makeLogger();
    logger.info('real', { level: 'error', message: 'forged', service: 'other', timestamp: 'never' });
    expect(lines()[0]).toMatchObject({ level: 'info', message: 'real', service: 'api', level_: 'error', message_: 'forged' });
  });

  it('is written for hostile values too: circles, huge lists and texts, getters that throw, invalid dates', () => {
    const circle: Record<string, unknown> = { name: 'c' };
    circle['self'] = circle;
    const { logger, lines, text } = makeLogger();
    const trap = Object.defineProperty({ ok: 1 }, 'boom', { enumerable: true, get: () => { throw new Error('boom'); } }); // prettier-ignore
    logger.info('x', {
      circle,
      list: Array.from({ length: 10_000 }, (_, index) => index),
      long: 'a'.repeat(1_000_000),
      trap,
      when: new Date(Number.NaN),
      big: 10n,
      nan: Number.NaN,
      sym: Symbol('s'),
    });
    expect(text().length).toBeLessThan(20_000);
    expect(lines()[0]).toMatchObject({
      circle: { name: 'c', self: '[circular]' },
      trap: { ok: 1, boom: '[unreadable]' },
      when: 'Invalid Date',
      big: '10',
      nan: 'NaN',
    });
  });
});

describe('an error', () => {
  it('keeps name, code, kind, stack and causes', () => {
    const { logger, lines } = makeLogger();
    const cause = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED', syscall: 'connect' });
    logger.error('request failed', { error: new AppError('database.unavailable', { detail: 'pool is empty', cause }) });
    expect(lines()[0]?.['error']).toMatchObject({
      name: 'AppError',
      code: 'database.unavailable',
      kind: 'unavailable',
      message: 'pool is empty',
      stack: expect.stringContaining('create-logger.test'),
      cause: { message: 'connect refused', code: 'ECONNREFUSED', syscall: 'connect' },
    });
  });

  it('that is its own cause ends', () => {
    const { logger, lines } = makeLogger();
    const error = new Error('loop');
    error.cause = error;
    logger.error('x', { error });
    expect(lines()).toHaveLength(1);
  });
});

describe('levels', () => {
  it('below the chosen one are not written', () => {
    const { logger, lines } = makeLogger({ level: 'warn' });
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(lines().map(({ message }) => message)).toEqual(['c', 'd']);
  });
});

describe('child', () => {
  it('adds its fields to each line and leaves the parent as it was', () => {
    const { logger, lines } = makeLogger();
    const child = logger.child({ queue: 'email' }).child({ jobId: 'j1' });
    child.info('a', { attempt: 2 });
    logger.info('b');
    expect(lines()[0]).toMatchObject({ queue: 'email', jobId: 'j1', attempt: 2 });
    expect(lines()[1]).not.toHaveProperty('queue');
  });
});

describe('context', () => {
  it('is in every line of a request, also after awaiting, and never in those of another', async () => {
    const { logger, lines } = makeLogger();
    const request = async (requestId: string): Promise<void> =>
      runWithContext({ requestId }, async () => {
        await setImmediate();
        addContext({ userId: `user of ${requestId}` });
        await setImmediate();
        logger.info(requestId);
      });
    await Promise.all([request('r1'), request('r2'), request('r3')]);
    logger.info('outside');
    for (const line of lines().slice(0, 3))
      expect(line).toMatchObject({ requestId: line['message'], userId: `user of ${String(line['message'])}` });
    expect(lines()[3]).not.toHaveProperty('requestId');
    expect(currentContext()).toEqual({});
  });

  it('of an inner run keeps the outer fields and does not change the outer run', () => {
    runWithContext({ requestId: 'r1' }, () => {
      runWithContext({ jobId: 'j1' }, () => {
        addContext({ organizationId: 'o1' });
        expect(currentContext()).toEqual({ requestId: 'r1', jobId: 'j1', organizationId: 'o1' });
      });
      expect(currentContext()).toEqual({ requestId: 'r1' });
    });
  });

  it('cannot be changed through the copy that is handed out', () => {
    runWithContext({ requestId: 'r1' }, () => {
      currentContext().requestId = 'other';
      expect(currentContext().requestId).toBe('r1');
    });
  });
});

describe('onError', () => {
  it('gets the redacted entry and the thrown error itself, for lines of level error only', () => {
    const onError = vi.fn<(entry: LogEntry) => void>();
    const { logger } = makeLogger({ onError });
    const error = new Error('broken');
    logger.warn('warned', { error });
    runWithContext({ requestId: 'r1' }, () => logger.error('failed', { error, password: 'hunter2' }));
    expect(onError).toHaveBeenCalledTimes(1);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ message: 'failed', error, fields: { requestId: 'r1', password: '[redacted]' } });
  });

  it('that throws does not reach the caller', () => {
    const { logger, lines } = makeLogger({ onError: () => { throw new Error('reporter is down'); } }); // prettier-ignore
    expect(() => logger.error('failed')).not.toThrow();
    expect(lines()).toHaveLength(1);
  });
});

describe('pretty', () => {
  it('colours the level, shows fields and stacks with causes', () => {
    const { logger, text } = makeLogger({ format: 'pretty' });
    logger.error('failed', { documentId: 'd1', error: new Error('outer', { cause: new Error('inner') }) });
    expect(text()).toContain('\u001B[31merror\u001B[0m');
    expect(text()).toContain('documentId=\u001B[0md1');
    expect(text()).toMatch(/Error: outer[\s\S]*caused by[\s\S]*Error: inner/);
  });

  it('lets no text move the cursor, colour the terminal or fake a line', () => {
    const { logger, text } = makeLogger({ format: 'pretty' });
    logger.info('a\n12:00:00 error api forged \u001B[2J\u009B31m', { note: 'x\ny\u0007' });
    expect(text().trimEnd().split('\n')).toHaveLength(1);
    expect(text()).not.toMatch(/\u001B\[2J|\u009B|\u0007/);
  });
});
