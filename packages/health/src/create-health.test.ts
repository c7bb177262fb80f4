import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { createHealth, type HealthCheck } from './index.js';

const works = (critical = true): HealthCheck => ({ run: () => Promise.resolve(), critical });
const fails = (critical = true): HealthCheck => ({ run: () => Promise.reject(new Error('away')), critical });
const hangs = (critical = true, timeoutMs = 30): HealthCheck => ({ run: () => new Promise(() => {}), critical, timeoutMs });

describe('report', () => {
  it('is ok with version and uptime when every check is', async () => {
    const health = createHealth({ version: '1.2.3', checks: { database: works(), cache: works(false) } });
    expect(await health.report()).toEqual({
      status: 'ok',
      checks: { database: 'ok', cache: 'ok' },
      version: '1.2.3',
      uptime: expect.any(Number),
    });
  });

  it('is degraded when one check fails, throws at once or hangs, and names it', async () => {
    const throws: HealthCheck = {
      run: () => {
        throw new Error('at once');
      },
      critical: false,
    };
    const health = createHealth({ version: '1', checks: { good: works(), bad: fails(), throws, hangs: hangs() } });
    expect(await health.report()).toMatchObject({
      status: 'degraded',
      checks: { good: 'ok', bad: 'error', throws: 'error', hangs: 'error' },
    });
  });

  it('takes as long as the slowest check, not as all together', async () => {
    const health = createHealth({ version: '1', checks: { a: hangs(true, 100), b: hangs(true, 100), c: hangs(true, 100) } });
    const start = performance.now();
    await health.report();
    expect(performance.now() - start).toBeLessThan(250);
  });
});

describe('a check', () => {
  it('that hangs is stopped through its signal after its time limit', async () => {
    let signal: AbortSignal | undefined;
    const run = (given: AbortSignal): Promise<void> => {
      signal = given;
      return new Promise(() => {});
    };
    const health = createHealth({ version: '1', checks: { slow: { run, critical: true } }, defaultTimeoutMs: 20 });
    expect(await health.check('slow')).toBe('error');
    expect(signal?.aborted).toBe(true);
  });

  it('that fails after its time limit does not end the process', async () => {
    const run = async (): Promise<void> => {
      await sleep(20);
      throw new Error('late');
    };
    const health = createHealth({ version: '1', checks: { late: { run, critical: true, timeoutMs: 5 } } });
    expect(await health.check('late')).toBe('error');
    await sleep(40);
  });

  it('of an unknown name is an error', async () => {
    const health = createHealth({ version: '1', checks: {} });
    expect(await health.check('toString')).toBe('error');
  });

  it('tells when it turns bad and when it turns good again, once each', async () => {
    let good = true;
    const onChange = vi.fn<(name: string, status: string, reason?: unknown) => void>();
    const run = (): Promise<void> => (good ? Promise.resolve() : Promise.reject(new Error('away')));
    const health = createHealth({ version: '1', checks: { database: { run, critical: true } }, cacheMs: 0, onChange });
    for (const state of [true, true, false, false, true]) {
      good = state;
      await health.check('database');
    }
    expect(onChange.mock.calls.map(([name, status]) => [name, status])).toEqual([
      ['database', 'error'],
      ['database', 'ok'],
    ]);
  });
});

describe('a storm of probes', () => {
  it('reaches the dependency at most once every cacheMs', async () => {
    vi.useFakeTimers();
    try {
      const run = vi.fn<() => Promise<void>>(() => Promise.resolve());
      const health = createHealth({ version: '1', checks: { database: { run, critical: true } }, cacheMs: 1000 });
      health.booted();
      const probes = [() => health.report(), () => health.ready(), () => health.check('database')];
      const storm = (): Promise<unknown> =>
        Promise.all(Array.from({ length: 334 }, () => probes).map((round) => Promise.all(round.map((probe) => probe()))));
      await storm();
      await vi.advanceTimersByTimeAsync(999);
      await storm();
      expect(run).toHaveBeenCalledTimes(1);
      await vi.advanceTimersByTimeAsync(1);
      await storm();
      expect(run).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('waits together for one slow check instead of starting it again', async () => {
    const run = vi.fn<() => Promise<void>>(() => sleep(50));
    const health = createHealth({ version: '1', checks: { database: { run, critical: true } }, cacheMs: 0 });
    expect(await Promise.all([health.check('database'), health.check('database'), health.report()])).toMatchObject([
      'ok',
      'ok',
      { status: 'ok' },
    ]);
    expect(run).toHaveBeenCalledTimes(1);
  });
});

describe('ready', () => {
  it('needs the boot to be over and the critical checks to be good; the others do not count', async () => {
    const health = createHealth({ version: '1', checks: { database: works(), cache: fails(false) } });
    expect(await health.ready()).toEqual({ ready: false, reasons: ['booting'] });
    health.booted();
    expect(await health.ready()).toEqual({ ready: true, reasons: [] });
    expect((await health.report()).status).toBe('degraded');
  });

  it('names the critical checks that fail', async () => {
    const health = createHealth({ version: '1', checks: { database: fails(), migrations: hangs(), cache: fails(false) } });
    health.booted();
    expect(await health.ready()).toEqual({ ready: false, reasons: ['database does not answer', 'migrations does not answer'] });
  });

  it('is no more from the moment of draining, even for a probe that is under way, and live goes on', async () => {
    const health = createHealth({ version: '1', checks: { database: { run: () => sleep(30), critical: true } } });
    health.booted();
    const underWay = health.ready();
    expect(health.draining).toBe(false);
    health.startDraining();
    expect(await underWay).toMatchObject({ ready: false });
    expect(await health.ready()).toEqual({ ready: false, reasons: ['draining'] });
    expect(health.draining).toBe(true);
    expect(health.live()).toEqual({ status: 'ok' });
  });
});

it('live touches no dependency', () => {
  const run = vi.fn<() => Promise<void>>(() => Promise.resolve());
  createHealth({ version: '1', checks: { database: { run, critical: true } } }).live();
  expect(run).not.toHaveBeenCalled();
});

describe('accepting', () => {
  it('begins with the first readiness, outlasts a dependency that goes away, and ends with draining', async () => {
    let good = false;
    const run = (): Promise<void> => (good ? Promise.resolve() : Promise.reject(new Error('away')));
    const health = createHealth({ version: '1', checks: { database: { run, critical: true } }, cacheMs: 0 });
    expect(await health.accepting()).toBe(false);
    health.booted();
    expect(await health.accepting()).toBe(false);
    good = true;
    expect(await health.accepting()).toBe(true);
    good = false;
    expect([await health.accepting(), (await health.ready()).ready]).toEqual([true, false]);
    health.startDraining();
    expect(await health.accepting()).toBe(false);
  });
});
