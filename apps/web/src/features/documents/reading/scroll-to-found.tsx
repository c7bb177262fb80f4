'use client';

import { useEffect } from 'react';

/** Brings the found passage onto the screen. Renders nothing; give it the passage as key. */
export function ScrollToFound() {
  useEffect(() => {
    const show = () => document.querySelector('[data-found]')?.scrollIntoView({ block: 'center' });
    show();
    // Stretches above get their real height only once they were near the screen; then the first aim was a little off.
    const frame = requestAnimationFrame(() => requestAnimationFrame(show));
    return () => cancelAnimationFrame(frame);
  }, []);
  return null;
}
