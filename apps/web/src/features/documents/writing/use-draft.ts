'use client';

import { useEffect, useState } from 'react';
import { draftKey, dropDraft, readDraft, writeDraft } from './draft-storage';

const saveAfterMs = 400;

interface Written {
  title: string;
  text: string;
}

/** What is being written, kept in this browser until it is saved. Browser only: the server knows no draft. */
export function useDraft(organizationId: string) {
  const key = draftKey(organizationId);
  const [restored, setRestored] = useState(() => readDraft(localStorage, key));
  const [written, setWritten] = useState<Written>(restored ?? { title: '', text: '' });
  const [kept, setKept] = useState(true);
  useEffect(() => {
    if (written.title === '' && written.text === '') return;
    const save = () =>
      setKept(writeDraft(localStorage, key, { title: written.title, text: written.text, savedAt: new Date().toISOString() }));
    const timer = setTimeout(save, saveAfterMs);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [key, written]);
  const discard = () => {
    dropDraft(localStorage, key);
    setRestored(null);
    setWritten({ title: '', text: '' });
  };
  return { written, setWritten, restored, kept, discard, forget: () => dropDraft(localStorage, key) };
}
