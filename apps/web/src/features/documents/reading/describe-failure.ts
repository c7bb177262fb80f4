/** What a failure means for the reader, beside what happened. */
export interface FailureMeaning {
  /** What became of the file, and what cannot be done with it. */
  consequence: string;
  /** `again` when reading it once more may help, `replace` when only another file does. */
  remedy: 'again' | 'replace';
}

const kept = 'Your file is kept as you uploaded it and can be downloaded, but search does not find it.';

const meanings: Record<string, FailureMeaning> = {
  'document.encrypted': { consequence: kept, remedy: 'replace' },
  'document.no_text': { consequence: kept, remedy: 'replace' },
  'document.damaged': { consequence: kept, remedy: 'replace' },
  'document.type_mismatch': { consequence: kept, remedy: 'replace' },
  'document.unsupported_type': { consequence: kept, remedy: 'replace' },
  'document.too_complex': { consequence: kept, remedy: 'replace' },
  'document.empty': { consequence: 'Nothing was stored.', remedy: 'replace' },
  'storage.object_not_found': { consequence: 'The file itself is no longer there; only this entry is left.', remedy: 'replace' },
};

/** What the failure of a document means. Unknown codes are taken for a trouble on our side that may pass. */
export function describeFailure(code: string): FailureMeaning {
  return Object.hasOwn(meanings, code) ? (meanings[code] as FailureMeaning) : { consequence: kept, remedy: 'again' };
}
