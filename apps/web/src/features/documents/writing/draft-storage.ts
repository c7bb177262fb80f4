/** What was written and not yet saved. */
export interface Draft {
  title: string;
  text: string;
  /** ISO 8601. */
  savedAt: string;
}

/** The part of `localStorage` that is needed. It throws when it is full or forbidden. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** One draft per organization: what is written for one never shows up in another. */
export function draftKey(organizationId: string): string {
  return `draft:${organizationId}`;
}

/** Reads a draft; null when there is none, or none that can be read. */
export function readDraft(store: Store, key: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(store.getItem(key) ?? 'null');
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** Keeps a draft, or forgets it when nothing is written. False when the browser refused to keep it. */
export function writeDraft(store: Store, key: string, draft: Draft): boolean {
  try {
    if (draft.title.trim() === '' && draft.text.trim() === '') store.removeItem(key);
    else store.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** Forgets the draft. */
export function dropDraft(store: Store, key: string): void {
  try {
    store.removeItem(key);
  } catch {
    // Without storage there is nothing to forget.
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'title' in value &&
    typeof value.title === 'string' &&
    'text' in value &&
    typeof value.text === 'string' &&
    'savedAt' in value &&
    typeof value.savedAt === 'string'
  );
}
