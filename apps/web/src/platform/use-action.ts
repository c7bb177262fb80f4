'use client';

import { useState } from 'react';
import type { Failure } from '@/api/api-error';
import { readFailure } from '@/api/read-failure';

/** One thing a user does, with its waiting and its failure. */
export interface Action<A extends unknown[]> {
  /** Resolves to true when it went well; never rejects. */
  run: (...args: A) => Promise<boolean>;
  busy: boolean;
  failure: Failure | undefined;
}

/** Wraps an asynchronous act for a form or a button: busy while it runs, the failure in words when it fails. */
export function useAction<A extends unknown[]>(act: (...args: A) => Promise<void>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const run = async (...args: A) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await act(...args);
      return true;
    } catch (thrown) {
      setFailure(readFailure(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, failure };
}
