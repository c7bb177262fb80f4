import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCircuit } from './circuit.js';

const never = (): Promise<never> => new Promise(() => {});
const fails = (): Promise<never> => Promise.reject(new Error('down'));
const works = (): Promise<string> => Promise.resolve('ok');

describe('circuit', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('gives up on a slow operation after its time limit', async () => {
    const circuit = createCircuit({ timeoutMs: 250, retryAfterMs: 1000 });
    const result = circuit.run(never);
    await vi.advanceTimersByTimeAsync(250);
    expect(await result).toBeUndefined();
  });

  it('leaves a failed dependency alone, then lets one caller try while the others pass by', async () => {
    const circuit = createCircuit({ timeoutMs: 250, retryAfterMs: 1000 });
    expect(await circuit.run(fails)).toBeUndefined();
    const operation = vi.fn<() => Promise<string>>(works);
    expect(await circuit.run(operation)).toBeUndefined();
    expect(operation).not.toHaveBeenCalled();

    await vi.advanceTimersByTimeAsync(1001);
    const probe = circuit.run(never);
    expect(await circuit.run(operation)).toBeUndefined();
    expect(operation).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(250);
    expect(await probe).toBeUndefined();

    await vi.advanceTimersByTimeAsync(1001);
    expect(await circuit.run(operation)).toBe('ok');
    expect(await circuit.run(operation)).toBe('ok');
  });

  it('tells once when an outage begins and once when it ends', async () => {
    const onChange = vi.fn<(outage: boolean) => void>();
    const circuit = createCircuit({ timeoutMs: 250, retryAfterMs: 1000, onChange });
    await Promise.all([circuit.run(fails), circuit.run(fails)]);
    circuit.open(new Error('again'));
    await vi.advanceTimersByTimeAsync(1001);
    await circuit.run(works);
    await circuit.run(works);
    expect(onChange.mock.calls.map(([outage]) => outage)).toEqual([true, false]);
  });
});
