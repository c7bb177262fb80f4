import { describe, expect, it } from 'vitest';
import { draftKey, dropDraft, readDraft, writeDraft } from './draft-storage';

function memoryStore() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}
const draft = { title: 'T', text: 'words', savedAt: '2026-11-20T10:00:00.000Z' };

describe('drafts', () => {
  it('come back as they were written, in the same organization only', () => {
    const store = memoryStore();
    writeDraft(store, draftKey('a'), draft);
    expect(readDraft(store, draftKey('a'))).toEqual(draft);
    expect(readDraft(store, draftKey('b'))).toBeNull();
  });

  it('are forgotten when they are saved, and when everything was deleted again', () => {
    const store = memoryStore();
    writeDraft(store, 'k', draft);
    writeDraft(store, 'k', { ...draft, title: ' ', text: '\n' });
    expect(readDraft(store, 'k')).toBeNull();
    writeDraft(store, 'k', draft);
    dropDraft(store, 'k');
    expect(readDraft(store, 'k')).toBeNull();
  });

  it('never break the page: a full, forbidden or damaged store is no draft', () => {
    const broken = {
      getItem: () => '{"title":1',
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
      removeItem: () => {
        throw new DOMException('no', 'SecurityError');
      },
    };
    expect(readDraft(broken, 'k')).toBeNull();
    expect(writeDraft(broken, 'k', draft)).toBe(false);
    expect(() => dropDraft(broken, 'k')).not.toThrow();
    expect(readDraft({ ...memoryStore(), getItem: () => '{"title":1,"text":"x","savedAt":"y"}' }, 'k')).toBeNull();
  });
});
