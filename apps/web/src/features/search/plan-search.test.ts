import { describe, expect, it } from 'vitest';
import { planSearch } from './plan-search';

describe('planSearch', () => {
  it('sends words as they are, without the white space around them', () => {
    expect(planSearch('  notice   period ', 256)).toEqual({ kind: 'search', query: 'notice period', note: null });
    expect(planSearch('命令行', 256)).toMatchObject({ kind: 'search' });
  });

  it('sends nothing for nothing, and knows that symbols alone find nothing', () => {
    expect(planSearch(' \n ', 256)).toEqual({ kind: 'nothing' });
    expect(planSearch("':*&|!", 256)).toEqual({ kind: 'unsearchable' });
    expect(planSearch('!'.repeat(10_000), 256)).toEqual({ kind: 'unsearchable' });
    expect(planSearch('\u0000', 256)).toEqual({ kind: 'nothing' });
  });

  it('cuts ten thousand characters at a word and says so', () => {
    const plan = planSearch('word '.repeat(2000), 256);
    expect(plan.kind === 'search' && plan.query.length).toBe(254);
    expect(plan.kind === 'search' && plan.note).toContain('first 254 characters');
  });

  it('never sends more than the API takes, nor half a character', () => {
    for (const raw of ['x'.repeat(10_000), `a${'😀'.repeat(500)}`, `a\ud83d b`]) {
      const plan = planSearch(raw, 256);
      expect(plan.kind).toBe('search');
      if (plan.kind !== 'search') continue;
      expect(plan.query.length).toBeLessThanOrEqual(256);
      expect(plan.query).not.toMatch(/\p{Surrogate}/u);
    }
  });
});
