'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { opensSearch } from './opens-search';

const SearchDialog = dynamic(() => import('./search-dialog'), { ssr: false });

/** Opens search from anywhere with `/` or ⌘K (Ctrl K). The dialog is loaded the first time it is wanted. */
export function SearchShortcut({ maxCharacters }: { maxCharacters: number }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!opensSearch(event)) return;
      event.preventDefault();
      // On the search page the field is there already.
      const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
      if (field) field.focus();
      else setOpen(true);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return open ? <SearchDialog maxCharacters={maxCharacters} onClose={() => setOpen(false)} /> : null;
}
