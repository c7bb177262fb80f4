'use client';

import { useEffect, useRef, useState } from 'react';
import { describeStatus } from './describe-status';
import type { DocumentRow } from './document-rows';

/** Tells screen readers when a document that was under way is ready or has failed. Says nothing about those that were settled before. */
export function StatusAnnouncer({ rows }: { rows: readonly DocumentRow[] }) {
  const [message, setMessage] = useState('');
  const before = useRef(new Map<string, string>());
  useEffect(() => {
    const tones = new Map(rows.map((row) => [row.key, describeStatus(row, Date.now()).tone]));
    const settled = rows.filter((row) => isOver(tones.get(row.key)) && ['busy', 'quiet'].includes(before.current.get(row.key) ?? ''));
    before.current = tones;
    if (settled.length > 0) setMessage(settled.map((row) => `${titleOf(row)}: ${describeStatus(row, Date.now()).label}.`).join(' '));
  }, [rows]);
  return <output className="sr-only">{message}</output>;
}

function isOver(tone: string | undefined): boolean {
  return tone === 'good' || tone === 'bad';
}

function titleOf({ document, upload }: DocumentRow): string {
  return document?.title ?? upload?.filename ?? '';
}
